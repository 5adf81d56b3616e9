"""Names one slip away from a well-known package's, under which others publish what nobody meant to install."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable
from importlib import resources

from packaging.utils import canonicalize_name

from djup.errors import UsageError
from djup.model import Project, Requirement
from djup.packages.declared import locked_versions, needed_requirements
from djup.packages.floors import known_packages

SHORTEST = 5
"""Letters a name must have: of shorter ones too many honest ones lie side by side."""

NAME = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")


@functools.cache
def well_known() -> frozenset[str]:
    """The names nobody has to wonder about: those of data/well_known.txt and of data/packages."""
    lines = (resources.files("djup") / "data" / "well_known.txt").read_text(encoding="utf-8").splitlines()
    listed = (canonicalize_name(line) for line in lines if not line.startswith("#"))
    return frozenset({*listed, *known_packages()})


def meant_by(name: str) -> str:
    """The well-known package that a name is one slip away from; ``""`` for what is known itself or like none."""
    normal = canonicalize_name(name)
    if len(normal) < SHORTEST or normal in well_known():
        return ""
    return next((other for other in slips(normal) if other in well_known() and len(other) >= SHORTEST), "")


def slips(name: str) -> Iterable[str]:
    """Every name that one slip makes of a name: a letter left out, added, changed, or swapped with the next.

    Digits do not count: honest successors are named so.
    """
    letters = "abcdefghijklmnopqrstuvwxyz-"
    for at in range(len(name) + 1):
        before, after = name[:at], name[at:]
        if after and not after[0].isdigit():
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if after[1:]:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in letters)


def suspicious(project: Project, allowed: Collection[str] = ()) -> dict[str, tuple[Requirement, str]]:
    """The requirements of a project that look like slips, with what was meant; a pin or a lock shows that one is not.

    ``allowed`` are names the user vouches for.
    """
    settled = {*locked_versions(project), *map(canonicalize_name, allowed)}
    found = {}
    for one in needed_requirements(project):
        fixed = one.pinned or one.url or one.hashes or one.name in settled
        meant = "" if fixed else meant_by(one.name)
        if meant:
            found[one.name] = (one, meant)
    return found


def refuse_look_alikes(project: Project, extra: Iterable[str], allowed: Collection[str]) -> None:
    """Raise UsageError for a requirement, or a line the user gave, that looks like a slip of a well-known name."""
    for one, meant in suspicious(project, allowed).values():
        raise _refusal(one.name, meant, one)
    for line in extra:
        match = NAME.match(line)
        name = canonicalize_name(match.group(1)) if match else ""
        meant = "" if "==" in line or "@" in line or name in allowed else meant_by(name)
        if meant:
            raise _refusal(name, meant, None)


def _refusal(name: str, meant: str, one: Requirement | None) -> UsageError:
    return UsageError(
        f"'{name}' is one letter away from the well-known '{meant}', and is not installed unseen.",
        hint=f"Did you mean '{meant}'? If not, pin it (==), or list it in allowed_packages.",
        path=str(one.place.path) if one else None,
        line=one.place.line if one else 0,
    )
