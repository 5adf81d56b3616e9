"""Why requirements cannot hold together: the smallest set that cannot, in words, with the ways out, best first."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources
from djup.errors import EnvironmentFailedError
from djup.model import Requirement
from djup.packages.declared import as_line
from djup.packages.faults import Conflict, conflict_of, fault_of
from djup.packages.index import Index, IndexUnreachableError
from djup.packages.pages import IndexPage
from djup.packages.resolve import ConflictError, Resolution, Wanted, resolve
from djup.packages.ways import Way, blocked_ways


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
    sources: Sources | None = None
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
    single = [
        fault_of(one, pages[one.name], (question.interpreter, *question.others))
        for one in question.requirements
        if one.name in pages
    ]
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
            return conflict_of("own-cap", core, why, ways, detail)
    names = " and ".join(one.name for one in core)
    why = f"{names} cannot hold together with Django {question.django}: {_cause(detail)}"
    return conflict_of(
        "package-cap", core, why, blocked_ways(core, pages, _kept(question, core), question.today), detail
    )


def _cause(problem: str) -> str:
    """The first cause in the resolver's explanation; the whole of it is the conflict's detail."""
    told = problem.rpartition("together: ")[2]
    return told.partition(", we can conclude")[0].removeprefix("Because ").strip()


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
        requirements=(*lines, f"django=={question.django}"),
        until=question.today,
        sources=question.sources,
        options=question.options,
        strict=True,
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
