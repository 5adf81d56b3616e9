"""From failures to causes: the change, the package or the own code that each comes from, equal ones together. Pure.

What is looked at, in this order: what Django's changes are known to fail with; what the same line warned of before; the
names of changes in what the exception says; and whose code raised it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal

from djup.knowledge.changes import Change
from djup.model import Place, Record, WarningSeen
from djup.verify.attribution import change_of, names_of
from djup.verify.compare import Worse
from djup.verify.failures import Frame, frames_of, last_line
from djup.verify.inventory import stable
from djup.verify.owners import Owners

NAMING = re.compile(
    r"^(?:[\w.]+\.)?(?:ImportError|ModuleNotFoundError|AttributeError|NameError|TypeError|ImproperlyConfigured|"
    r"TemplateSyntaxError|TemplateDoesNotExist|FieldError|LookupError|CommandError)\b"
)
"""Exceptions that name what is not there, or not so, any more."""

APART = re.compile(
    r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'"
    r"|module '(?P<holder>[\w.]+)' has no attribute '(?P<attribute>\w+)'"
)

OTHERS = frozenset({"", "django", "python"})


class Cause(Record):
    """What explains failures: a ``change`` of Django, a ``package``, the project's ``own`` code, or nothing known.

    ``failures`` are the tests, modules, templates and so on; ``message`` what one of them says, ``place`` the own line
    it comes from, ``why`` how the cause was found; ``ways`` are the ways out, best first.
    """

    kind: Literal["change", "package", "own", "unknown"]
    subject: str
    summary: str
    failures: tuple[str, ...]
    message: str
    place: Place | None = None
    why: str = ""
    ways: tuple[str, ...] = ()
    link: str = ""


class DiagnosisContext(Record):
    """What a diagnosis may use: the changes a hop crosses, what was warned of before it, and the packages it moved."""

    changes: tuple[Change, ...]
    warnings: tuple[WarningSeen, ...] = ()
    moved: Mapping[str, tuple[str, str]] = {}


def diagnose(worse: Iterable[Worse], known: DiagnosisContext, owners: Owners) -> tuple[Cause, ...]:
    """The causes of failures, the one that explains most first."""
    groups: dict[tuple[str, str], list[Cause]] = {}
    for thing in worse:
        cause = _cause(thing, known, owners)
        groups.setdefault((cause.kind, cause.subject), []).append(cause)
    joined = [_joined(members) for members in groups.values()]
    return tuple(sorted(joined, key=lambda cause: (-len(cause.failures), cause.kind, cause.subject)))


def _joined(members: Sequence[Cause]) -> Cause:
    first = members[0]
    failures = dict.fromkeys(name for member in members for name in member.failures)
    return Cause(
        kind=first.kind,
        subject=first.subject,
        summary=first.summary,
        failures=tuple(failures),
        message=first.message,
        place=next((member.place for member in members if member.place), None),
        why=first.why,
        ways=first.ways,
        link=first.link,
    )


def _cause(worse: Worse, known: DiagnosisContext, owners: Owners) -> Cause:
    text = worse.trace or worse.message
    message = last_line(worse.message) or last_line(text)
    own = _own_frame(text, owners)
    place = Place(path=PurePosixPath(owners.relative(own.file)), line=own.line) if own else None
    change, why = _change(text, message, place, known)
    if change is not None:
        return _by_change(worse, change, message, place, why)
    package = _package(worse, text, owners)
    if package:
        return _by_package(worse, package, message, place, known)
    kind: Literal["own", "unknown"] = "own" if place or worse.owner == "own" else "unknown"
    where = f"look at {place}" if place else f"look at {worse.subject}"
    return Cause(
        kind=kind,
        subject=stable(message),
        summary=stable(message),
        failures=(f"{worse.kind} {worse.subject}",),
        message=message,
        place=place,
        why="the exception comes from the project's own code" if kind == "own" else "nothing known fits",
        ways=(where,),
    )


def _change(text: str, message: str, place: Place | None, known: DiagnosisContext) -> tuple[Change | None, str]:
    """The change that a failure comes from, and how that is known."""
    told = [change for change in known.changes if change.seen.failure and change.seen.failure in text]
    if told:
        return max(told, key=lambda change: len(change.seen.failure)), "it fails as that change is known to"
    for warning in known.warnings:
        if place and warning.owner == "own" and (warning.path, warning.line) == (str(place.path), place.line):
            announced = change_of(warning)
            if announced in known.changes:
                return announced, "the same line warned of it before"
    if NAMING.match(message):
        words = {*re.findall(r"[\w.]+\w", message), *dotted_in(message)}
        named = [(max(map(len, found)), other) for other in known.changes if (found := words & names_of(other))]
        if named:
            return max(named, key=lambda pair: pair[0])[1], "the exception names what that change is about"
    return None, ""


def dotted_in(message: str) -> list[str]:
    """The dotted names that an exception takes apart: ``cannot import name 'utc' from 'django.utils.timezone'``."""
    return [
        f"{match['module'] or match['holder']}.{match['name'] or match['attribute']}"
        for match in APART.finditer(message)
    ]


def _by_change(worse: Worse, change: Change, message: str, place: Place | None, why: str) -> Cause:
    where = f" at {place}" if place else ""
    ways = [change.advice] if change.advice else []
    ways += [f"see {change.notes}{where}"]
    return Cause(
        kind="change",
        subject=change.id,
        summary=change.summary,
        failures=(f"{worse.kind} {worse.subject}",),
        message=message,
        place=place,
        why=why,
        ways=tuple(ways),
        link=change.notes,
    )


def _by_package(worse: Worse, name: str, message: str, place: Place | None, known: DiagnosisContext) -> Cause:
    start, end = known.moved.get(name, ("", ""))
    moved = f"this hop moved it from {start} to {end}" if start and end else "this hop did not move it"
    ways = [f"try another version of {name} ({moved})", f"ask its maintainers, or replace {name}"]
    return Cause(
        kind="package",
        subject=name,
        summary=f"{name} fails: {stable(message)}",
        failures=(f"{worse.kind} {worse.subject}",),
        message=message,
        place=place,
        why=f"the exception comes from {name}; {moved}",
        ways=tuple([*ways, f"look at {place}, which calls it"] if place else ways),
    )


def _own_frame(text: str, owners: Owners) -> Frame | None:
    """The innermost frame of the project's own code."""
    return next((frame for frame in reversed(frames_of(text)) if owners.of(frame.file) == "own"), None)


def _package(worse: Worse, text: str, owners: Owners) -> str:
    """The package whose code raised: Django's and Python's frames speak for whoever called them.

    Where the innermost such frame is the project's own, it is no package.
    """
    frames = [owners.of(frame.file) for frame in reversed(frames_of(text))]
    first = next((owner for owner in frames if owner not in OTHERS), worse.owner)
    return "" if first in (*OTHERS, "own") else first
