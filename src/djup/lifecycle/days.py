"""Dates as lifecycles state them: a day, or only a month; and ends that are a date or only a yes or no."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from typing import Annotated

from msgspec import Meta

DayText = Annotated[
    str,
    Meta(
        pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$",
        description="YYYY-MM-DD, or YYYY-MM where only the month is announced; a month means its last day.",
        examples=["2026-04-07", "2027-04"],
    ),
]
"""A date as pages write it."""

End = DayText | bool | None
"""When something ends: the last day it holds; True: it has ended; False: it has not; None: nothing is said."""

MONTH = len("2027-04")


@functools.lru_cache(maxsize=65536)
def last_day(text: str) -> dt.date:
    """The day a date means: ``2026-04-07`` that day, ``2027-04`` the last of the month; ValueError if there is none."""
    if len(text) > MONTH:
        return dt.date.fromisoformat(text)
    year, month = map(int, text.split("-"))
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def is_day(text: str) -> bool:
    """Whether the calendar has such a day or month."""
    try:
        last_day(text)
    except ValueError:
        return False
    return True


def is_exact(text: str) -> bool:
    """Whether a date names a day and not only a month."""
    return len(text) > MONTH


def has_ended(end: End, day: dt.date) -> bool:
    """Whether an end lies before a day; the last day itself still counts, and what nobody says has not ended."""
    return end is True or (isinstance(end, str) and day > last_day(end))


def date_of(end: End) -> str:
    """The date of an end as written, ``""`` where only a yes or no is known."""
    return end if isinstance(end, str) else ""
