from django.conf.urls import url

from events import views

urlpatterns = [
    url(r"^$", views.EventList.as_view(), name="event-list"),
    url(r"^contact/$", views.Contact.as_view(), name="contact"),
    url(r"^(?P<slug>[\w-]+)/book/$", views.book, name="event-book"),
    url(r"^(?P<year>\d{4})/(?P<slug>[\w-]+)/$", views.event_detail, name="event-detail"),
]
