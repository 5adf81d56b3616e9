"""The releases of a product as its page shows them: a row each, with status, ends, and a small bar of its support."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from djup.lifecycle.days import End, date_of, last_day
from djup.lifecycle.links import label_of, link_of, lts_label, plain_text
from djup.lifecycle.models import Column, CustomField, Product, ProductRelease
from djup.lifecycle.site.api_v1 import EOAS, EOES, EOL
from djup.lifecycle.site.badges import message
from djup.lifecycle.site.roadmap import COLOURS, segments
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.status import Phase, status

RANK: Mapping[Phase, int] = {"planned": 0, "active": 1, "security": 2, "extended": 3, "unknown": 4, "eol": 5}
DATE = re.compile(r"\b\d{4}-\d\d(-\d\d)?\b")

Fields = Mapping[str, Sequence[CustomField]]
"""The product's own fields by where they stand: ``early``, ``middle`` or ``late``."""


def release_row(settings: Settings, product: Product, release: ProductRelease, fields: Fields) -> dict[str, Any]:
    """What the template of a product needs of a release."""
    day = settings.day
    found = status(release, day)
    own = {where: [release.custom.get(one.name, "–") for one in some] for where, some in fields.items()}
    return {
        "id": f"release-{release.slug}",
        "label": plain_text(label_of(product, release)),
        "lts": lts_label(product) if release.lts else "",
        "phase": found.phase,
        "words": unbroken(message(release, found)),
        "rank": RANK[found.phase],
        "released": release.release_date or "",
        "ends": [_end_cell(getattr(release, name), day) for name, _ in ends(product)],
        "bar": Markup(_bar(release, day)),  # noqa: S704  # numbers and colours of this module only
        "latest": release.latest or "",
        "latest_date": release.latest_release_date or "",
        "link": http(link_of(product, release)),
        **own,
    }


def ends(product: Product) -> list[tuple[str, str]]:
    """The ends the page shows a column for, with its label."""
    columns = (
        ("discontinued", product.discontinued_column, "Discontinued"),
        ("eoas", product.eoas_column, EOAS),
        ("eol", product.eol_column, EOL),
        ("eoes", product.eoes_column, EOES),
    )
    return [(name, label) for name, column, default in columns if (label := column_label(column, default))]


def column_label(column: Column, default: str) -> str:
    """What a column is headed by, ``""`` where it is not shown."""
    if isinstance(column, str):
        return plain_text(column)
    return default if column else ""


def unbroken(text: str) -> Markup:
    """A text as HTML in which no date is broken into two lines."""
    return Markup(DATE.sub(r'<span class="day">\g<0></span>', str(escape(text))))  # noqa: S704  # escaped before


def http(link: str | None) -> str:
    """A link that may be followed, ``""`` for any other scheme."""
    return link if link and link.startswith(("https://", "http://")) else ""


def distance(days: int) -> str:
    """A number of days in words: ``in 3 months``, ``5 years ago``, ``today``."""
    size = abs(days)
    if size == 0:
        return "today"
    for unit, length in (("year", 365), ("month", 30), ("day", 1)):
        if size >= length * (2 if unit == "year" else 1) or unit == "day":
            break
    count = size // length
    words = f"{count} {unit}{'s' if count > 1 else ''}"
    return f"in {words}" if days > 0 else f"{words} ago"


def _end_cell(end: End, day: dt.date) -> dict[str, str]:
    text = date_of(end)
    if text:
        days = (last_day(text) - day).days
        return {"text": text, "sort": text, "note": distance(days)}
    words = {True: ("Ended", "0"), False: ("Not ended, no date", "9")}.get(end is True) if end is not None else None
    shown, sort = words or ("–", "")
    return {"text": shown, "sort": sort, "note": ""}


def _bar(release: ProductRelease, day: dt.date) -> str:
    """How much of a release's support is over, as a small bar in the colours of its phases."""
    parts = segments(release, day)
    if not parts:
        return ""
    first, whole = parts[0].start, max(1, (parts[-1].end - parts[0].start).days)
    drawn = []
    for part in parts:
        x = 100 * (part.start - first).days / whole
        width = 100 * (part.end - part.start).days / whole
        drawn.append(f'<rect x="{x:.1f}" width="{width:.1f}" height="8" fill="{COLOURS[part.phase]}"/>')
    gone = min(100.0, max(0.0, 100 * (day - first).days / whole))
    drawn.append(f'<rect width="{gone:.1f}" height="8" fill="{COLOURS["eol"]}"/>')
    return (
        f'<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" '
        f'aria-label="{gone:.0f} % of its support is over">{"".join(drawn)}</svg>'
    )
