"""Raising some packages of a set and leaving the others: what the set becomes, and what that writes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

import msgspec
from packaging.version import Version

from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources
from djup.model import PackageMove, Project, Record, Requirement
from djup.packages.bump import Bump, edits_for, without_cap
from djup.packages.declared import as_line, constraint_requirements, needed_requirements, resolver_options
from djup.packages.index import Index
from djup.packages.pages import IndexPage
from djup.packages.resolve import ConflictError, Resolution, Wanted, resolve


@dataclasses.dataclass(frozen=True)
class Footing:
    """What stands while packages are raised: the project, its Django and Python, and the versions it has.

    ``settled`` is the newest day a file may be from, unless the project has it already; ``extra`` are requirement lines
    the user gave; ``held`` are packages to leave at their version, with the reason.
    """

    project: Project
    django: str
    interpreter: Interpreter
    index: Index
    before: Mapping[str, str]
    settled: dt.date
    today: dt.date
    sources: Sources | None = None
    extra: tuple[str, ...] = ()
    held: Mapping[str, str] = dataclasses.field(default_factory=dict)


class Group(Record):
    """Packages that are raised together, each to a version; ``fixes`` are the security issues that are gone then.

    Where it is the ``rest``, it has no versions: all goes up that no manifest names and a lock pins.
    """

    moves: Mapping[str, str] = {}
    fixes: tuple[str, ...] = ()
    rest: bool = False
    why: str = ""

    @property
    def title(self) -> str:
        """The packages by name."""
        return "what comes with other packages" if self.rest else ", ".join(sorted(self.moves))


def raise_group(footing: Footing, group: Group) -> Bump:
    """Return the set with a group raised; raises ConflictError where none holds together without a step back."""
    declared = {one.name for one in needed_requirements(footing.project)}
    rest = {name for name in footing.before if name not in declared and name not in footing.held}
    resolution = resolve_with(footing, group.moves, free=rest if group.rest else frozenset())
    _refuse_step_back(footing, resolution, declared)
    _refuse_young(footing, resolution, group)
    moved = {name: version for name, version in resolution.pins.items() if footing.before.get(name) != version}
    return Bump(
        resolution=resolution,
        edits=edits_for(footing.project, moved),
        moves=_moves(footing, resolution, group),
        notes=resolution.notes,
    )


def resolve_with(footing: Footing, moves: Mapping[str, str], *, free: set[str] | frozenset[str]) -> Resolution:
    """Return the set with packages at the versions of ``moves``, the ``free`` as new as can be, the others kept."""
    wanted = Wanted(
        requirements=(*_lines(footing, moves, free), *footing.extra, f"django=={footing.django}"),
        until=footing.today,
        constraints=_constraints(footing, moves),
        preferred=_kept(footing, {*moves, *free}),
        exempt=("django", *moves, *_kept_though_young(footing, {*moves, *free})),
        as_of=footing.settled,
        sources=footing.sources,
        options=resolver_options(footing.project.manifests),
        strict=True,
    )
    return resolve(wanted, footing.interpreter, root=footing.project.root)


def _lines(footing: Footing, moves: Mapping[str, str], free: set[str] | frozenset[str]) -> list[str]:
    """What is declared, with its caps lifted: a cap is a guess of the past, and the tests decide."""
    needed = [one for one in needed_requirements(footing.project) if one.name != "django"]
    declared = {one.name for one in needed}
    lines = [_line(footing, one, moves, free) for one in needed]
    held = {name: footing.before[name] for name in footing.held if name in footing.before and name not in moves}
    return [*lines, *(f"{name}=={pin}" for name, pin in {**moves, **held}.items() if name not in declared)]


def _line(footing: Footing, one: Requirement, moves: Mapping[str, str], free: set[str] | frozenset[str]) -> str:
    if one.url or one.editable:
        return as_line(one)
    if one.name in moves:
        return as_line(one, f"=={moves[one.name]}")
    now = footing.before.get(one.name)
    if one.name in footing.held and now:
        return as_line(one, f"=={now}")
    return as_line(one, f">={now}" if now and (one.pinned or one.name in free) else without_cap(one.specifier))


def _constraints(footing: Footing, moves: Mapping[str, str]) -> tuple[str, ...]:
    """What files of constraints say of the packages that stay, without caps."""
    others = [one for one in constraint_requirements(footing.project) if one.name not in {"django", *moves}]
    return tuple(as_line(one, f">={one.pinned}" if one.pinned else without_cap(one.specifier)) for one in others)


def _kept(footing: Footing, moved: set[str]) -> dict[str, str]:
    return {name: version for name, version in footing.before.items() if name not in {"django", *moved}}


def _kept_though_young(footing: Footing, moved: set[str]) -> tuple[str, ...]:
    """The packages the project has at a version of the last days already."""
    kept = _kept(footing, moved)
    pages = footing.index.pages(kept)
    days = {name: pages[name].uploaded(version) for name, version in kept.items()}
    return tuple(sorted(name for name, day in days.items() if day is not None and day > footing.settled))


def _refuse_step_back(footing: Footing, resolution: Resolution, declared: set[str]) -> None:
    for name in sorted(declared & set(resolution.pins) & set(footing.before)):
        if Version(resolution.pins[name]) < Version(footing.before[name]):
            raise ConflictError(f"{name} would have to go back to {resolution.pins[name]}.", detail="")


def _refuse_young(footing: Footing, resolution: Resolution, group: Group) -> None:
    """A package that comes along may be no younger than one that is raised by name."""
    new = {
        name: version
        for name, version in resolution.pins.items()
        if name not in {"django", *group.moves} and footing.before.get(name) != version
    }
    pages = footing.index.pages(new)
    for name, version in sorted(new.items()):
        day = pages[name].uploaded(version)
        if day is not None and day > footing.settled:
            raise ConflictError(f"{name} {version}, which would come along, is of {day}.", detail="")


def _moves(footing: Footing, resolution: Resolution, group: Group) -> tuple[PackageMove, ...]:
    moves = []
    for name in sorted({*footing.before, *resolution.pins}):
        start, end = footing.before.get(name), resolution.pins.get(name)
        if start != end:
            moves.append(PackageMove(name=name, start=start, end=end, why=_why(name, start, end, group)))
    return tuple(moves)


def _why(name: str, start: str | None, end: str | None, group: Group) -> str:
    if start is None or end is None:
        return "newly required by what moved" if start is None else "no longer required"
    fixed = f"; it fixes {', '.join(group.fixes)}" if group.fixes and name in group.moves else ""
    return f"{group.why}{fixed}" if name in group.moves or group.rest else f"it moves with {group.title}"


def lower_rungs(footing: Footing, group: Group) -> tuple[Group, ...]:
    """Return what to try where the newest versions of a group fail: nearer ones, the farther first.

    A package alone may stop halfway, else in the nearest series with a newer version; several stay in their series.
    """
    pages = footing.index.pages(group.moves)
    rungs = {name: _rungs(footing, pages[name], name, until) for name, until in group.moves.items()}
    if len(rungs) == 1:
        name, versions = next(iter(rungs.items()))
        below = versions[:-1]
        chosen = [below[len(below) // 2], below[0]] if below else []
        return tuple(_nearer(group, {name: version}) for version in dict.fromkeys(chosen))
    moves = {
        name: versions[0] for name, versions in rungs.items() if _series(versions[0]) == _series(footing.before[name])
    }
    return (_nearer(group, moves),) if moves and moves != dict(group.moves) else ()


def _nearer(group: Group, moves: dict[str, str]) -> Group:
    return msgspec.structs.replace(group, moves=moves, fixes=(), why="the newest of its series")


def _rungs(footing: Footing, page: IndexPage, name: str, until: str) -> list[str]:
    """The newest version of each series from the one in use up to a version, all old enough; that version is last."""
    now = Version(footing.before[name])
    newest: dict[tuple[int, ...], str] = {}
    for version in reversed(page.fitting(python=footing.interpreter.version)):
        day = page.uploaded(version)
        if now < Version(version) <= Version(until) and (day is None or day <= footing.settled):
            newest[_series(version)] = version
    return [*(version for version in newest.values() if version != until), until]


def _series(version: str) -> tuple[int, ...]:
    """The major version; before 1.0 the second number counts as one."""
    parsed = Version(version)
    return (parsed.epoch, parsed.major) if parsed.major else (parsed.epoch, 0, parsed.minor)
