"""The pages of ``djup warnings``: the inventory, its comparison with a baseline, and both as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from djup.model import Finding, Record
from djup.report import document as doc
from djup.report.words import count
from djup.verify.inventory import Listed, Relation
from djup.verify.ratchet import Compared, Kept

SCHEMA_VERSION = 1

TITLES: Mapping[Relation, str] = {
    "own": "Own code",
    "direct": "Direct packages",
    "indirect": "Packages that others bring",
    "django": "Django, where the code that caused it is unknown",
    "python": "Python, where the code that caused it is unknown",
}

SHOWN = 5
"""Places of one warning that are shown."""


class WarningsPage(Record):
    """Every warning of a project on its present release. ``notes`` tell what could not be run or found out."""

    project: str
    django: str
    python: str
    tests: int
    entries: tuple[Listed, ...]
    notes: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION


class ComparedPage(Record):
    """What ``djup warnings compare`` shows; ``new`` are the entries of what is new, with all there is to know."""

    verdict: Literal["new", "ok"]
    compared: Compared
    new: tuple[Listed, ...]
    notes: tuple[str, ...]
    schema_version: int = SCHEMA_VERSION


def document(page: WarningsPage) -> doc.Document:
    """The warnings by owner, each with its change, its fixer and its deadline."""
    many = count(len(page.entries), "warning")
    return doc.document(
        f"{page.project}: {many} on Django {page.django}, Python {page.python}",
        doc.paragraph(f"Seen by the checks and by {count(page.tests, 'test')}."),
        *_groups(page.entries),
        doc.notes(page.notes),
        doc.next_step("djup warnings save", "keeps these, so that CI fails on new ones only"),
    )


def compared_page(found: WarningsPage, compared: Compared) -> ComparedPage:
    """Make the page of a comparison."""
    keys = {(kept.symbol, kept.category, kept.message) for kept in compared.new}
    new = tuple(entry for entry in found.entries if entry.key in keys)
    return ComparedPage(verdict="new" if compared.new else "ok", compared=compared, new=new, notes=found.notes)


def compared_document(page: ComparedPage) -> doc.Document:
    """What is new, with all there is to know of it, and what is gone."""
    compared = page.compared
    return doc.document(
        f"{len(compared.new)} new, {len(compared.gone)} gone, {compared.kept} as before",
        doc.section(doc.Span(text="New", style="bad"), *_groups(page.new)),
        doc.section(doc.Span(text="Gone", style="good"), doc.bullets(map(_kept, compared.gone))),
        doc.notes(page.notes),
        doc.next_step("djup warnings save", "takes this as the baseline")
        if compared.gone and not compared.new
        else None,
    )


def _groups(entries: Iterable[Listed]) -> Iterator[doc.Section | None]:
    """A section for each owner, in the order they come in."""
    groups: dict[str, list[Listed]] = {}
    for entry in entries:
        name = f": {entry.owner}" if entry.relation in ("direct", "indirect") else ""
        groups.setdefault(TITLES[entry.relation] + name, []).append(entry)
    for title, members in groups.items():
        yield doc.section(title, doc.bullets(map(_entry, members)))


def _entry(entry: Listed) -> doc.Item:
    return doc.item(doc.strong(short(entry.category)), f": {entry.message}", details=details(entry))


def short(category: str) -> str:
    """The name of a category without its module."""
    return category.rpartition(".")[2]


def details(entry: Listed) -> Iterator[doc.Text]:
    """What there is to know of an entry, a line each."""
    yield doc.line("in ", doc.code(entry.symbol), _places(entry))
    if entry.through:
        yield f"comes through {', '.join(entry.through)}"
    if entry.free:
        yield f"{entry.owner} {entry.free.version}: {entry.free.why}"
    if entry.change:
        yield doc.line("change ", doc.linked(entry.change, entry.link, "code"), f": {entry.summary}")
    if entry.fix:
        yield doc.line("fixer: ", doc.command(entry.fix))
    else:
        yield f"no fixer; {entry.hint}" if entry.hint else "no fixer"
    yield f"until {entry.deadline}" if entry.deadline else "no deadline is known"


def _places(entry: Listed) -> str:
    places = [str(place) for place in entry.places[:SHOWN]]
    if not places:
        return f", {count(entry.count, 'place')}"
    more = [f"and {entry.count - SHOWN} more"] if entry.count > SHOWN else []
    return f", at {', '.join([*places, *more])}"


def _kept(kept: Kept) -> doc.Line:
    return doc.line(doc.code(kept.symbol), f": {short(kept.category)}: {kept.message} ({kept.count})")


def findings_of(entries: Iterable[Listed]) -> tuple[Finding, ...]:
    """The entries as findings, one per own place; what is in packages has none."""
    return tuple(
        Finding(
            change=entry.change or f"warning/{short(entry.category)}",
            summary=entry.message,
            severity="should" if entry.relation == "own" else "may",
            place=place,
            source="warning",
            fixable=bool(entry.fix),
            hint=_hint(entry),
            link=entry.link,
        )
        for entry in entries
        for place in (entry.places or (None,))
    )


def _hint(entry: Listed) -> str:
    parts = [f"Owner: {entry.owner}"] if entry.relation != "own" else []
    parts += [f"Through: {', '.join(entry.through)}"] if entry.through else []
    parts += [f"{entry.owner} {entry.free.version} is {entry.free.why}"] if entry.free else []
    parts += [f"Gone in {entry.deadline}"] if entry.deadline else []
    parts += [f"Run `{entry.fix}`"] if entry.fix else [entry.hint.rstrip(".")] if entry.hint else []
    return "".join(f"{part}. " for part in parts).strip()
