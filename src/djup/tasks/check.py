"""Where a project stands on a day: what it uses, judged by the catalogue and held against what Django supports.

This is the place where the project, the lifecycles and the knowledge of Django's support meet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from packaging.utils import canonicalize_name

from djup.knowledge.support import Bound, SupportTable
from djup.lifecycle.bills import kind_of, read_bill, read_stack
from djup.lifecycle.catalogue import Catalogue
from djup.lifecycle.events import release_events
from djup.lifecycle.gate import Condition, findings
from djup.lifecycle.judgement import Checkup, Judged, Subject, judge_all
from djup.lifecycle.matching import is_older, numbers_of
from djup.lifecycle.security import Issues
from djup.model import Database, ManifestFile, Project, Release, Requirement, Server, parse_release, release_text
from djup.report.check import SCHEMA_VERSION, CheckPage
from djup.report.visible import visible

SERVERS: Mapping[str, Mapping[str, str]] = {
    "postgresql": {"postgresql": "PostgreSQL"},
    "mysql": {"mysql": "MySQL", "mariadb": "MariaDB"},
    "oracle": {"oracle-database": "Oracle Database"},
    "sqlite": {"sqlite": "SQLite"},
}
"""What serves each vendor of a database, by the catalogue's name, the usual one first."""

BOUNDS = {"oracle-database": "oracle", "cx-oracle": "cx_Oracle"}
"""Where the tables of Django's support name a product otherwise than the catalogue does."""


class Yardstick(NamedTuple):
    """What a checkup is measured by: Django's support tables, the product pages, the disclosed issues, and the day."""

    table: SupportTable
    catalogue: Catalogue
    issues: Issues
    day: dt.date


def through_gate(checkup: Checkup, conditions: tuple[Condition, ...]) -> CheckPage:
    """The page of a checkup: the verdict is ``unknown`` where nothing was found but something is not known."""
    found = findings(checkup, conditions)
    unknown = any(judged.phase == "unknown" for judged in checkup.judged) or not checkup.judged
    return CheckPage(
        verdict="findings" if found else "unknown" if unknown else "ok",
        gate=tuple(map(str, conditions)),
        checkup=checkup,
        findings=found,
    )


def project_calendar(checkup: Checkup, catalogue: Catalogue) -> bytes:
    """The events of all releases in use, with the UIDs they have in every other calendar."""
    from djup.lifecycle.site.calendars import calendar, event_lines  # noqa: PLC0415  # the one format that needs it

    stamp = dt.datetime.combine(checkup.day, dt.time(), tzinfo=dt.UTC)
    lines: dict[str, bytes] = {}
    for judged in checkup.judged:
        product = catalogue.get(judged.subject.product)
        release = product.find(judged.release) if product and judged.release else None
        if product and release:
            lines |= {event.key: event_lines(event, "", stamp) for event in release_events(product, release)}
    return calendar(f"Lifecycles of {visible(checkup.name)}", lines.values())


def check_project(project: Project, by: Yardstick) -> Checkup:
    """Check a project: Django, Python, its databases, and every package that the catalogue has."""
    own = canonicalize_name(project.distribution or "")
    packages, unlisted = _packages(project, by.catalogue, own)
    return _checkup(project.name, [*_runtimes(project), *_databases(project), *packages], unlisted, by)


def check_bill(path: Path, by: Yardstick) -> Checkup:
    """Check a bill of materials; raises UsageError where it is none."""
    return _checkup(path.name, *read_bill(path, by.catalogue), by)


def check_stack(path: Path, by: Yardstick) -> Checkup:
    """Check a stack file; raises UsageError where it is none."""
    return _checkup(path.name, *read_stack(path, by.catalogue), by)


def _checkup(name: str, subjects: Iterable[Subject], unlisted: Iterable[str], by: Yardstick) -> Checkup:
    judged = judge_all(subjects, by.catalogue, by.issues, by.day)
    told = {one.subject.product: one.subject.version for one in judged if one.subject.version}
    combined = tuple(_combine(one, told, by.table) for one in judged)
    return Checkup(schema_version=SCHEMA_VERSION, name=name, day=by.day, judged=combined, unlisted=tuple(unlisted))


def _runtimes(project: Project) -> list[Subject]:
    django, python = project.django, project.python
    first = Subject(product="django", title="Django", version=None, kind="runtime", why="no file says which version")
    if django is not None:
        first = msgspec.structs.replace(
            first, version=django.value, place=django.place, why=django.why, certain=django.certain
        )
    second = Subject(product="python", title="Python", version=None, kind="runtime", allowed=project.python_range)
    if python is not None:
        second = msgspec.structs.replace(
            second, version=release_text(python.value), place=python.place, why=python.why, certain=python.certain
        )
    return [first, second]


