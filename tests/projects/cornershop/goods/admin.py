from django.contrib import admin

from goods.models import Item, Tag


class BaseAdmin(admin.ModelAdmin):
    actions = ['first']

    def first(self, request, queryset):
        pass


class ItemAdmin(BaseAdmin):
    list_display = ('name', 'link')
    actions = ['second']

    def second(self, request, queryset):
        pass

    def link(self, obj):
        return '<a href="%s">%s</a>' % (obj.get_absolute_url(), obj.name)
    link.allow_tags = True


class TagAdmin(admin.ModelAdmin):
    def get_urls(self):
        from django.conf.urls import patterns, url
        return patterns('', url(r'^count/$', self.admin_site.admin_view(self.count), name='count')) + super(TagAdmin, self).get_urls()

    def count(self, request):
        pass


admin.site.register(Item, ItemAdmin)
admin.site.register(Tag, TagAdmin)
