"""What a good page keeps to beyond its types: one small function per rule, and one registry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

import msgspec

from djup.lifecycle.days import End, last_day
from djup.lifecycle.links import template_fault
from djup.lifecycle.models import Product, ProductRelease
from djup.lifecycle.pages import Page
from djup.lifecycle.problems import Problem
from djup.lifecycle.status import is_planned

Broken = tuple[str, str]
"""The key that breaks a rule, and in which way."""

Rule = Callable[[Product, dt.date], Iterator[Broken]]
"""What breaks a rule in a product, as of a day."""

TAGS = re.compile(r"^[a-z0-9-]+( [a-z0-9-]+)*$")
ORDER = ("releaseDate", "eoas", "eol", "eoes")


def validate(page: Page, day: dt.date) -> tuple[Problem, ...]:
    """Return everything wrong with a page: what its reading told, and every rule it breaks, by line.

    ``day`` tells what is only planned, and need not have all dates yet.
    """
    found = list(page.problems)
    if page.product is not None:
        for name, rule in RULES.items():
            for key, message in rule(page.product, day):
                line = _line(page, key)
                problem = Problem(path=page.path, line=line, key=key, rule=name, message=message)
                found.append(msgspec.structs.replace(problem, level="warning") if name in WARNINGS else problem)
    return tuple(sorted(found, key=lambda problem: problem.line))


def validate_all(pages: Iterable[Page], day: dt.date) -> tuple[Problem, ...]:
    """Validate pages one by one and against each other: no two may answer to the same name."""
    found: list[Problem] = []
    owners: dict[str, str] = {}
    for page in pages:
        found += validate(page, day)
        if page.product is None:
            continue
        for name in dict.fromkeys((page.product.name, *page.product.aliases)):
            other = owners.setdefault(name, page.path)
            if other != page.path:
                message = f"{other} answers to '/{name}' already."
                line = page.lines.get("permalink", 0)
                found.append(Problem(path=page.path, line=line, key="permalink", rule="unique-name", message=message))
    return tuple(found)


def _line(page: Page, key: str) -> int:
    """The line of a key, else that of the release or the field it belongs to."""
    if key in page.lines:
        return page.lines[key]
    owner = key.rpartition(".")[0]
    return page.lines.get(f"{owner}.releaseCycle", page.lines.get(key.partition("#")[0], 0))


def _unique_cycles(product: Product, _day: dt.date) -> Iterator[Broken]:
    seen = set()
    for release in product.releases:
        if release.release_cycle in seen:
            yield _key(release, "releaseCycle"), "another release has this name already."
        seen.add(release.release_cycle)


def _newest_first(product: Product, _day: dt.date) -> Iterator[Broken]:
    above: ProductRelease | None = None
    for release in product.releases:
        if release.out_of_order or release.release_date is None:
            continue
        if above and above.release_date and last_day(above.release_date) < last_day(release.release_date):
            message = (
                f"it came out on {release.release_date}, after {above.release_cycle} above ({above.release_date})."
            )
            yield _key(release, "releaseDate"), message
        above = release


def _dates_in_order(product: Product, _day: dt.date) -> Iterator[Broken]:
    for release in product.releases:
        shown = {"eoas": product.eoas_column, "eoes": product.eoes_column}
        dates = [(name, value) for name, value in _dates(release) if isinstance(value, str) and shown.get(name, True)]
        dates = [(name, value) for name, value in dates if name in ORDER]
        for number, (name, value) in enumerate(dates):
            for later, end in dates[number + 1 :]:
                if last_day(value) > last_day(end):
                    yield _key(release, name), f"{value} lies after {later} ({end})."


def _required_dates(product: Product, day: dt.date) -> Iterator[Broken]:
    for release in product.releases:
        needed: list[tuple[str, object]] = [("releaseDate", release.release_date), ("eol", release.eol)]
        if product.eoas_column:
            needed.append(("eoas", release.eoas))
        if product.discontinued_column:
            needed.append(("discontinued", release.discontinued))
        if product.latest_column and not is_planned(release, day):
            needed.append(("latest", release.latest))
        for name, value in needed:
            if value is None:
                yield _key(release, name), "it is missing, though the page shows its column."


def _column_for_each_end(product: Product, _day: dt.date) -> Iterator[Broken]:
    columns = {"eoas": product.eoas_column, "eoes": product.eoes_column, "discontinued": product.discontinued_column}
    for release in product.releases:
        for name, value in _dates(release):
            if value is not None and not columns.get(name, True):
                yield _key(release, name), f"it is given, but the page has no {name}Column."


def _tags(product: Product, _day: dt.date) -> Iterator[Broken]:
    if product.tags and not TAGS.match(product.tags):
        yield "tags", "they have to be lower-case words (a-z, 0-9, -) with one space between."


def _links(product: Product, _day: dt.date) -> Iterator[Broken]:
    links = [
        ("releasePolicyLink", product.release_policy_link),
        ("releaseImage", product.release_image),
        ("changelogTemplate", product.changelog_template),
        *((f"customFields.{field.name}.link", field.link) for field in product.custom_fields),
        *((_key(release, "link"), release.link or "") for release in product.releases),
    ]
    for key, link in links:
        if link and not (urlsplit(link.strip()[:9]).scheme in {"http", "https"} and "://" in link):
            yield key, f"'{link}' is no http or https address."


def _templates(product: Product, _day: dt.date) -> Iterator[Broken]:
    templates = [
        ("changelogTemplate", product.changelog_template),
        ("releaseLabel", product.release_label),
        *((_key(release, "link"), release.link or "") for release in product.releases),
        *((_key(release, "releaseLabel"), release.release_label) for release in product.releases),
    ]
    for key, template in templates:
        fault = template_fault(template)
        if fault:
            yield key, f"Liquid cannot read it as it is written: {fault}."


def _own_fields(product: Product, _day: dt.date) -> Iterator[Broken]:
    names = [field.name for field in product.custom_fields]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "customFields", f"'{name}' is declared twice."


def _identifiers(product: Product, _day: dt.date) -> Iterator[Broken]:
    for identifier in product.identifiers:
        for kind, text in identifier.items():
            if len(identifier) != 1 or kind not in {"purl", "cpe", "repology"}:
                yield "identifiers", f"'{kind}' is no kind of identifier; use one of purl, cpe, repology."
            elif not text.startswith({"purl": "pkg:", "cpe": "cpe:", "repology": ""}[kind]):
                yield "identifiers", f"'{text}' is no {kind}."


RULES: dict[str, Rule] = {
    "unique-cycle": _unique_cycles,
    "newest-first": _newest_first,
    "dates-in-order": _dates_in_order,
    "required-date": _required_dates,
    "column-for-end": _column_for_each_end,
    "tags": _tags,
    "link": _links,
    "template": _templates,
    "unique-field": _own_fields,
    "identifier": _identifiers,
}
WARNINGS = frozenset({"column-for-end", "template"})


def _dates(release: ProductRelease) -> tuple[tuple[str, End], ...]:
    return (
        ("releaseDate", release.release_date),
        ("eoas", release.eoas),
        ("eol", release.eol),
        ("eoes", release.eoes),
        ("discontinued", release.discontinued),
    )


def _key(release: ProductRelease, name: str) -> str:
    return f"releases#{release.release_cycle}.{name}"
