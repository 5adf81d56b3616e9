from django.contrib import admin

from plots.models import Crop, Lease, Plot, Section


class LeaseInline(admin.TabularInline):
    model = Lease
    extra = 1


class PlotAdmin(admin.ModelAdmin):
    list_display = ["number", "section", "size", "soil", "watered"]
    list_filter = ["section", "soil"]
    search_fields = ["number"]
    inlines = [LeaseInline]
    actions = ["dry"]

    def watered(self, plot):
        return "yes" if plot.has_water else "no"

    watered.short_description = "Water"

    def dry(self, request, queryset):
        queryset.update(has_water=False)


admin.site.register(Plot, PlotAdmin)
admin.site.register([Crop, Lease, Section])
