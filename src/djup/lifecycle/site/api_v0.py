"""The first API of endoflife.date: a bare list of cycles per product, ends as a date or a yes or no.

``support`` and ``extendedSupport`` keep the older sense there: true means "still supported".
Source: https://endoflife.date/docs/api/ and the generator of that site.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import UNSET

from djup.lifecycle.days import End, last_day
from djup.lifecycle.links import link_of
from djup.lifecycle.models import Product, ProductRelease
from djup.lifecycle.status import released


def cycles(product: Product, day: dt.date) -> list[dict[str, Any]]:
    """The answer of ``/api/{product}.json``: every release that is out, newest first."""
    return [{"cycle": release.release_cycle, **cycle(product, release)} for release in released(product, day)]


def cycle(product: Product, release: ProductRelease) -> dict[str, Any]:
    """The answer of ``/api/{product}/{cycle}.json``; keys the page does not give are left out, as that API does."""
    given: dict[str, Any] = {
        "codename": release.codename or None,
        "releaseLabel": release.release_label or None,
        "releaseDate": _date(release.release_date),
        "eol": _date(release.eol),
        "discontinued": _date(release.discontinued),
        "latest": release.latest,
        "latestReleaseDate": _date(release.latest_release_date),
        "outOfOrder": release.out_of_order or None,
        "staleReleaseThresholdDays": release.stale_release_threshold_days,
        **release.custom,
    }
    found = {key: value for key, value in given.items() if value is not None}
    if release.link is not UNSET:
        found["link"] = link_of(product, release)
    found["lts"] = _date(release.lts)
    if release.eoas is not None:
        found["support"] = _still(release.eoas)
    if product.eoes_column:
        found["extendedSupport"] = False if release.eoes is None else _still(release.eoes)
    return found


def _date(value: End) -> str | bool | None:
    return last_day(value).isoformat() if isinstance(value, str) else value


def _still(end: End) -> str | bool | None:
    """An end in the older sense: yes means that it still holds."""
    return not end if isinstance(end, bool) else _date(end)
