from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class EventManager(models.Manager):
    def coming(self):
        return self.filter(starts__gte=timezone.now())

    def past(self):
        return self.filter(starts__lt=timezone.now())


class Event(models.Model):
    title = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)
    starts = models.DateTimeField()
    seats = models.PositiveSmallIntegerField(default=20)
    text = models.TextField(blank=True)
    objects = EventManager()

    class Meta:
        ordering = ["starts"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("event-detail", args=[self.starts.year, self.slug])

    @property
    def free(self):
        return self.seats - self.bookings.count()


class Booking(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="bookings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    guests = models.PositiveSmallIntegerField(default=0)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        unique_together = [("event", "user")]

    def __str__(self):
        return "%s: %s" % (self.event, self.user)
