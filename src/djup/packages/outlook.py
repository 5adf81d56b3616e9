"""Which packages of a project are behind: those that can be raised, by groups that move together, and what stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from packaging.version import Version

from djup.model import PackageKept, Record, Requirement, release_of, release_text
from djup.packages.advisories import advisories_of, fixed_by
from djup.packages.declared import needed_requirements, project_name
from djup.packages.floors import known_packages
from djup.packages.pages import IndexPage
from djup.packages.raising import Footing, Group, resolve_with
from djup.packages.resolve import ConflictError


class Outlook(Record):
    """What can be raised, the least risky group first, and what stays where it is."""

    groups: tuple[Group, ...] = ()
    kept: tuple[PackageKept, ...] = ()


class Behind(Record):
    """A package with a newer version that may be taken, and the security issues that are gone with it."""

    name: str
    newest: str
    fixes: tuple[str, ...] = ()


def outlook(footing: Footing, only: Collection[str] = ()) -> Outlook:
    """Find out what can be raised, of the packages in ``only`` or of all; nothing of the project runs or changes.

    Raises IndexUnreachableError.
    """
    needed = _by_name(one for one in needed_requirements(footing.project) if one.name not in ("", "django"))
    pages = footing.index.pages({*needed, *(one.name for one in _declared(footing))})
    found = [_look(footing, needed[name], pages[name]) for name in sorted(needed) if not only or name in only]
    behind = [one for one in found if isinstance(one, Behind)]
    groups, stuck = _groups(footing, behind)
    kept = [one for one in found if isinstance(one, PackageKept)]
    kept += [*stuck, *(one for one in _not_needed(footing, set(needed), pages) if not only or one.name in only)]
    return Outlook(
        groups=(*_least_risky_first(groups, footing), *(_rest(footing, set(needed)) if not only else ())),
        kept=tuple(sorted(kept, key=lambda one: one.name)),
    )


def _by_name(requirements: Iterable[Requirement]) -> dict[str, tuple[Requirement, ...]]:
    found: dict[str, tuple[Requirement, ...]] = {}
    for one in requirements:
        found[one.name] = (*found.get(one.name, ()), one)
    return found


def _declared(footing: Footing) -> list[Requirement]:
    own = project_name(footing.project)
    every = (one for file in footing.project.manifests for one in file.requirements)
    return [one for one in every if one.name not in ("", "django", own)]


def _look(footing: Footing, declared: Sequence[Requirement], page: IndexPage) -> Behind | PackageKept | None:
    """Whether a package is behind, or why it stays; None for one that is as new as it can be and well kept."""
    name, now = declared[0].name, footing.before.get(declared[0].name)
    if now is None or not page.files:
        return None
    why = _tied(footing, declared)
    if why:
        return _kept(name, now, page, why) if _is_behind(now, page) else None
    newest = _newest(footing, now, page, footing.settled)
    advisories = advisories_of(footing.index, name, now)
    urgent = _newest(footing, now, page, footing.today) if advisories else newest
    fixes = fixed_by(advisories, urgent)
    chosen = urgent if set(fixes) - set(fixed_by(advisories, newest)) else newest
    if chosen != now:
        return Behind(name=name, newest=chosen, fixes=fixed_by(advisories, chosen))
    return _why_newest(footing, name, now, page)


def _tied(footing: Footing, declared: Sequence[Requirement]) -> str:
    """Why a package cannot be raised, whatever the index has."""
    name = declared[0].name
    if any(one.url or one.editable for one in declared):
        return "it is installed from an address of its own"
    if len({one.specifier for one in declared}) > 1:
        return "it is declared more than once, with different versions"
    return footing.held.get(name, "")


def _newest(footing: Footing, now: str, page: IndexPage, until: dt.date) -> str:
    """The newest version of a day that this Python runs; the version in use where none is newer."""
    python = footing.interpreter.version
    for version in page.fitting(python=python, pre=Version(now).is_prerelease):
        day = page.uploaded(version)
        if day is None or day <= until:
            return version if Version(version) > Version(now) else now
    return now


def _is_behind(now: str, page: IndexPage) -> bool:
    newest = page.newest()
    return newest is not None and Version(newest) > Version(now)


def _why_newest(footing: Footing, name: str, now: str, page: IndexPage) -> PackageKept | None:
    """Why a package is not raised although a newer version is there; what is known of one that has none."""
    python = footing.interpreter.version
    young = _newest(footing, now, page, footing.today)
    if young != now:
        days = (footing.today - footing.settled).days
        return _kept(name, now, page, f"{young} is of {page.uploaded(young)}, younger than {days} days")
    if _is_behind(now, page):
        return _kept(name, now, page, f"{page.newest()} does not run on Python {python}")
    known = known_packages().get(name)
    if known and known.replaced_by:
        return _kept(name, now, page, f"nothing newer comes: {known.replaced_by} took its place")
    if known and known.abandoned:
        return _kept(name, now, page, f"nothing newer comes: nobody has cared for it since {known.abandoned}")
    return None


def _kept(name: str, now: str, page: IndexPage, why: str) -> PackageKept:
    return PackageKept(name=name, version=now, newest=page.newest() or "", why=why)


def _not_needed(footing: Footing, needed: set[str], pages: Mapping[str, IndexPage]) -> list[PackageKept]:
    """The pinned packages that no test needs, so that nothing here could tell whether a newer one works."""
    found = {}
    for one in _declared(footing):
        if one.name not in needed and one.pinned and _is_behind(str(one.pinned), pages[one.name]):
            why = "the tests do not need it, so nothing tells whether a newer one works"
            found[one.name] = _kept(one.name, str(one.pinned), pages[one.name], why)
    return list(found.values())


def _groups(footing: Footing, behind: Sequence[Behind]) -> tuple[list[Group], list[PackageKept]]:
    """What moves together: each package is raised alone, and what has to follow it joins its group."""
    target = _together(footing, behind)
    raised = {one.name: one for one in behind if target[one.name] != footing.before[one.name]}
    joined: list[set[str]] = []
    stuck = [_stuck(footing, one) for one in behind if one.name not in raised]
    for name in sorted(raised):
        moved = {name, *_followers(footing, name, target, set(raised))}
        apart = [other for other in joined if not other & moved]
        joined = [*apart, moved.union(*(other for other in joined if other & moved))]
    groups = []
    for names in joined:
        fixes = sorted({fix for name in names for fix in raised[name].fixes})
        groups.append(
            Group(moves={name: target[name] for name in sorted(names)}, fixes=tuple(fixes), why=_newest_for(footing))
        )
    return groups, [one for one in stuck if one is not None]


def _newest_for(footing: Footing) -> str:
    release, python = release_of(Version(footing.django)), footing.interpreter.release
    return f"the newest that fits Django {release_text(release)} on Python {release_text(python)}"


def _together(footing: Footing, behind: Sequence[Behind]) -> dict[str, str]:
    """The version each would have if all went up at once; the newest of each where no set holds."""
    try:
        pins = resolve_with(footing, {}, free={one.name for one in behind}).pins
    except ConflictError:
        return {one.name: one.newest for one in behind}
    found = {}
    for one in behind:
        pin = pins.get(one.name, one.newest)
        urgent = one.fixes and Version(pin) < Version(one.newest)
        found[one.name] = one.newest if urgent else max(pin, footing.before[one.name], key=Version)
    return found


def _followers(footing: Footing, name: str, target: Mapping[str, str], others: set[str]) -> set[str]:
    """The packages that have to move when one does; none where no set holds with it alone."""
    try:
        pins = resolve_with(footing, {name: target[name]}, free=frozenset()).pins
    except ConflictError:
        return set()
    return {other for other in others - {name} if pins.get(other) != footing.before[other]}


def _stuck(footing: Footing, one: Behind) -> PackageKept | None:
    """Why a package stays although a newer version runs on this Python: what the resolver says of it."""
    page = footing.index.page(one.name)
    try:
        resolve_with(footing, {one.name: one.newest}, free=frozenset())
    except ConflictError as error:
        return _kept(one.name, footing.before[one.name], page, error.problem)
    return _kept(one.name, footing.before[one.name], page, "a newer one does not go with the newest of the others")


def _rest(footing: Footing, needed: set[str]) -> tuple[Group, ...]:
    """What a lock pins and no manifest names, last: it goes up as far as what is declared lets it."""
    locked = {one.name for file in footing.project.locked for one in file.requirements}
    others = {name for name in footing.before if name in locked and name not in {*needed, "django"}}
    if not others:
        return ()
    return (Group(rest=True, why=f"{_newest_for(footing)} and what requires it"),)


def _least_risky_first(groups: Sequence[Group], footing: Footing) -> list[Group]:
    """Security fixes before all, then by how far a group moves."""

    def risk(group: Group) -> tuple[bool, int, str]:
        steps = (_jump(footing.before[name], version) for name, version in group.moves.items())
        return not group.fixes, max(steps, default=0), group.title

    return sorted(groups, key=risk)


def _jump(now: str, new: str) -> int:
    """0 for a patch, 1 for a minor version, 2 for a major one."""
    old, later = (*Version(now).release, 0, 0)[:2], (*Version(new).release, 0, 0)[:2]
    return 2 if old[0] != later[0] else int(old != later)
