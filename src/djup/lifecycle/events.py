"""The days on which something begins or ends: what calendars, feeds and the list of coming ends are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

from djup.lifecycle.days import is_exact, last_day
from djup.lifecycle.models import Product, ProductRelease
from djup.model import Record

Kind = Literal["release", "eoas", "eol", "eoes", "discontinued"]

WORDS: dict[Kind, str] = {
    "release": "is released",
    "eoas": "gets its last bug fixes",
    "eol": "reaches its end of life",
    "eoes": "leaves extended support",
    "discontinued": "is discontinued",
}


class Event(Record):
    """A day in the life of a release; ``exact`` is False where only the month is known."""

    product: str
    title: str
    cycle: str
    kind: Kind
    day: dt.date
    exact: bool

    @property
    def key(self) -> str:
        """A name that stays the same as long as the release exists, whatever its dates become."""
        return f"{self.product}-{self.cycle}-{self.kind}"

    @property
    def sentence(self) -> str:
        """The event in words."""
        return f"{self.title} {self.cycle} {WORDS[self.kind]}"


def events(product: Product) -> Iterator[Event]:
    """Every event of a product, release by release."""
    for release in product.releases:
        yield from release_events(product, release)


def release_events(product: Product, release: ProductRelease) -> Iterator[Event]:
    """The events of one release."""
    ends: tuple[tuple[Kind, object], ...] = (
        ("release", release.release_date),
        ("eoas", release.eoas),
        ("eol", release.eol),
        ("eoes", release.eoes),
        ("discontinued", release.discontinued),
    )
    for kind, end in ends:
        if isinstance(end, str):
            yield Event(
                product=product.name,
                title=product.title,
                cycle=release.release_cycle,
                kind=kind,
                day=last_day(end),
                exact=is_exact(end),
            )


def upcoming(products: Iterable[Product], day: dt.date, within: int) -> list[Event]:
    """What happens from a day on within so many days, soonest first; the day itself counts."""
    until = day + dt.timedelta(days=within)
    found = [event for product in products for event in events(product) if day <= event.day <= until]
    return sorted(found, key=lambda event: (event.day, event.key))
