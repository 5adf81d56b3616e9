"""Poetry's tables of dependencies, in which the name is the key and the constraint the value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from djup.errors import UsageError
from djup.model import Requirement
from djup.project.manifests.inline import place_at
from djup.project.manifests.places import Keys, Leaf
from djup.project.manifests.poetry_syntax import to_pep440
from djup.project.manifests.spots import Spot

ADDRESSES = ("git", "path", "url", "file", "hg", "svn", "bzr")
MARKER_KEYS = (
    "os_name",
    "sys_platform",
    "platform_machine",
    "platform_python_implementation",
    "platform_system",
    "python_version",
    "python_full_version",
    "implementation_name",
)
"""Variables of markers that a Pipfile takes as keys of their own: ``sys_platform = "== 'win32'"``."""

DEV = ("tool", "poetry", "dev-dependencies")
MAIN = ("tool", "poetry", "dependencies")


def poetry_spots(text: str, leaves: Sequence[Leaf], path: PurePosixPath) -> Iterator[Spot]:
    """The entries of ``[tool.poetry.dependencies]`` and its groups; ``python`` itself is no package."""
    for (table, name, index), entry in _entries(leaves).items():
        if canonicalize_name(name) == "python":
            continue
        yield entry_spot(text, entry, path, table_group(table), size=len(table), alone=index is None)


def entry_spot(
    text: str, entry: Sequence[Leaf], path: PurePosixPath, group: str, *, size: int, alone: bool = True
) -> Spot:
    """The spot of a key with its value: a constraint, or a table with ``version``, ``extras``, ``markers`` and more.

    ``size`` keys lead to the table it stands in; ``alone`` tells that the key stands for one requirement only, and not
    for a list of alternatives.
    """
    by_key = {leaf.keys[-1]: leaf for leaf in entry if len(leaf.keys) > size + 1}
    version = by_key.get("version") or next((leaf for leaf in entry if _is_bare(leaf, size)), None)
    first = entry[0]
    name = str(first.keys[size])
    name_span = _name_span(text, first, name)
    address = next((by_key[key].value for key in ADDRESSES if key in by_key), "")
    return Spot(
        requirement=Requirement(
            name=canonicalize_name(name),
            specifier=_meaning(version, text, path),
            written=version.value if version else "",
            place=place_at(text, name_span[0] if alone else first.start, path),
            line_text=text[first.entry_start : entry[-1].entry_end],
            extras=tuple(sorted(leaf.value for leaf in entry if "extras" in leaf.keys[-2:-1])),
            marker=_marker(by_key),
            url=address,
            group=group,
        ),
        name=name_span,
        version=(version.start, version.end) if version else None,
        whole=(first.entry_start, first.entry_end),
        layout="entry" if name_span[0] >= text.rfind("\n", 0, first.entry_start) else "table",
    )


def table_group(table: Keys) -> str:
    """The group of a table: ``""`` for the main one, ``dev`` for the old form, else its own name."""
    if table == MAIN:
        return ""
    return "dev" if table == DEV else str(table[3])


def _entries(leaves: Sequence[Leaf]) -> dict[tuple[Keys, str, int | None], list[Leaf]]:
    """The strings of each dependency: by table, name, and position among alternatives."""
    found: dict[tuple[Keys, str, int | None], list[Leaf]] = {}
    for leaf in leaves:
        size = _table_size(leaf.keys)
        if size is None or len(leaf.keys) <= size:
            continue
        name, rest = str(leaf.keys[size]), leaf.keys[size + 1 :]
        index = rest[0] if rest and isinstance(rest[0], int) else None
        found.setdefault((leaf.keys[:size], name, index), []).append(leaf)
    return found


def _table_size(keys: Keys) -> int | None:
    """How many keys lead to the table of dependencies a string stands in; None where it stands in none."""
    if keys[:3] in (MAIN, DEV):
        return 3
    in_group = keys[:3] == ("tool", "poetry", "group") and keys[4:5] == ("dependencies",)
    return 5 if in_group else None


def _is_bare(leaf: Leaf, size: int) -> bool:
    """Whether a string is the constraint itself: ``name = "^1"``, or one of a list of such."""
    rest = leaf.keys[size + 1 :]
    return not rest or (len(rest) == 1 and isinstance(rest[0], int))


def _name_span(text: str, first: Leaf, name: str) -> tuple[int, int]:
    """Where the name of a dependency is written; one with a table of its own has it in the table's header."""
    line = text.rfind("\n", 0, first.entry_start) + 1
    found = re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text[line : first.entry_start + len(name) + 2])
    start = line + found.start() if found else text.rfind(name, 0, first.entry_start)
    return start, start + len(name)


def _meaning(version: Leaf | None, text: str, path: PurePosixPath) -> str:
    if version is None:
        return ""
    try:
        return to_pep440(version.value)
    except ValueError as error:
        line = place_at(text, version.start, path).line
        raise UsageError(f"{error}.", hint="Mend that line.", path=str(path), line=line) from error


def _marker(by_key: dict[str | int, Leaf]) -> str:
    """The marker of a dependency: its own, its Python range and its platform, all of which must hold."""
    parts = [by_key["markers"].value] if "markers" in by_key else []
    if "python" in by_key:
        clauses = to_pep440(by_key["python"].value).split(",")
        parts += [_python_marker(clause) for clause in clauses if clause]
    if "platform" in by_key:
        parts.append(f'sys_platform == "{by_key["platform"].value}"')
    parts += [f"{key} {by_key[key].value}" for key in MARKER_KEYS if key in by_key]
    return " and ".join(f"({part})" if " or " in part else part for part in parts)


def _python_marker(clause: str) -> str:
    operator = clause.rstrip("0123456789.*")
    version = clause[len(operator) :]
    variable = "python_full_version" if version.count(".") > 1 and not version.endswith("*") else "python_version"
    return f'{variable} {operator} "{version}"'
