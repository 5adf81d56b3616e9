"""A new version in the author's own way of writing: pins stay pins, ranges stay ranges."""

from __future__ import annotations

import re

from packaging.specifiers import SpecifierSet
from packaging.version import Version

CLAUSE = re.compile(r"\s*(?P<operator>===|==|~=|!=|<=|>=|<|>)(?P<space>\s*)(?P<version>[^,\s]+)\s*")


def restyle(specifier: str, version: str) -> str:
    """Return the specifier that leads to ``version``, written as the old one was.

    A range that admits the version already stays.
    ``==2.2.5`` gives ``==3.0.14``, ``~=2.2`` ``~=3.0``, ``>=2.2,<2.3`` ``>=3.0,<3.1``, ``<3`` ``<3.1``, ``==2.2.*``
    ``==3.0.*``.
    """
    if not specifier.strip() or (_admits(specifier, version) and not _pins(specifier)):
        return specifier
    clauses = [CLAUSE.fullmatch(part) for part in specifier.split(",")]
    if None in clauses:
        return f"=={version}"
    written = [
        _restyle_clause(part, clause, Version(version))
        for part, clause in zip(specifier.split(","), clauses, strict=True)
        if clause
    ]
    new = ",".join(part for part in written if part)
    return new if _admits(new, version) else f"=={version}"


def _admits(specifier: str, version: str) -> bool:
    return SpecifierSet(specifier.replace("===", "==")).contains(version, prereleases=True)


def _pins(specifier: str) -> bool:
    return bool(re.match(r"\s*={2,3}\s*[^*]+$", specifier))


def _restyle_clause(part: str, clause: re.Match[str], version: Version) -> str:
    """One clause for the new version; an exclusion that no longer matters stays, as its comment may."""
    operator, old = clause.group("operator"), clause.group("version")
    if operator == "!=":
        return part
    parts = old.rstrip(".*").split(".")
    if operator in ("<", "<="):
        new = _above(version, parts) if operator == "<" else str(version)
    elif operator in (
        "==",
        "===",
    ) and not old.endswith("*"):
        new = str(version)
    else:
        new = _shortened(version, len(parts)) + (".*" if old.endswith("*") else "")
    return part.replace(operator + clause.group("space") + old, operator + clause.group("space") + new)


def _shortened(version: Version, parts: int) -> str:
    numbers = [*version.release, 0, 0, 0]
    return ".".join(map(str, numbers[: max(parts, 1)]))


def _above(version: Version, parts: list[str]) -> str:
    """The cap just above a version with as many parts as the old cap had.

    3.0.14 is under 3.1, or under 4 for a cap of one.
    """
    count = min(len(parts), 2)
    numbers = [*version.release, 0, 0][:count]
    numbers[-1] += 1
    return ".".join(map(str, numbers)) + ".0" * (len(parts) - count)
