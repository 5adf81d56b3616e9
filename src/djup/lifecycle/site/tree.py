"""Every file of the site, as pairs of path and content; the same inputs give the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from importlib import resources

import msgspec

from djup.lifecycle.catalogue import Catalogue
from djup.lifecycle.events import Event, events, upcoming
from djup.lifecycle.models import Product
from djup.lifecycle.site import api_v0, api_v1, html
from djup.lifecycle.site.badges import badge
from djup.lifecycle.site.calendars import calendar, event_lines, recent
from djup.lifecycle.site.feeds import feed
from djup.lifecycle.site.openapi import api_text, openapi
from djup.lifecycle.site.roadmap import roadmap
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.status import planned, released

File = tuple[str, bytes]

RESERVED = frozenset(
    {
        "api",
        "badge",
        "calendar",
        "categories",
        "feed",
        "roadmap",
        "static",
        "tags",
        "upcoming",
        "openapi.json",
        "all",
        "v1",
    }
)
"""Names the site needs itself; a product of such a name is left out of it."""


def site_files(catalogue: Catalogue, settings: Settings) -> Iterator[File]:
    """Yield every file of the site; paths are relative and use ``/``."""
    shown = Catalogue(page for name, page in catalogue.pages.items() if name not in RESERVED)
    yield from _static()
    yield from _html(shown, settings)
    yield from _v0(shown, settings)
    yield from _v1(shown, settings)
    yield from _times(shown, settings)
    yield "openapi.json", _json(openapi(settings))


def _json(value: object) -> bytes:
    return msgspec.json.encode(value)


def _static() -> Iterator[File]:
    folder = resources.files("djup.lifecycle.site") / "static"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        yield f"static/{file.name}", file.read_bytes()


def _html(catalogue: Catalogue, settings: Settings) -> Iterator[File]:
    yield "index.html", html.index_page(settings, catalogue).encode()
    yield (
        "404.html",
        html.text_page(settings, "/", "Not found", "There is no such page. [To the first page](/)").encode(),
    )
    yield "api/index.html", html.text_page(settings, "../", "API", api_text()).encode()
    yield "tags/index.html", html.tags_page(settings, catalogue).encode()
    yield "upcoming/index.html", html.upcoming_page(settings, catalogue).encode()
    for tag, products in html.by_tag(catalogue.products).items():
        yield f"tags/{tag}/index.html", html.group_page(settings, f"Tag: {tag}", products).encode()
    for category, products in html.by_category(catalogue.products).items():
        yield f"categories/{category}/index.html", html.group_page(settings, html.HEADINGS[category], products).encode()
    for page in catalogue.pages.values():
        if page.product is None:
            continue
        yield f"{page.product.name}/index.html", html.product_page(settings, page, page.product).encode()
        drawing = roadmap(page.product, settings.day)
        if drawing:
            yield f"roadmap/{page.product.name}.svg", drawing.encode()
        for alias in page.product.aliases:
            if alias not in catalogue.pages and alias not in RESERVED:
                text = f"This is [{page.product.title}](../{page.product.name}/)."
                yield f"{alias}/index.html", html.text_page(settings, "../", page.product.title, text).encode()


def _v0(catalogue: Catalogue, settings: Settings) -> Iterator[File]:
    yield "api/all.json", _json([product.name for product in catalogue.products])
    for product in catalogue.products:
        yield f"api/{product.name}.json", _json(api_v0.cycles(product, settings.day))
        for release in released(product, settings.day):
            yield f"api/{product.name}/{release.slug}.json", _json(api_v0.cycle(product, release))


def _v1(catalogue: Catalogue, settings: Settings) -> Iterator[File]:
    products = catalogue.products
    kinds = ("products", "categories", "tags")
    index = [{"name": kind, "uri": settings.address(f"/api/v1/{kind}")} for kind in kinds]
    yield _answer("", api_v1.listing(settings, index))
    yield _answer("products", api_v1.listing(settings, [api_v1.summary(settings, one) for one in products]))
    everything = [api_v1.details(settings, one) for one in products]
    yield _answer("products/full", api_v1.listing(settings, everything))
    for product, details in zip(products, everything, strict=True):
        yield from _v1_product(product, details, settings)
    for kind, groups in (("categories", html.by_category(products)), ("tags", html.by_tag(products))):
        yield _answer(kind, api_v1.listing(settings, api_v1.names(settings, kind, groups)))
        for name, found in groups.items():
            members = [api_v1.summary(settings, one) for one in found]
            yield _answer(f"{kind}/{name}", api_v1.listing(settings, members))
    identifiers = api_v1.identifiers(settings, products)
    yield _answer("identifiers", api_v1.listing(settings, api_v1.names(settings, "identifiers", identifiers, "/")))
    for kind, entries in identifiers.items():
        yield _answer(f"identifiers/{kind}", api_v1.listing(settings, entries))


def _v1_product(product: Product, details: api_v1.Json, settings: Settings) -> Iterator[File]:
    path = f"products/{product.name}"
    yield _answer(path, api_v1.answer(settings, details, last_modified=settings.generated_at))
    coming = [api_v1.release(product, one, settings.day) for one in planned(product, settings.day)]
    yield _answer(f"{path}/planned", api_v1.listing(settings, coming))
    out = released(product, settings.day)
    for number, (release, told) in enumerate(zip(out, details["releases"], strict=True)):
        found = api_v1.answer(settings, told)
        if number == 0:
            yield _answer(f"{path}/releases/latest", found)
            yield f"badge/{product.name}.json", _json(badge(product, release, settings.day))
        yield _answer(f"{path}/releases/{release.slug}", found)
        yield f"badge/{product.name}/{release.slug}.json", _json(badge(product, release, settings.day))


def _answer(path: str, value: Mapping[str, object]) -> File:
    return f"api/v1/{path}.json" if path else "api/v1.json", _json(value)


def _times(catalogue: Catalogue, settings: Settings) -> Iterator[File]:
    """Calendars, feeds and the lists of what is to come."""
    stamp = dt.datetime.combine(settings.day, dt.time(), tzinfo=dt.UTC)
    lately: list[bytes] = []
    everything: list[Event] = []
    for product in catalogue.products:
        found = list(events(product))
        link = settings.address(f"/{product.name}/") if settings.url else ""
        lines = [event_lines(event, link, stamp) for event in recent(found, settings.day)]
        lately += lines
        everything += found
        yield f"calendar/{product.name}.ics", calendar(product.title, lines)
        yield f"feed/{product.name}.atom", feed(settings, product.title, f"/feed/{product.name}.atom", found)
    yield "calendar/all.ics", calendar(settings.title, lately)
    yield "feed/all.atom", feed(settings, settings.title, "/feed/all.atom", everything)
    for days in html.SPANS:
        coming = upcoming(catalogue.products, settings.day, days)
        yield (
            f"upcoming/{days}.json",
            _json({"schema_version": 1, "days": days, "events": [_told(one) for one in coming]}),
        )


def _told(event: Event) -> dict[str, object]:
    day = event.day.isoformat()
    return {**msgspec.to_builtins(event), "day": day, "date": day if event.exact else day[:7], "text": event.sentence}
