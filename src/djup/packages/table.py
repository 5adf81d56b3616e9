"""Every package a project declares: where it is, what a release of Django needs of it, and what is to be done."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

from packaging.version import Version

from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources
from djup.errors import DjupError
from djup.model import Hop, Place, Project, Record, Requirement, Stop, parse_release, release_text
from djup.packages.bump import Ask, Bump, choose, resolve_as_it_is
from djup.packages.conflicts import Question, find_conflicts
from djup.packages.declared import locked_versions, needed_requirements, project_name, resolver_options
from djup.packages.faults import Conflict
from djup.packages.floors import Package, declared_for, known_packages
from djup.packages.index import Index, IndexUnreachableError
from djup.packages.pages import IndexPage
from djup.packages.ways import silent_since

Verdict = Literal["fine", "raise", "replace", "absorbed", "abandoned", "blocks", "unknown"]


class PackageRow(Record):
    """A package a project declares.

    ``now`` is the version it has (``""`` if nothing tells), ``needed`` the version the release would get, ``newest``
    the newest on the index that the release's Python runs; ``declared_by`` the places that name it.
    """

    name: str
    now: str
    needed: str
    newest: str
    declared_by: tuple[str, ...]
    verdict: Verdict
    why: str


class PackageTable(Record):
    """The packages of a project for a stop, what cannot hold together, and what could not be found out."""

    django: str
    python: str
    rows: tuple[PackageRow, ...]
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class TableAsk:
    """What is asked: the packages of a project at ``start`` for ``end``.

    ``as_of`` and ``as_of_end`` are the days unpinned packages are taken from at the start and at the end, as in a run;
    ``earlier`` the versions of Django between the two, newest first; ``here`` is the interpreter of the start if there
    is one.
    """

    project: Project
    start: Stop
    end: Stop
    interpreter: Interpreter
    here: Interpreter | None
    others: tuple[Interpreter, ...]
    earlier: tuple[str, ...]
    index: Index
    as_of: dt.date
    as_of_end: dt.date
    today: dt.date
    sources: Sources | None = None


@dataclasses.dataclass(frozen=True)
class Found:
    """What was found out: the pages of the index, the versions before and after, and what cannot hold together."""

    pages: Mapping[str, IndexPage]
    before: Mapping[str, str]
    chosen: Bump | None
    conflicts: tuple[Conflict, ...]


def package_table(ask: TableAsk) -> PackageTable:
    """Return the table. What could not be found out is a note; nothing of the project runs or changes."""
    declared = _declared(ask.project)
    notes: list[str] = []
    try:
        pages = ask.index.pages(declared)
    except IndexUnreachableError as error:
        pages = {}
        notes.append(error.problem)
    before = _before(ask, notes)
    found = Found(pages=pages, before=before, chosen=_chosen(ask, before, notes), conflicts=_conflicts(ask))
    return PackageTable(
        django=ask.end.django,
        python=release_text(ask.end.python),
        rows=tuple(_row(ask, name, declared[name], found) for name in sorted(declared)),
        conflicts=found.conflicts,
        notes=(*notes, *(found.chosen.notes if found.chosen else ())),
    )


def _declared(project: Project) -> dict[str, list[Requirement]]:
    """Every package that a manifest names, with each of its declarations."""
    found: dict[str, list[Requirement]] = {}
    for file in project.manifests:
        for requirement in file.requirements:
            if requirement.name and requirement.name != project_name(project):
                found.setdefault(requirement.name, []).append(requirement)
    return found


def _before(ask: TableAsk, notes: list[str]) -> Mapping[str, str]:
    """The versions a project has: of the set that its files stand for, else what they say themselves."""
    said = {one.name: str(one.pinned) for one in needed_requirements(ask.project) if one.pinned}
    said = {**locked_versions(ask.project), **said, "django": ask.start.django}
    if ask.here is None:
        return said
    try:
        found = resolve_as_it_is(
            ask.project, ask.here, django=ask.start.django, as_of=ask.as_of, today=ask.today, sources=ask.sources
        )
    except DjupError as error:
        notes.append(f"What is installed now is known from pins alone: {error.problem}")
        return said
    return {**said, **found.pins}


def _chosen(ask: TableAsk, before: Mapping[str, str], notes: list[str]) -> Bump | None:
    why = f"asked for Django {ask.end.django}"
    hop = Hop(number=1, kind="feature", start=ask.start, end=ask.end, why=why)
    asked = Ask(
        project=ask.project,
        hop=hop,
        interpreter=ask.interpreter,
        before=before,
        raised={},
        above={},
        as_of=ask.as_of_end,
        today=ask.today,
        sources=ask.sources,
    )
    try:
        return choose(asked)
    except DjupError as error:
        notes.append(f"No set holds together: {error.problem}")
        return None


def _conflicts(ask: TableAsk) -> tuple[Conflict, ...]:
    question = Question(
        requirements=tuple(one for one in needed_requirements(ask.project) if one.name != "django"),
        django=ask.end.django,
        interpreter=ask.interpreter,
        index=ask.index,
        root=ask.project.root,
        today=ask.today,
        sources=ask.sources,
        options=resolver_options(ask.project.manifests),
        earlier=ask.earlier,
        others=ask.others,
    )
    return find_conflicts(question)


def _row(ask: TableAsk, name: str, declared: Iterable[Requirement], found: Found) -> PackageRow:
    page = found.pages.get(name)
    verdict, why = _verdict(ask, name, found)
    return PackageRow(
        name=name,
        now=found.before.get(name, ""),
        needed=_needed(name, found),
        newest=(page.newest(python=ask.interpreter.version) if page else None) or "",
        declared_by=tuple(_place(one.place) for one in declared),
        verdict=verdict,
        why=why,
    )


def _needed(name: str, found: Found) -> str:
    return found.chosen.resolution.pins.get(name, "") if found.chosen else ""


def _place(place: Place) -> str:
    return f"{place.path}:{place.line}" if place.line else str(place.path)


def _verdict(ask: TableAsk, name: str, found: Found) -> tuple[Verdict, str]:
    """What is to be done about a package, and why: what ends the road first, then what changes most."""
    known, page = known_packages().get(name), found.pages.get(name)
    for conflict in found.conflicts:
        if name in conflict.packages and conflict.kind != "unknown":
            return "blocks", f"{conflict.why}; {conflict.ways[0].what}" if conflict.ways else conflict.why
    if known and known.absorbed_in and parse_release(known.absorbed_in) <= ask.end.release:
        return "absorbed", f"Django {known.absorbed_in} has {known.absorbed_by}"
    if known and known.replaced_by:
        return "replace", f"by {known.replaced_by}{': ' + known.note if known.note else ''}"
    if page is None or not page.files:
        return "unknown", "no index that is asked has it"
    silent = known.abandoned if known and known.abandoned else _abandoned(name, page, ask.today, known)
    if silent:
        return "abandoned", f"since {silent}"
    return _moved(ask, name, found)


def _moved(ask: TableAsk, name: str, found: Found) -> tuple[Verdict, str]:
    now, needed = found.before.get(name, ""), _needed(name, found)
    if not needed:
        return "unknown", "the tests do not need it, so it is in no set" if found.chosen else "no set was found"
    if now and found.chosen and Version(needed) > Version(now):
        return "raise", next((move.why for move in found.chosen.moves if move.name == name), "")
    return "fine", _doubt(ask, name, needed) if now else "no file pins it"


def _doubt(ask: TableAsk, name: str, needed: str) -> str:
    """What speaks against a version that nothing forbids: that its metadata does not name the release yet."""
    declared = declared_for(name, ask.end.release)
    if declared is None or Version(needed) >= Version(declared):
        return ""
    return f"{declared} is the first that names Django {release_text(ask.end.release)}; this one is tried as it is"


def _abandoned(name: str, page: IndexPage, today: dt.date, known: Package | None) -> str:
    """The day of the last release of a package of the Django world that has been silent for long.

    Others may be finished; one that has to follow Django's releases is not.
    """
    last = silent_since(page, today)
    follows = (
        "django" in name or name.startswith(("drf-", "wagtail-")) or bool(known and (known.floors or known.declared))
    )
    return str(last) if last and follows else ""
