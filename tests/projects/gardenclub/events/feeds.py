from django.contrib.syndication.views import Feed

from events.models import Event


class LatestEvents(Feed):
    title = "Events of the garden club"
    link = "/events/"
    description = "What is on."

    def items(self):
        return Event.objects.order_by("-starts")[:5]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.text

    def item_pubdate(self, item):
        return item.starts
