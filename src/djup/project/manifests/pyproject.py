"""pyproject.toml: PEP 621 dependencies, optional dependencies, and PEP 735 dependency groups."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from djup.errors import UsageError
from djup.model import ManifestFile, Requirement
from djup.project.manifests.inline import inline_requirement, place_at, rename, set_specifier

__all__ = ["NAME", "matches", "read", "rename", "set_specifier"]

NAME = "pyproject"

STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'')
TABLE = re.compile(r"^\s*\[(?P<name>[^\[\]]+)\]\s*(?:#.*)?$", re.MULTILINE)


def matches(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "pyproject.toml"


def read(text: str, path: PurePosixPath) -> ManifestFile:
    """Return the requirements of a file; raises UsageError for what is no TOML or no list of requirements."""
    table = load(text, path)
    requirements: list[Requirement] = []
    used: set[int] = set()
    for group, key, values in _lists(table):
        for value in values:
            requirement = _find(text, path, value, group=group, key=key, used=used)
            if requirement is not None:
                requirements.append(requirement)
    return ManifestFile(path=path, format=NAME, role="main", requirements=tuple(requirements))


def load(text: str, path: PurePosixPath) -> dict[str, Any]:
    """Parse the file; raises UsageError naming it and the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise UsageError(
            f"this is not TOML: {error}.",
            path=str(path),
            line=int(line.group(1)) if line else 0,
            hint="Mend that line.",
        ) from error


def _lists(table: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str], list[str]]]:
    """Each list of requirements: its group, the table and key it stands at, and its strings."""
    project = table.get("project", {})
    yield "", ("project", "dependencies"), _strings(project.get("dependencies"))
    for name, values in project.get("optional-dependencies", {}).items():
        yield name, ("project.optional-dependencies", name), _strings(values)
    for name, values in table.get("dependency-groups", {}).items():
        yield name, ("dependency-groups", name), _strings(values)


def _strings(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _find(
    text: str, path: PurePosixPath, value: str, *, group: str, key: tuple[str, str], used: set[int]
) -> Requirement | None:
    """The requirement at the string literal that holds it, searched from the key of its list on."""
    for literal in STRING.finditer(text, _key_offset(text, *key)):
        offset = literal.start() + 1
        if offset in used or _value(literal.group()) != value:
            continue
        used.add(offset)
        written = literal.group()[1:-1]
        requirement = inline_requirement(written, place_at(text, offset, path), group)
        # A marker with escaped quotes parses only as the value; its name and version part read the same either way.
        return requirement or inline_requirement(written.replace('\\"', "'"), place_at(text, offset, path), group)
    return None


def _value(literal: str) -> str:
    return literal[1:-1] if literal.startswith("'") else str(ast.literal_eval(literal))


def _key_offset(text: str, table: str, key: str) -> int:
    """Where a key of a table begins; the table's own start when the key is written in another way."""
    for header in TABLE.finditer(text):
        if header.group("name").replace(" ", "").replace('"', "") == table:
            found = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", re.MULTILINE).search(text, header.end())
            return found.start() if found else header.end()
    return 0
