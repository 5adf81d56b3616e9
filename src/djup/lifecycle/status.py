"""The status of a release on a day: a pure function, never stored."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from djup.lifecycle.days import End, date_of, has_ended, last_day
from djup.lifecycle.models import Product, ProductRelease
from djup.model import Record

Phase = Literal["planned", "active", "security", "extended", "eol", "unknown"]

SUPPORTED: frozenset[Phase] = frozenset({"active", "security", "extended"})


class Status(Record):
    """Where a release stands on a day.

    ``until`` is the last day (or month) of the phase, ``""`` where no date is known; for eol it is the day support
    ended, for planned the day of release. ``days_left`` counts the days after the day asked for that the phase still
    holds: 0 on its last day, negative once support has ended, None without a date.
    """

    phase: Phase
    until: str
    days_left: int | None

    @property
    def supported(self) -> bool:
        """Whether the release gets at least security fixes from somebody; unknown is not supported."""
        return self.phase in SUPPORTED


def status(release: ProductRelease, day: dt.date) -> Status:
    """Return the status of a release on a day; the last day of a phase still belongs to it."""
    if is_planned(release, day):
        return _status("planned", release.release_date, day)
    if release.eol is None and not release.eoes:
        return _status("unknown", None, day)
    if has_ended(release.eol, day):
        if release.eoes is not None and not has_ended(release.eoes, day):
            return _status("extended", release.eoes, day)
        return _status("eol", _later(release.eol, release.eoes), day)
    if has_ended(release.eoas, day):
        return _status("security", release.eol, day)
    return _status("active", release.eoas if isinstance(release.eoas, str) else release.eol, day)


def status_of(product: Product, cycle: str, day: dt.date) -> Status:
    """The status of a release by name; unknown for a name the product does not have."""
    release = product.find(cycle)
    return status(release, day) if release else Status(phase="unknown", until="", days_left=None)


def released(product: Product, day: dt.date) -> tuple[ProductRelease, ...]:
    """The releases that are out on a day, newest first."""
    return tuple(release for release in product.releases if not is_planned(release, day))


def planned(product: Product, day: dt.date) -> tuple[ProductRelease, ...]:
    """The releases that are announced on a day and not out."""
    return tuple(release for release in product.releases if is_planned(release, day))


def is_planned(release: ProductRelease, day: dt.date) -> bool:
    """Whether a release comes after a day; one without a date is taken to be out."""
    return release.release_date is not None and day < last_day(release.release_date)


def _later(eol: End, eoes: End) -> End:
    """The last end that is known as a date; an end that is only a yes or no gives none."""
    if isinstance(eoes, str):
        return eoes
    return eol


def _status(phase: Phase, end: End, day: dt.date) -> Status:
    text = date_of(end)
    return Status(phase=phase, until=text, days_left=(last_day(text) - day).days if text else None)
