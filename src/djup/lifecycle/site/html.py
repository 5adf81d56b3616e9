"""The pages of the site, from templates that escape whatever they are given."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import jinja2
from markupsafe import Markup

from djup.lifecycle.catalogue import Catalogue
from djup.lifecycle.days import End, date_of, last_day
from djup.lifecycle.events import upcoming
from djup.lifecycle.links import label_of, link_of, lts_label, plain_text
from djup.lifecycle.models import Column, CustomField, Product, ProductRelease
from djup.lifecycle.pages import Page
from djup.lifecycle.site.api_v1 import EOAS, EOES, EOL
from djup.lifecycle.site.badges import message
from djup.lifecycle.site.markdown import render_markdown
from djup.lifecycle.site.roadmap import COLOURS, roadmap, segments
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.status import Phase, released, status

SPANS = (7, 30, 90, 180, 365)
RANK: Mapping[Phase, int] = {"planned": 0, "active": 1, "security": 2, "extended": 3, "unknown": 4, "eol": 5}
POSITIONS = {"after-release-column": "early", "before-latest-column": "middle", "after-latest-column": "late"}


def product_page(settings: Settings, page: Page, product: Product) -> str:
    """The page of a product."""
    fields: dict[str, list[CustomField]] = {"early": [], "middle": [], "late": []}
    for field in product.custom_fields:
        if field.display in POSITIONS:
            fields[POSITIONS[field.display]].append(field)
    columns = {
        "release": _label(product.release_date_column, "Released"),
        "latest": _label(product.latest_column, "Latest"),
        "ends": [{"label": label} for _, label in _ends(product)],
    }
    rows = [_row(settings, product, release, fields) for release in product.releases]
    return _render(
        "product.html",
        settings,
        "../",
        product=product,
        columns=columns,
        fields=fields,
        rows=rows,
        field_head=_field_head,
        policy=product.release_policy_link if product.release_policy_link.startswith("http") else "",
        roadmap=Markup(roadmap(product, settings.day)),  # noqa: S704  # made by roadmap(), which escapes each text
        body=Markup(render_markdown(page.body)),  # noqa: S704  # made by render_markdown(), which lets no HTML through
    )


def index_page(settings: Settings, catalogue: Catalogue) -> str:
    """The first page: all products by category, with a search field."""
    groups = [
        {"heading": category, "link": f"categories/{category}/", "entries": _items(settings, products)}
        for category, products in by_category(catalogue.products).items()
    ]
    return _render("list.html", settings, "./", heading=settings.title, groups=groups, search=True)


def group_page(settings: Settings, heading: str, products: Iterable[Product]) -> str:
    """The page of a tag or a category."""
    groups = [{"heading": "", "link": "", "entries": _items(settings, products)}]
    return _render("list.html", settings, "../../", heading=heading, groups=groups, search=False)


def tags_page(settings: Settings, catalogue: Catalogue) -> str:
    """The page of all tags."""
    items = [
        {"title": tag, "link": f"tags/{tag}/", "note": str(len(found)), "search": tag, "phase": ""}
        for tag, found in by_tag(catalogue.products).items()
    ]
    return _render(
        "list.html",
        settings,
        "../",
        heading="Tags",
        groups=[{"heading": "", "link": "", "entries": items}],
        search=False,
    )


def upcoming_page(settings: Settings, catalogue: Catalogue) -> str:
    """The page of what comes within a year."""
    events = upcoming(catalogue.products, settings.day, SPANS[-1])
    return _render("upcoming.html", settings, "../", events=events, spans=SPANS)


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


def _items(settings: Settings, products: Iterable[Product]) -> list[dict[str, str]]:
    items = []
    for product in sorted(products, key=lambda one: one.title.lower()):
        newest = next(iter(released(product, settings.day)), None)
        found = status(newest, settings.day) if newest else None
        note = f"{plain_text(label_of(product, newest))}: {message(newest, found)}" if newest and found else ""
        words = " ".join((product.title, product.name, *product.aliases, *product.all_tags)).lower()
        phase = found.phase if found else "unknown"
        items.append(
            {"title": product.title, "link": f"{product.name}/", "note": note, "search": words, "phase": phase}
        )
    return items


def _row(
    settings: Settings, product: Product, release: ProductRelease, fields: Mapping[str, Sequence[CustomField]]
) -> dict[str, Any]:
    day = settings.day
    found = status(release, day)
    own = {where: [release.custom.get(one.name, "–") for one in some] for where, some in fields.items()}
    return {
        "id": f"release-{release.slug}",
        "label": plain_text(label_of(product, release)),
        "lts": lts_label(product) if release.lts else "",
        "status": found,
        "words": message(release, found),
        "rank": RANK[found.phase],
        "released": release.release_date or "",
        "ends": [_end_cell(getattr(release, name), day) for name, _ in _ends(product)],
        "bar": Markup(_bar(release, day)),  # noqa: S704  # numbers and colours of this module only
        "latest": release.latest or "",
        "latest_date": release.latest_release_date or "",
        "link": _http(link_of(product, release)),
        **own,
    }


def _ends(product: Product) -> list[tuple[str, str]]:
    """The ends the page shows a column for, with its label."""
    columns = (
        ("discontinued", product.discontinued_column, "Discontinued"),
        ("eoas", product.eoas_column, EOAS),
        ("eol", product.eol_column, EOL),
        ("eoes", product.eoes_column, EOES),
    )
    return [(name, label) for name, column, default in columns if (label := _label(column, default))]


def _end_cell(end: End, day: dt.date) -> dict[str, str]:
    text = date_of(end)
    if text:
        days = (last_day(text) - day).days
        return {"text": text, "sort": text, "note": distance(days)}
    words = {True: ("Ended", "0"), False: ("Not ended, no date", "9")}.get(end is True) if end is not None else None
    shown, sort = words or ("–", "")
    return {"text": shown, "sort": sort, "note": ""}


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
    drawn.append(f'<rect width="{gone:.1f}" height="8" fill="#8a8f98"/>')
    return (
        f'<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" '
        f'aria-label="{gone:.0f} % of its support is over">{"".join(drawn)}</svg>'
    )


def _label(column: Column, default: str) -> str:
    if isinstance(column, str):
        return plain_text(column)
    return default if column else ""


def _field_head(field: CustomField) -> Markup:
    title = Markup(' title="{}"').format(field.description) if field.description else Markup("")
    if _http(field.link):
        return Markup('<a href="{}"{} rel="noreferrer">{}</a>').format(field.link, title, field.label)
    return Markup("<span{}>{}</span>").format(title, field.label)


def _http(link: str | None) -> str:
    return link if link and link.startswith(("https://", "http://")) else ""


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
