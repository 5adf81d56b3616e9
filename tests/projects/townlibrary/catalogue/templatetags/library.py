from django import template
from django.utils.encoding import smart_text
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def shorten(value, length=20):
    text = smart_text(value)
    return text if len(text) <= length else text[:length - 1] + '…'


@register.simple_tag
def authors_of(book):
    return format_html_join(', ', '<a href="{}">{}</a>', ((a.get_absolute_url(), a.name) for a in book.authors.all()))


@register.simple_tag
def badge(book):
    if book.for_children is None:
        return mark_safe('<i>?</i>')
    return format_html('<b class="{}">{}</b>', 'child' if book.for_children else 'adult', escape(book.year))


@register.inclusion_tag('catalogue/_copies.html')
def copies_of(book):
    return {'copies': book.copies.all()}
