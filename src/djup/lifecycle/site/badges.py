"""Badges for shields.io: its endpoint form, https://shields.io/badges/endpoint-badge."""

from __future__ import annotations

import datetime as dt
from typing import Any

from djup.lifecycle.days import date_of
from djup.lifecycle.links import label_of, plain_text
from djup.lifecycle.models import Product, ProductRelease
from djup.lifecycle.status import Phase, Status, status

COLOURS: dict[Phase, str] = {
    "planned": "blue",
    "active": "brightgreen",
    "security": "yellow",
    "extended": "orange",
    "eol": "red",
    "unknown": "lightgrey",
}


def badge(product: Product, release: ProductRelease, day: dt.date) -> dict[str, Any]:
    """The badge of a release on a day."""
    found = status(release, day)
    label = f"{product.title} {plain_text(label_of(product, release))}"
    return {"schemaVersion": 1, "label": label, "message": message(release, found), "color": COLOURS[found.phase]}


def message(release: ProductRelease, found: Status) -> str:
    """A status in a few words; an active release is supported until its end of life, not until its last bug fix."""
    end = date_of(release.eol) if found.phase == "active" else found.until
    until = f" until {end}" if end else ""
    words: dict[Phase, str] = {
        "planned": f"planned for {found.until}",
        "active": f"supported{until}",
        "security": f"security fixes{until}",
        "extended": f"extended support{until}",
        "eol": f"end of life since {found.until}" if found.until else "end of life",
        "unknown": "unknown",
    }
    return words[found.phase]
