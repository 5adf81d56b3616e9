"""Version 1 of the endoflife.date API, field by field.

Source: https://endoflife.date/docs/api/v1/ (schema version 1.2.1). Releases that are only planned are no releases
there; ``/products/{product}/planned`` has them, in the same form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from djup.lifecycle.days import End, has_ended, last_day
from djup.lifecycle.links import label_of, link_of, lts_label, plain_text
from djup.lifecycle.models import Column, Product, ProductRelease
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.status import released

SCHEMA_VERSION = "1.2.1"
ICONS = "https://cdn.jsdelivr.net/npm/simple-icons/icons"
EOAS, EOL, EOES, DISCONTINUED = "Active Support", "Security Support", "Extended Support", "Discontinued"
OTHER_ENDS = ("eoas", "discontinued", "eoes")

Json = dict[str, Any]


def answer(settings: Settings, result: object, **more: object) -> Json:
    """The envelope of every answer."""
    return {"schema_version": SCHEMA_VERSION, "generated_at": settings.generated_at, **more, "result": result}


def listing(settings: Settings, result: list[Json]) -> Json:
    """The envelope of a list."""
    return answer(settings, result, total=len(result))


def names(settings: Settings, kind: str, found: Iterable[str], end: str = "") -> list[Json]:
    """A list of names with their addresses: of categories, tags or kinds of identifiers."""
    return [{"name": name, "uri": settings.address(f"/api/v1/{kind}/{name}{end}")} for name in found]


def summary(settings: Settings, product: Product) -> Json:
    """A product in a list."""
    return {
        "name": product.name,
        "aliases": list(product.aliases),
        "label": product.title,
        "category": product.category,
        "tags": list(product.all_tags),
        "uri": settings.address(f"/api/v1/products/{product.name}"),
    }


def details(settings: Settings, product: Product) -> Json:
    """A product with all its releases."""
    found = summary(settings, product)
    del found["uri"]
    return {
        **found,
        "versionCommand": product.version_command or None,
        "identifiers": [{"type": kind, "id": text} for kind, text in product.known_as],
        "labels": labels(product),
        "links": {
            "icon": f"{ICONS}/{product.icon_slug}.svg" if product.icon_slug else None,
            "html": settings.address(f"/{product.name}"),
            "releasePolicy": product.release_policy_link or None,
        },
        "releases": [release(product, one, settings.day) for one in released(product, settings.day)],
    }


def labels(product: Product) -> Json:
    """What the product calls each phase; None for one it does not have."""
    return {
        "eoas": _label(product.eoas_column, EOAS),
        "discontinued": _label(product.discontinued_column, DISCONTINUED),
        "eol": _label(product.eol_column, EOL),
        "eoes": _label(product.eoes_column, EOES),
    }


def release(product: Product, one: ProductRelease, day: dt.date) -> Json:
    """A release; the fields of phases that the product does not have are left out."""
    shown = {
        "eoas": product.eoas_column,
        "discontinued": product.discontinued_column,
        "eoes": product.eoes_column,
    }
    found: Json = {
        "name": one.release_cycle,
        "codename": one.codename or None,
        "label": _release_label(product, one, day),
        "releaseDate": _date(one.release_date),
        "isLts": _begun(one.lts, day),
        "ltsFrom": _date(one.lts),
    }
    for name, end in (("eoas", one.eoas), ("eol", one.eol), ("discontinued", one.discontinued), ("eoes", one.eoes)):
        if shown.get(name, True):
            key = name[0].upper() + name[1:]
            found[f"is{key}"] = None if end is None else has_ended(end, day)
            found[f"{name}From"] = _date(end)
    found["isMaintained"] = is_maintained(one, day)
    found["latest"] = _latest(product, one)
    found["custom"] = {field.name: one.custom.get(field.name) for field in product.custom_fields} or None
    return found


def is_maintained(one: ProductRelease, day: dt.date) -> bool:
    """Whether any end that is stated has not come yet."""
    ends = [end for end in (one.eoas, one.eol, one.discontinued, one.eoes) if end is not None]
    return any(not has_ended(end, day) for end in ends)


def identifiers(settings: Settings, products: Iterable[Product]) -> dict[str, list[Json]]:
    """By kind of identifier, each identifier and the product it names."""
    found: dict[str, list[Json]] = {}
    for product in products:
        reference = {"name": product.name, "uri": settings.address(f"/api/v1/products/{product.name}")}
        for kind, text in product.known_as:
            found.setdefault(kind, []).append({"identifier": text, "product": reference})
    return found


def _latest(product: Product, one: ProductRelease) -> Json | None:
    if not product.latest_column:
        return None
    return {"name": one.latest, "date": _date(one.latest_release_date), "link": link_of(product, one)}


def _release_label(product: Product, one: ProductRelease, day: dt.date) -> str:
    text = plain_text(label_of(product, one))
    if not one.lts:
        return text
    mark = lts_label(product)
    return f"{text} ({mark})" if _begun(one.lts, day) else f"{text} (Upcoming {mark})"


def _begun(start: str | bool, day: dt.date) -> bool:
    return day > last_day(start) if isinstance(start, str) else start


def _date(value: End) -> str | None:
    return last_day(value).isoformat() if isinstance(value, str) else None


def _label(column: Column, default: str) -> str | None:
    if isinstance(column, str):
        return plain_text(column)
    return default if column else None
