from django.contrib import admin

from events.models import Booking, Event


class EventAdmin(admin.ModelAdmin):
    date_hierarchy = "starts"
    list_display = ["title", "starts", "seats", "free"]
    prepopulated_fields = {"slug": ["title"]}


admin.site.register(Event, EventAdmin)
admin.site.register(Booking, raw_id_fields=["user"])