def _databases(project: Project) -> list[Subject]:
    """The servers of DATABASES, at the version that an image names; settings name none, and SQLite has one series."""
    found = []
    for database in project.databases:
        titles = SERVERS.get(database.vendor) or {
            name: title for each in SERVERS.values() for name, title in each.items()
        }
        told = [server for server in project.servers if server.product in titles]
        found += [_served(server, titles[server.product]) for server in told] or _settled(database)
    return list(dict.fromkeys(found))


def _served(server: Server, title: str) -> Subject:
    version = server.version
    return Subject(
        product=server.product,
        title=title,
        version=version.value,
        kind="database",
        place=version.place,
        why=version.why,
        certain=version.certain,
    )


def _settled(database: Database) -> list[Subject]:
    """A database as far as the settings tell."""
    if database.vendor not in SERVERS:
        return []
    name, title = next(iter(SERVERS[database.vendor].items()))
    version = "3" if name == "sqlite" else None
    return [Subject(product=name, title=title, version=version, kind="database", place=database.place, why="DATABASES")]


def _packages(project: Project, catalogue: Catalogue, own: str) -> tuple[list[Subject], list[str]]:
    """The declared packages that the catalogue has, at their locked or pinned version, and the names of the rest.

    ``own`` is the project itself, which may ask for its own extras.
    """
    locked = {one.name: one for file in project.locked for one in file.requirements if one.pinned is not None}
    found: dict[str, Subject] = {}
    others: dict[str, None] = {}
    for requirement in _declared(project.manifests, locked):
        if requirement.name == own:
            continue
        product = catalogue.by_package(requirement.name)
        if product is None:
            others[requirement.name] = None
        elif product.name != "django":
            subject = Subject(
                product=product.name,
                title=product.title,
                version=str(requirement.pinned) if requirement.pinned else None,
                kind=kind_of(product.name),
                allowed=requirement.specifier,
                place=requirement.place,
                why=requirement.line_text.strip(),
            )
            if product.name not in found or found[product.name].version is None:
                found[product.name] = subject
    return list(found.values()), list(others)


def _declared(manifests: Iterable[ManifestFile], locked: Mapping[str, Requirement]) -> list[Requirement]:
    """What manifests declare, each at its lock's version where it has one, then what only locks have."""
    declared = [one for file in manifests if file.role != "docs" for one in file.requirements if one.name]
    named = {one.name for one in declared}
    return [
        *(locked.get(one.name, one) for one in declared),
        *(one for one in locked.values() if one.name not in named),
    ]


def _combine(judged: Judged, told: Mapping[str, str], table: SupportTable) -> Judged:
    """Add what Django's own tables say against a combination."""
    django = told.get("django")
    product, version = judged.subject.product, judged.subject.version
    if django is None or product == "django":
        return judged
    row = table.rows.get(parse_release(django)) if numbers_of(django) else None
    if row is None:
        return judged
    if product == "python":
        found = _python_conflict(django, version, table) if version else ""
    else:
        name = BOUNDS.get(product, product)
        found = _bound_conflict(judged.subject, django, row.databases.get(name) or row.drivers.get(name))
    if not found:
        return judged
    if version is None:
        return msgspec.structs.replace(judged, note=f"{judged.note}; {found}")
    return msgspec.structs.replace(judged, conflicts=(found,))


def _python_conflict(django: str, version: str, table: SupportTable) -> str:
    python: Release = numbers_of(version)[:2]
    supported = table.supported_pythons(django)
    if not supported or python in supported:
        return ""
    shown = ", ".join(map(release_text, supported))
    return f"Django {django} supports Python {shown}, not {release_text(python)}"


def _bound_conflict(subject: Subject, django: str, bound: Bound | None) -> str:
    """How a database server or a driver breaks the bounds a release of Django names; its lower bound if unknown."""
    if bound is None:
        return ""
    at_least = f"Django {django} needs {subject.title} {bound.min} or newer"
    if subject.version is None:
        return at_least if bound.min and not subject.allowed else ""
    version = numbers_of(subject.version)
    if bound.min and version and is_older(subject.version, bound.min):
        # A version told as "8" may well be the 8.0.11 that is needed.
        vague = numbers_of(bound.min)[: len(version)] == version
        return "" if vague else f"{at_least}, not {subject.version}"
    newest = numbers_of(bound.max) if bound.max else ()
    if newest and version[: len(newest)] > newest:
        return f"Django {django} takes {subject.title} up to {bound.max}, not {subject.version}"
    return ""
