"""Why requirements cannot hold together: the smallest set that cannot, in words, with the ways out, best first."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version

from djup.environments.interpreters import Interpreter
from djup.errors import EnvironmentFailedError
from djup.model import Record, Requirement, release_text
from djup.packages.declared import as_line
from djup.packages.index import Index, IndexPage, IndexUnreachableError, admits_python
from djup.packages.resolve import ConflictError, Resolution, Wanted, resolve
from djup.packages.ways import Way, blocked_ways, unknown_ways

Kind = Literal["index", "unknown", "hash", "withdrawn", "pre-release", "python", "version", "own-cap", "package-cap"]


class Conflict(Record):
    """Requirements that cannot hold together.

    ``packages`` are those that take part, ``requirements`` their lines, ``why`` a sentence, ``ways`` the ways out with
    the best first; ``detail`` is the resolver's own explanation where there is one.
    """

    kind: Kind
    packages: tuple[str, ...]
    requirements: tuple[str, ...]
    why: str
    ways: tuple[Way, ...]
    detail: str = ""


@dataclasses.dataclass(frozen=True)
class Question:
    """What is asked: whether requirements hold together with a version of Django on a Python.

    ``earlier`` are versions of Django that could be kept instead, the newest first; ``others`` the other interpreters
    here.
    """

    requirements: tuple[Requirement, ...]
    django: str
    interpreter: Interpreter
    index: Index
    root: Path
    today: dt.date
    options: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    others: tuple[Interpreter, ...] = ()


def find_conflicts(question: Question) -> tuple[Conflict, ...]:
    """Every package that cannot be had at all, else the smallest set that cannot hold together; empty where all can.

    A pin may be raised, as a hop does; the caps of a project's own manifests hold.
    """
    try:
        pages = question.index.pages(one.name for one in question.requirements if one.name and not one.url)
    except IndexUnreachableError as error:
        return (_unreachable(error),)
    single = [_of_one(question, one, pages[one.name]) for one in question.requirements if one.name in pages]
    found = [conflict for conflict in single if conflict is not None]
    out = {name for conflict in found for name in conflict.packages}
    rest = tuple(one for one in question.requirements if one.name not in out)
    try:
        core = _smallest(question, rest)
        together = _of_core(question, core, pages) if core is not None else None
    except ConflictError:
        raise
    except EnvironmentFailedError as error:
        return (*found, Conflict(kind="index", packages=(), requirements=(), why=error.problem, ways=()))
    return tuple(found) + ((together,) if together else ())


def _unreachable(error: IndexUnreachableError) -> Conflict:
    ways = (
        Way(what=f"bring {error.index} back, or check its address and credentials", changes="nothing of the project"),
        Way(what="work from what is on this machine: --offline, or a folder of wheels with --find-links", changes=""),
    )
    return Conflict(kind="index", packages=(), requirements=(), why=error.problem, ways=ways)


def _of_one(question: Question, requirement: Requirement, page: IndexPage) -> Conflict | None:
    """What is wrong with a requirement by itself, whatever the others are."""
    if not page.files:
        why = f"no index that is asked has {requirement.name}"
        return _conflict("unknown", (requirement,), why, unknown_ways(requirement))
    wrong = _wrong_hashes(requirement, page)
    if wrong:
        why = (
            f"no file of {requirement.name} {requirement.pinned} on the index has a hash that {requirement.place} names"
        )
        way = Way(
            what=f"write the hashes of {requirement.name} {requirement.pinned} anew", changes=str(requirement.place)
        )
        safe = Way(what="first find out who changed them: a file of a version never changes", changes="")
        return _conflict("hash", (requirement,), why, (way, safe))
    allowed = [version for version in _all_versions(page) if _allows(requirement, version)]
    if not allowed:
        why = f"no version of {requirement.name} fits {requirement.specifier}; the newest is {page.newest(pre=True)}"
        way = Way(what=f"ask for {requirement.name} {page.newest()}", changes=str(requirement.place))
        return _conflict("version", (requirement,), why, (way,))
    return _unusable(question, requirement, page, allowed)


def _unusable(question: Question, requirement: Requirement, page: IndexPage, allowed: Sequence[str]) -> Conflict | None:
    """The conflict where versions fit, but each was withdrawn, is a pre-release, or asks for another Python."""
    offered = set(page.versions())
    kept = [version for version in allowed if version in offered]
    name = requirement.name
    if not kept:
        if requirement.pinned:
            return None  # a pin may name what was withdrawn
        instead = page.newest(python=question.interpreter.version)
        ways = (
            Way(what=f"take {name} {instead}, which was not withdrawn", changes=str(requirement.place)),
            Way(what=f"pin {name}=={allowed[-1]} although it was withdrawn", changes=str(requirement.place)),
        )
        return _conflict("withdrawn", (requirement,), f"every version of {name} that fits was withdrawn", ways)
    final = [version for version in kept if not Version(version).is_prerelease]
    if not final and not _names_pre_release(requirement):
        ways = (
            Way(what=f"allow the pre-release: {name}>={kept[-1]}", changes=str(requirement.place)),
            Way(what=f"wait for {name} {Version(kept[-1]).base_version}", changes=""),
        )
        why = f"only pre-releases of {name} fit {requirement.specifier}, the newest is {kept[-1]}"
        return _conflict("pre-release", (requirement,), why, ways)
    return _python_too_old(question, requirement, page, final or kept)


def _python_too_old(
    question: Question, requirement: Requirement, page: IndexPage, versions: Sequence[str]
) -> Conflict | None:
    python = question.interpreter.version
    files = [file for file in page.files if file.version in versions and not file.yanked]
    if any(admits_python(file.requires_python, python) for file in files):
        return None
    asks = files[-1].requires_python
    newer = [one for one in question.others if any(admits_python(file.requires_python, one.version) for file in files)]
    first = min((one.release for one in newer), default=None)
    ways = [Way(what=f"run on Python {release_text(first)}", changes="the Python of the project")] if first else []
    older = page.newest(python=python)
    if older:
        ways.append(Way(what=f"take {requirement.name} {older}, which runs on it", changes=str(requirement.place)))
    why = f"{requirement.name} {versions[-1]} needs Python {asks}, and the project runs on {python}"
    return _conflict("python", (requirement,), why, tuple(ways))


def _smallest(question: Question, requirements: tuple[Requirement, ...]) -> tuple[Requirement, ...] | None:
    """The requirements of a smallest set that cannot hold together with Django; None where all can.

    Each is left out in turn: what still fails without it does not need it.
    """
    problem = _problem(question, requirements)
    if problem is None:
        return None
    named = tuple(one for one in requirements if one.name and one.name in problem.detail)
    core = named if len(named) < len(requirements) and _problem(question, named) else requirements
    for one in core:
        fewer = tuple(other for other in core if other is not one)
        if _problem(question, fewer) is not None:
            core = fewer
    return core


def _of_core(question: Question, core: tuple[Requirement, ...], pages: Mapping[str, IndexPage]) -> Conflict:
    """The conflict of a smallest set: the project's own cap where lifting one is enough, else what packages declare."""
    problem = _problem(question, core)
    detail = problem.problem if problem else ""
    for one in core:
        lifted = tuple(_without_cap(other) if other is one else other for other in core)
        freed = _try(question, lifted) if lifted != core else None
        if freed is not None:
            version = freed.pins.get(one.name, "")
            ways = (
                Way(what=f"drop the cap of {one.name} ({one.specifier}) and take {version}", changes=str(one.place)),
                *blocked_ways((one,), {}, _kept(question, core), question.today),
            )
            why = (
                f"{one.place} allows {one.name}{one.specifier} only, and Django {question.django} needs {version} here"
            )
            return _conflict("own-cap", core, why, ways, detail)
    names = " and ".join(one.name for one in core)
    why = f"{names} cannot hold together with Django {question.django}: {detail.rpartition('together: ')[2]}"
    return _conflict("package-cap", core, why, blocked_ways(core, pages, _kept(question, core), question.today), detail)


