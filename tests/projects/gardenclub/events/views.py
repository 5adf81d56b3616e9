from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.generic import FormView, ListView

from events.forms import BookingForm, ContactForm
from events.models import Booking, Event


class EventList(ListView):
    template_name = "events/list.html"
    context_object_name = "events"

    def get_queryset(self):
        return Event.objects.past() if "past" in self.request.GET else Event.objects.all()


def event_detail(request, year, slug):
    event = get_object_or_404(Event, slug=slug, starts__year=year)
    bookings = event.bookings.select_related("user")
    return render(request, "events/detail.html", {"event": event, "bookings": bookings, "form": BookingForm()})


@login_required
def book(request, slug):
    event = get_object_or_404(Event, slug=slug)
    if request.method != "POST":
        return HttpResponseRedirect(event.get_absolute_url())
    form = BookingForm(request.POST)
    if not form.is_valid():
        messages.error(request, "How many guests?")
        return redirect(event)
    booking, created = Booking.objects.get_or_create(event=event, user=request.user)
    booking.guests = form.cleaned_data["guests"]
    booking.save()
    text = render_to_string("events/booked.txt", {"booking": booking, "event": event})
    send_mail("Your booking for %s" % event.title, text, settings.DEFAULT_FROM_EMAIL, [request.user.email])
    messages.success(request, "Your booking is made.")
    return redirect(event)


class Contact(FormView):
    form_class = ContactForm
    template_name = "events/contact.html"
    success_url = "/events/"

    def form_valid(self, form):
        data = form.cleaned_data
        send_mail("A question by %s" % data["name"], data["message"], data["email"], [settings.DEFAULT_FROM_EMAIL])
        return super(Contact, self).form_valid(form)
