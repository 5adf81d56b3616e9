from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import ugettext_lazy as _

from catalogue.models import Author, Book, Copy


class CopyInline(admin.TabularInline):
    model = Copy
    extra = 1


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ['title', 'year', 'link', 'for_children']
    list_filter = ['year', 'for_children']
    search_fields = ['title', 'isbn']
    prepopulated_fields = {'slug': ['title']}
    filter_horizontal = ['authors']
    inlines = [CopyInline]
    actions = ['mark_for_children']

    def link(self, obj):
        return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), obj.title)
    link.short_description = _('page')

    def mark_for_children(self, request, queryset):
        count = queryset.update(for_children=True)
        self.message_user(request, _('Marked: %d') % count)
    mark_for_children.short_description = _('Mark as books for children')


admin.site.register(Author)
