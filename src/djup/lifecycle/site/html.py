"""The pages of the site, from templates that escape whatever they are given."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import jinja2
from markupsafe import Markup

from djup.lifecycle.catalogue import Catalogue
from djup.lifecycle.events import WORDS, upcoming
from djup.lifecycle.links import label_of, plain_text
from djup.lifecycle.models import CustomField, Product
from djup.lifecycle.pages import Page
from djup.lifecycle.site.badges import message
from djup.lifecycle.site.markdown import render_markdown
from djup.lifecycle.site.roadmap import COLOURS, roadmap
from djup.lifecycle.site.rows import column_label, distance, ends, http, release_row, unbroken
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.status import planned, released, status

SPANS = (7, 30, 90, 180, 365)
POSITIONS = {"after-release-column": "early", "before-latest-column": "middle", "after-latest-column": "late"}
LEGEND = {
    "active": "bug fixes",
    "security": "security fixes only",
    "extended": "extended support",
    "eol": "ended",
    "planned": "planned",
}
HEADINGS = {
    "app": "Applications",
    "database": "Databases",
    "device": "Devices",
    "framework": "Frameworks",
    "lang": "Languages",
    "library": "Libraries",
    "os": "Operating systems",
    "server-app": "Server applications",
    "service": "Services",
    "standard": "Standards",
}
"""What the categories are called on the pages."""
SHOWN = 8
"""How many supported releases the head of a page names."""


def product_page(settings: Settings, page: Page, product: Product) -> str:
    """The page of a product."""
    fields: dict[str, list[CustomField]] = {"early": [], "middle": [], "late": []}
    for field in product.custom_fields:
        if field.display in POSITIONS:
            fields[POSITIONS[field.display]].append(field)
    columns = {
        "release": column_label(product.release_date_column, "Released"),
        "latest": column_label(product.latest_column, "Latest"),
        "ends": [{"label": label} for _, label in ends(product)],
    }
    rows = [release_row(settings, product, release, fields) for release in product.releases]
    return _render(
        "product.html",
        settings,
        "../",
        product=product,
        category=HEADINGS[product.category],
        columns=columns,
        fields=fields,
        rows=rows,
        now=_now(settings, product, rows),
        field_head=_field_head,
        legend={phase: words for phase, words in LEGEND.items() if phase != "extended" or product.eoes_column},
        colours=COLOURS,
        policy=http(product.release_policy_link),
        roadmap=Markup(roadmap(product, settings.day)),  # noqa: S704  # made by roadmap(), which escapes each text
        body=Markup(render_markdown(page.body)),  # noqa: S704  # made by render_markdown(), which lets no HTML through
    )


def index_page(settings: Settings, catalogue: Catalogue) -> str:
    """The first page: all products by category, with a search field."""
    groups = [
        {"heading": HEADINGS[name], "id": name, "link": f"categories/{name}/", "entries": _items(settings, products)}
        for name, products in by_category(catalogue.products).items()
    ]
    return _render("list.html", settings, "./", heading=settings.title, groups=groups, search=True)


def group_page(settings: Settings, heading: str, products: Iterable[Product]) -> str:
    """The page of a tag or a category."""
    groups = [{"heading": "", "id": "", "link": "", "entries": _items(settings, products)}]
    return _render("list.html", settings, "../../", heading=heading, groups=groups, search=False)


def tags_page(settings: Settings, catalogue: Catalogue) -> str:
    """The page of all tags."""
    items = [
        {"title": tag, "link": f"tags/{tag}/", "note": _count(len(found)), "search": tag, "phase": ""}
        for tag, found in by_tag(catalogue.products).items()
    ]
    groups = [{"heading": "", "id": "", "link": "", "entries": items}]
    return _render("list.html", settings, "../", heading="Tags", groups=groups, search=False)


def upcoming_page(settings: Settings, catalogue: Catalogue) -> str:
    """The page of what comes within a year."""
    found = [
        {
            "sort": event.day.isoformat(),
            "day": event.day.isoformat() if event.exact else event.day.isoformat()[:7],
            "distance": distance((event.day - settings.day).days),
            "product": event.product,
            "title": event.title,
            "cycle": event.cycle,
            "words": WORDS[event.kind],
        }
        for event in upcoming(catalogue.products, settings.day, SPANS[-1])
    ]
    return _render("upcoming.html", settings, "../", events=found, spans=SPANS)


def text_page(settings: Settings, root: str, heading: str, markdown: str) -> str:
    """A page of plain text, such as that of a missing page."""
    body = Markup(render_markdown(markdown))  # noqa: S704  # made by render_markdown(), which lets no HTML through
    return _render("text.html", settings, root, heading=heading, body=body)


def by_category(products: Iterable[Product]) -> dict[str, list[Product]]:
    """Products by category, sorted."""
    found: dict[str, list[Product]] = {}
    for product in products:
        found.setdefault(product.category, []).append(product)
    return dict(sorted(found.items()))


def by_tag(products: Iterable[Product]) -> dict[str, list[Product]]:
    """Products by tag, sorted; a category is a tag too."""
    found: dict[str, list[Product]] = {}
    for product in products:
        for tag in product.all_tags:
            found.setdefault(tag, []).append(product)
    return dict(sorted(found.items()))


def _now(settings: Settings, product: Product, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of what is supported today, and of the next release to come."""
    coming = planned(product, settings.day)
    named = f"release-{coming[-1].slug}" if coming else ""
    kept = [row for row in rows if row["phase"] in {"active", "security", "extended"}]
    return [row for row in rows if row["id"] == named] + kept[:SHOWN]


def _items(settings: Settings, products: Iterable[Product]) -> list[dict[str, Any]]:
    items = []
    for product in sorted(products, key=lambda one: one.title.lower()):
        newest = next(iter(released(product, settings.day)), None)
        found = status(newest, settings.day) if newest else None
        note = f"{plain_text(label_of(product, newest))}: {message(newest, found)}" if newest and found else ""
        words = " ".join((product.title, product.name, *product.aliases, *product.all_tags)).lower()
        phase = found.phase if found else "unknown"
        items.append(
            {
                "title": product.title,
                "link": f"{product.name}/",
                "note": unbroken(note),
                "search": words,
                "phase": phase,
            }
        )
    return items


def _count(number: int) -> str:
    return f"{number} product{'' if number == 1 else 's'}"


def _field_head(field: CustomField) -> Markup:
    title = Markup(' title="{}"').format(field.description) if field.description else Markup("")
    if http(field.link):
        return Markup('<a href="{}"{} rel="noreferrer">{}</a>').format(field.link, title, field.label)
    return Markup("<span{}>{}</span>").format(title, field.label)


def _render(template: str, settings: Settings, root: str, **values: Any) -> str:
    return _environment().get_template(template).render(site=settings, root=root, **values)


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("djup.lifecycle.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