def _kept(question: Question, core: tuple[Requirement, ...]) -> str:
    """The newest earlier Django with which the set holds together, ``""`` where none does."""
    for version in question.earlier:
        if _try(dataclasses.replace(question, django=version), core) is not None:
            return version
    return ""


def _try(question: Question, requirements: Iterable[Requirement]) -> Resolution | None:
    try:
        return resolve(_wanted(question, requirements), question.interpreter, root=question.root)
    except ConflictError:
        return None


def _problem(question: Question, requirements: Iterable[Requirement]) -> ConflictError | None:
    try:
        resolve(_wanted(question, requirements), question.interpreter, root=question.root)
    except ConflictError as error:
        return error
    return None


def _wanted(question: Question, requirements: Iterable[Requirement]) -> Wanted:
    lines = [as_line(one, f">={one.pinned}" if one.pinned else None) for one in requirements]
    return Wanted(
        requirements=(*lines, f"django=={question.django}"), until=question.today, options=question.options, strict=True
    )


def _without_cap(requirement: Requirement) -> Requirement:
    parts = [part.strip() for part in requirement.specifier.split(",")]
    kept = [part for part in parts if part.startswith((">", "!="))]
    lower = [part.replace("~=", ">=") for part in parts if part.startswith("~=")]
    return Requirement(
        name=requirement.name,
        specifier=",".join([*kept, *lower]),
        place=requirement.place,
        line_text=requirement.line_text,
        extras=requirement.extras,
        marker=requirement.marker,
        url=requirement.url,
        group=requirement.group,
    )


def _wrong_hashes(requirement: Requirement, page: IndexPage) -> bool:
    """Whether none of the hashes a requirement names is that of a file of its version; False where nobody can tell."""
    named = {value.removeprefix("sha256:") for value in requirement.hashes if value.startswith("sha256:")}
    files = [file for file in page.files if file.version == str(requirement.pinned) and file.sha256]
    return bool(named) and bool(files) and not named & {file.sha256 for file in files}


def _all_versions(page: IndexPage) -> list[str]:
    return sorted({file.version for file in page.files}, key=Version)


def _allows(requirement: Requirement, version: str) -> bool:
    """Whether a requirement allows a version, a pin also what is above it."""
    if requirement.pinned:
        return Version(version) >= requirement.pinned
    try:
        return SpecifierSet(requirement.specifier.replace("===", "==")).contains(version, prereleases=True)
    except InvalidSpecifier:
        return True


def _names_pre_release(requirement: Requirement) -> bool:
    try:
        return any(
            Version(clause.version.removesuffix(".*")).is_prerelease for clause in SpecifierSet(requirement.specifier)
        )
    except InvalidSpecifier:
        return False


def _conflict(
    kind: Kind, requirements: tuple[Requirement, ...], why: str, ways: tuple[Way, ...], detail: str = ""
) -> Conflict:
    return Conflict(
        kind=kind,
        packages=tuple(one.name for one in requirements),
        requirements=tuple(f"{one.place}: {one.line_text}" for one in requirements),
        why=why,
        ways=ways,
        detail=detail,
    )
