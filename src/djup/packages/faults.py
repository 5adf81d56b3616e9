"""What is wrong with a requirement by itself: no index has it, or nothing of it that fits can be used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version

from djup.environments.interpreters import Interpreter
from djup.model import Record, Requirement, release_text
from djup.packages.pages import IndexPage, admits_python
from djup.packages.ways import Way, unknown_ways

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


def fault_of(requirement: Requirement, page: IndexPage, pythons: tuple[Interpreter, ...]) -> Conflict | None:
    """What is wrong with a requirement by itself; the first of ``pythons`` is the project's, others are here too."""
    if not page.files:
        why = f"no index that is asked has {requirement.name}"
        return conflict_of("unknown", (requirement,), why, unknown_ways(requirement))
    wrong = _wrong_hashes(requirement, page)
    if wrong:
        why = (
            f"no file of {requirement.name} {requirement.pinned} on the index has a hash that {requirement.place} names"
        )
        way = Way(
            what=f"write the hashes of {requirement.name} {requirement.pinned} anew", changes=str(requirement.place)
        )
        safe = Way(what="first find out who changed them: a file of a version never changes", changes="")
        return conflict_of("hash", (requirement,), why, (way, safe))
    allowed = [version for version in _all_versions(page) if _allows(requirement, version)]
    if not allowed:
        why = f"no version of {requirement.name} fits {requirement.specifier}; the newest is {page.newest(pre=True)}"
        way = Way(what=f"ask for {requirement.name} {page.newest()}", changes=str(requirement.place))
        return conflict_of("version", (requirement,), why, (way,))
    return _unusable(requirement, page, allowed, pythons)


def _unusable(
    requirement: Requirement, page: IndexPage, allowed: Sequence[str], pythons: tuple[Interpreter, ...]
) -> Conflict | None:
    """The conflict where versions fit, but each was withdrawn, is a pre-release, or asks for another Python."""
    offered = set(page.versions())
    kept = [version for version in allowed if version in offered]
    name = requirement.name
    if not kept:
        if requirement.pinned:
            return None  # a pin may name what was withdrawn
        instead = page.newest(python=pythons[0].version)
        ways = (
            Way(what=f"take {name} {instead}, which was not withdrawn", changes=str(requirement.place)),
            Way(what=f"pin {name}=={allowed[-1]} although it was withdrawn", changes=str(requirement.place)),
        )
        return conflict_of("withdrawn", (requirement,), f"every version of {name} that fits was withdrawn", ways)
    final = [version for version in kept if not Version(version).is_prerelease]
    if not final and not _names_pre_release(requirement):
        ways = (
            Way(what=f"allow the pre-release: {name}>={kept[-1]}", changes=str(requirement.place)),
            Way(what=f"wait for {name} {Version(kept[-1]).base_version}", changes=""),
        )
        why = f"only pre-releases of {name} fit {requirement.specifier}, the newest is {kept[-1]}"
        return conflict_of("pre-release", (requirement,), why, ways)
    return _python_too_old(requirement, page, final or kept, pythons)


def _python_too_old(
    requirement: Requirement, page: IndexPage, versions: Sequence[str], pythons: tuple[Interpreter, ...]
) -> Conflict | None:
    python = pythons[0].version
    files = [file for file in page.files if file.version in versions and not file.yanked]
    if any(admits_python(file.requires_python, python) for file in files):
        return None
    asks = files[-1].requires_python
    newer = [one for one in pythons[1:] if any(admits_python(file.requires_python, one.version) for file in files)]
    first = min((one.release for one in newer), default=None)
    ways = [Way(what=f"run on Python {release_text(first)}", changes="the Python of the project")] if first else []
    older = page.newest(python=python)
    if older:
        ways.append(Way(what=f"take {requirement.name} {older}, which runs on it", changes=str(requirement.place)))
    why = f"{requirement.name} {versions[-1]} needs Python {asks}, and the project runs on {python}"
    return conflict_of("python", (requirement,), why, tuple(ways))


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


def conflict_of(
    kind: Kind, requirements: tuple[Requirement, ...], why: str, ways: tuple[Way, ...], detail: str = ""
) -> Conflict:
    """The conflict of some requirements, named by their packages and places."""
    return Conflict(
        kind=kind,
        packages=tuple(one.name for one in requirements),
        requirements=tuple(f"{one.place}: {one.line_text}" for one in requirements),
        why=why,
        ways=ways,
        detail=detail,
    )
