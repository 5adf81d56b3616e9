"""The warnings of a project, grouped: one entry per owner, code and message, with its change and its deadline. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal

from djup.model import Place, Record, Release, WarningSeen, parse_release
from djup.packages.floors import declared_for, known_packages
from djup.verify.attribution import Deadline, change_of, deadline_of

Relation = Literal["own", "direct", "indirect", "django", "python"]
ORDER: tuple[Relation, ...] = ("own", "direct", "indirect", "django", "python")

VOLATILE = (
    (re.compile(r"0x[0-9a-fA-F]{6,}"), "0x…"),
    (re.compile(r"/tmp/[\w./-]+"), "/tmp/…"),  # noqa: S108  # a pattern, not a place to write to
    (re.compile(r"\b(?:fd|pid)=\d+"), "…"),
)
"""Parts of messages that differ from run to run."""


class Free(Record):
    """The first version of a package that is known not to warn so, and what says so."""

    version: str
    why: str


class Listed(Record):
    """A warning of the inventory.

    ``count`` is the number of places (lines) it came from, ``places`` are those in own files; ``times`` how often it
    was raised at least. ``through`` are the direct packages that bring an indirect one. ``change`` is ``""`` where it
    is none djup knows; ``fix`` is the command that rewrites it, if a fixer does. ``seen`` tells what was running.
    """

    owner: str
    relation: Relation
    symbol: str
    category: str
    message: str
    count: int
    times: int
    places: tuple[Place, ...] = ()
    through: tuple[str, ...] = ()
    free: Free | None = None
    change: str = ""
    summary: str = ""
    fix: str = ""
    hint: str = ""
    link: str = ""
    deadline: Deadline | None = None
    seen: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same warning in two runs: no line numbers."""
        return (self.symbol, self.category, self.message)


class InventoryContext(Record):
    """What the grouping needs to know of the project: its Django, its direct packages, and how others come in.

    ``through`` and ``versions`` are by normalised name; ``newest`` holds the index's newest where it was asked.
    """

    django: Release
    direct: tuple[str, ...]
    through: Mapping[str, tuple[str, ...]] = {}
    versions: Mapping[str, str] = {}
    newest: Mapping[str, str] = {}


def take_inventory(seen: Mapping[str, Iterable[WarningSeen]], around: InventoryContext) -> tuple[Listed, ...]:
    """Group what was seen while something ran (``check``, ``tests``); own code first, then by owner and code."""
    groups: dict[tuple[str, str, str, str], list[tuple[str, WarningSeen]]] = {}
    for phase, warnings in seen.items():
        for warning in warnings:
            owner = _owner(warning)
            key = (owner, warning.symbol, warning.category, stable(warning.text))
            groups.setdefault(key, []).append((phase, warning))
    listed = [_listed(key, members, around) for key, members in groups.items()]
    return tuple(sorted(listed, key=lambda entry: (ORDER.index(entry.relation), entry.owner, *entry.key)))


def stable(text: str) -> str:
    """A message without what differs from run to run, on one line."""
    for pattern, instead in VOLATILE:
        text = pattern.sub(instead, text)
    return " ".join(text.split())


def _owner(warning: WarningSeen) -> str:
    """Whose it is: what Django itself warns of while it reads settings is the settings', so the project's own."""
    if warning.owner == "django" and warning.symbol.startswith("django.conf."):
        return "own"
    change = change_of(warning) if warning.owner == "django" else None
    return "own" if change is not None and "settings" in change.where else warning.owner


def _listed(
    key: tuple[str, str, str, str], members: Sequence[tuple[str, WarningSeen]], around: InventoryContext
) -> Listed:
    owner, symbol, category, message = key
    warning = members[0][1]
    change = change_of(warning)
    deadline = deadline_of(warning, change, around.django)
    relation = relation_of(owner, around.direct)
    places = {(raised.path, raised.line): raised for _, raised in members}
    own = [place for place in sorted(places) if relation == "own" and not place[0].startswith(("/", "<"))]
    return Listed(
        owner=owner,
        relation=relation,
        symbol=symbol if symbol != "template" else PurePosixPath(warning.path).name,
        category=category,
        message=message,
        count=len(places),
        times=sum(member.count for _, member in members),
        places=tuple(Place(path=PurePosixPath(path), line=line) for path, line in own),
        through=around.through.get(owner, ()) if relation == "indirect" else (),
        free=free_of(owner, deadline, around) if relation in ("direct", "indirect") else None,
        change=change.id if change else "",
        summary=change.summary if change else "",
        fix=f"djup fix --only {change.id}" if change and change.fixable and relation == "own" else "",
        hint=change.advice if change else "",
        link=change.notes if change else "",
        deadline=deadline,
        seen=tuple(sorted({phase for phase, _ in members})),
    )


def relation_of(owner: str, direct: Iterable[str]) -> Relation:
    """How an owner relates to the project."""
    for known in ("own", "django", "python"):
        if owner == known:
            return known
    return "direct" if owner in direct else "indirect"


def free_of(name: str, deadline: Deadline | None, around: InventoryContext) -> Free | None:
    """The version of a package that no longer does what is removed, as far as data or the index tell."""
    now = around.versions.get(name, "")
    newest = around.newest.get(name, "")
    if deadline is not None and deadline.product == "Django":
        release = parse_release(deadline.release)
        package = known_packages().get(name)
        floors = {parse_release(key): version for key, version in (package.floors if package else {}).items()}
        if release in floors and floors[release] != now:
            return Free(version=floors[release], why=f"the first known to work with Django {deadline.release}")
        declared = declared_for(name, release)
        if declared and declared != now:
            return Free(
                version=declared, why=f"the first whose metadata names Django {deadline.release} or a later one"
            )
    if newest and newest != now:
        return Free(version=newest, why="the newest on the index; whether it still warns so is not known")
    return None
