"""What must move for a hop: Django itself, then other packages only as far as the hop needs, each with its reason."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

from packaging.version import Version

from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources
from djup.model import Hop, ManifestFile, PackageMove, Project, Record, Requirement, release_text
from djup.packages.declared import (
    RUNNERS,
    as_line,
    constraint_requirements,
    locked_versions,
    needed_requirements,
    resolver_options,
)
from djup.packages.floors import floor_between
from djup.packages.resolve import ConflictError, Resolution, Wanted, resolve
from djup.project.manifests import FORMATS
from djup.project.manifests.tox_deps import MATRIX


class Edit(Record):
    """A requirement whose version part is to be written anew."""

    requirement: Requirement
    specifier: str


class Bump(Record):
    """The set of a hop: the resolution, what to write into the manifests, and every move with its reason."""

    resolution: Resolution
    edits: tuple[Edit, ...]
    moves: tuple[PackageMove, ...]
    notes: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Ask:
    """What a hop asks of the packages.

    ``before`` are the versions of the stop the hop starts from; ``raised`` maps packages whose version proved too old
    to the reason; ``held`` are versions to keep whatever is known of them; ``extra`` are requirement lines the user
    gave; ``as_of`` is the day unpinned packages are taken from; ``sources`` is where packages come from.
    """

    project: Project
    hop: Hop
    interpreter: Interpreter
    before: Mapping[str, str]
    raised: Mapping[str, str]
    above: Mapping[str, str]
    as_of: dt.date
    today: dt.date
    extra: tuple[str, ...] = ()
    sources: Sources | None = None
    added: tuple[str, ...] = ()
    held: Mapping[str, str] = dataclasses.field(default_factory=dict)


def choose(ask: Ask) -> Bump:
    """Return the set for a hop that moves as little as it can; raises ConflictError when none holds together."""
    failure: ConflictError | None = None
    for attempt in _attempts(ask):
        try:
            resolution = resolve(_wanted(ask, attempt), ask.interpreter, root=ask.project.root)
        except ConflictError as error:
            failure = failure or error
            continue
        return _bump(ask, resolution, lifted=attempt.lift)
    assert failure is not None  # noqa: S101  # the loop ran at least once
    raise failure


class Attempt(Record):
    """One way to ask: as of a day, with or without third-party caps, from wheels only, keeping what was there."""

    as_of: dt.date
    lift: bool = False
    only_wheels: bool = False
    keep: bool = True


def _attempts(ask: Ask) -> list[Attempt]:
    """The ways to ask, the one that moves least first.

    On a newer Python what has a wheel for it stays; what has none moves, rather than being built from an old source.
    """
    plain = [Attempt(as_of=day, lift=lift) for lift in (False, True) for day in (ask.as_of, ask.today)]
    if ask.hop.start.python == ask.hop.end.python:
        return plain
    wheels = [Attempt(as_of=day, only_wheels=True) for day in (ask.as_of, ask.today)]
    return [*wheels, *(Attempt(as_of=one.as_of, lift=one.lift, keep=False) for one in plain)]


def resolve_as_it_is(
    project: Project,
    interpreter: Interpreter,
    *,
    django: str,
    as_of: dt.date,
    today: dt.date,
    extra: tuple[str, ...] = (),
    sources: Sources | None = None,
) -> Resolution:
    """Return the set the project runs on before anything is changed: its pins, its locks, the rest as of a day."""
    needed = needed_requirements(project)
    pinned = {requirement.name for requirement in needed if requirement.pinned}
    locked = {name: version for name, version in locked_versions(project).items() if name not in {*pinned, "django"}}
    wanted = Wanted(
        requirements=(*(as_line(requirement) for requirement in needed), *extra, f"django=={django}"),
        until=today,
        constraints=_constraints(project),
        preferred=locked,
        exempt=("django", *(requirement.name for requirement in needed if requirement.pinned), *locked),
        as_of=as_of,
        sources=sources,
        options=resolver_options(project.manifests),
    )
    return resolve(wanted, interpreter, root=project.root)


def _constraints(project: Project) -> tuple[str, ...]:
    return tuple(
        as_line(requirement) for requirement in constraint_requirements(project) if requirement.name != "django"
    )


def _wanted(ask: Ask, attempt: Attempt) -> Wanted:
    needed = [one for one in needed_requirements(ask.project) if one.name != "django"]
    declared = {requirement.name for requirement in needed}
    lines = [_line(ask, requirement, lift=attempt.lift) for requirement in needed]
    others = [name for name in ask.before if name not in declared and name != "django"]
    lines += [f"{name}=={ask.held[name]}" for name in others if name in ask.held]
    lines += [f"{name}>{ask.above[name]}" for name in others if name in ask.above and name not in ask.held]
    lines += [f"{name}>={floor}" for name in others if (floor := _floor_needed(ask, name, ask.before[name]))]
    preferred = _preferred(ask, needed, keep=attempt.keep)
    return Wanted(
        requirements=(*lines, *ask.extra, *ask.added, f"django=={ask.hop.end.django}"),
        until=ask.today,
        constraints=_constraints(ask.project) if not attempt.lift else (),
        preferred=preferred,
        exempt=("django", *preferred) if not attempt.lift else ("django",),
        as_of=attempt.as_of,
        only_wheels=attempt.only_wheels,
        built=tuple(ask.held),
        sources=ask.sources,
        options=resolver_options(ask.project.manifests),
    )


def _is_refused(ask: Ask, name: str, version: str) -> bool:
    """Whether a version proved too old already."""
    return name not in ask.held and name in ask.above and Version(version) <= Version(ask.above[name])


def _floor_needed(ask: Ask, name: str, version: str) -> str | None:
    """The floor of a package at the end of the hop, if a version is below it."""
    if name in ask.held:
        return None
    floor = floor_between(name, ask.hop.start, ask.hop.end)
    return floor if floor and Version(version) < Version(floor) else None


def _preferred(ask: Ask, needed: Iterable[Requirement], *, keep: bool) -> dict[str, str]:
    """The versions to keep unless something forbids them: those of the stop before, or only what the project pins."""
    pins = {requirement.name: str(requirement.pinned) for requirement in needed if requirement.pinned}
    kept = {**(ask.before if keep else {}), **pins}
    return {
        name: version
        for name, version in kept.items()
        if name != "django" and not _is_refused(ask, name, version) and not _floor_needed(ask, name, version)
    }


def _line(ask: Ask, requirement: Requirement, *, lift: bool) -> str:
    """A declared requirement for the resolver: a pin may be raised, a package that proved too old must be."""
    current = ask.before.get(requirement.name)
    if requirement.url or requirement.editable:
        return as_line(requirement)
    if requirement.name in ask.held:
        return as_line(requirement, f"=={ask.held[requirement.name]}")
    floor = floor_between(requirement.name, ask.hop.start, ask.hop.end)
    if requirement.name in ask.above:
        return as_line(requirement, f">{ask.above[requirement.name]}")
    if requirement.pinned is not None:
        lowest = max([str(requirement.pinned), *([floor] if floor else [])], key=Version)
        return as_line(requirement, f">={lowest}")
    specifier = without_cap(requirement.specifier) if lift else requirement.specifier
    if floor and current and Version(current) < Version(floor):
        specifier = ",".join([*(part for part in (specifier,) if part), f">={floor}"])
    return as_line(requirement, specifier)


def without_cap(specifier: str) -> str:
    """Return a range without its upper bounds and pins on a series."""
    kept = [part for part in specifier.split(",") if part.strip().startswith((">", "!="))]
    lower = [part.strip().replace("~=", ">=") for part in specifier.split(",") if part.strip().startswith("~=")]
    return ",".join([*kept, *lower])


def _bump(ask: Ask, resolution: Resolution, *, lifted: bool) -> Bump:
    return Bump(
        resolution=resolution,
        edits=edits_for(ask.project, resolution.pins),
        moves=_moves(ask, resolution, lifted=lifted),
        notes=resolution.notes,
    )


def edits_for(project: Project, pins: Mapping[str, str]) -> tuple[Edit, ...]:
    """What the manifests must say to lead to the versions given; packages that are not named stay as they are."""
    edits: list[Edit] = []
    for file in project.manifests:
        for requirement in file.requirements:
            version = pins.get(requirement.name)
            old = requirement.written or requirement.specifier
            if version is None or requirement.url or not old or _is_one_of_many(file, requirement):
                continue
            specifier = FORMATS[file.format].restyle(requirement, version)
            if specifier != old:
                edits.append(Edit(requirement=requirement, specifier=specifier))
    return tuple(edits)


def _is_one_of_many(file: ManifestFile, requirement: Requirement) -> bool:
    """Whether a tool that runs tests names the package for several environments: a matrix, and no pin to move."""
    if file.format not in RUNNERS:
        return False
    return [one.name for one in file.requirements].count(requirement.name) > 1 or requirement.group.startswith(MATRIX)


def _moves(ask: Ask, resolution: Resolution, *, lifted: bool) -> tuple[PackageMove, ...]:
    moves = []
    for name in sorted({*ask.before, *resolution.pins}):
        start, end = ask.before.get(name), resolution.pins.get(name)
        if start != end:
            moves.append(PackageMove(name=name, start=start, end=end, why=_why(ask, name, start, end, lifted=lifted)))
    return tuple(moves)


def _why(ask: Ask, name: str, start: str | None, end: str | None, *, lifted: bool) -> str:
    if name == "django":
        return ask.hop.why
    if name in ask.raised:
        return ask.raised[name]
    if start is None or end is None:
        return "newly required by what moved" if start is None else "no longer required"
    return _why_moved(ask, name, start, end, lifted=lifted)


def _why_moved(ask: Ask, name: str, start: str, end: str, *, lifted: bool) -> str:
    release, python = release_text(ask.hop.end.release), release_text(ask.hop.end.python)
    floor = floor_between(name, ask.hop.start, ask.hop.end)
    if floor and Version(start) < Version(floor) <= Version(end):
        return f"{floor} is the first version known to support Django {release} on Python {python}"
    declared = next((r for r in needed_requirements(ask.project) if r.name == name), None)
    if declared is None:
        return "it comes with another package, and no file pins it"
    if declared.pinned is None:
        return f"not pinned: the newest that fits Django {release} as of {ask.as_of}"
    return f"{start} cannot be installed with Django {release} on Python {python}" + (
        " within its caps" if lifted else ""
    )
