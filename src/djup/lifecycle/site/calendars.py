"""Calendars: one event per day something begins or ends, with the same UID in every build, and alarms before an end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Alarm, Calendar
from icalendar import Event as CalendarEvent

from djup.lifecycle.events import Event

DOMAIN = "lifecycle.djup"
ALARMS = (dt.timedelta(days=-180), dt.timedelta(days=-30), dt.timedelta(days=-7))
KEPT = dt.timedelta(days=366)
"""How long ago an event may lie."""
CLOSING = b"END:VCALENDAR\r\n"


def calendar(title: str, lines: Iterable[bytes]) -> bytes:
    """A calendar of events already written (:func:`event_lines`)."""
    made = Calendar()
    made.add("prodid", "-//djup//lifecycle//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    made.add("x-published-ttl", "PT12H")
    head: bytes = made.to_ical().removesuffix(CLOSING)
    return head + b"".join(lines) + CLOSING


def recent(events: Iterable[Event], day: dt.date) -> list[Event]:
    """The events worth a calendar: those from a year before a day on, else the last one there was."""
    found = sorted(events, key=lambda event: (event.day, event.key))
    return [event for event in found if event.day >= day - KEPT] or found[-1:]


def event_lines(event: Event, link: str, stamp: dt.datetime) -> bytes:
    """One event as iCalendar writes it; ``stamp`` is when this was made, in UTC. What is over has no alarms."""
    made = CalendarEvent()
    made.add("uid", f"{event.key}@{DOMAIN}")
    made.add("dtstamp", stamp)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + dt.timedelta(days=1))
    made.add("summary", event.sentence)
    made.add("description", f"{event.sentence}. {_precision(event)}".strip())
    made.add("categories", [event.kind])
    made.add("transp", "TRANSPARENT")
    if link:
        made.add("url", link)
    if event.kind in ("eol", "eoes") and event.day >= stamp.date():
        for before in ALARMS:
            made.add_component(_alarm(event, before))
    written: bytes = made.to_ical()
    return written


def _precision(event: Event) -> str:
    if not event.exact:
        return "Only the month is known."
    return "" if event.kind == "release" else "This is the last day."


def _alarm(event: Event, before: dt.timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{event.sentence} in {-before.days} days")
    alarm.add("trigger", before)
    return alarm
