from django import template

register = template.Library()


@register.filter
def pounds(value):
    return "£%.2f" % value


@register.simple_tag
def area(plot):
    return "%s m²" % plot.size
