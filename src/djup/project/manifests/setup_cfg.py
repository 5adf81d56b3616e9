"""setup.cfg: install_requires, tests_require and extras_require of setuptools' static form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from djup.model import ManifestFile, Place, Requirement
from djup.project.manifests.inline import inline_requirement, rename, set_specifier

__all__ = ["NAME", "matches", "read", "rename", "set_specifier", "values"]

NAME = "setup.cfg"

SECTION = re.compile(r"^\[([^\]]+)\]")
KEY = re.compile(r"^([\w.-]+)\s*[=:]\s*(.*)$")
GROUPS = {
    ("options", "install_requires"): "",
    ("options", "tests_require"): "test",
    ("options", "setup_requires"): "build",
}


EXTRAS = ("options.extras_require", "extras")
"""Where extras stand: setuptools' own section, and that of pbr."""


def matches(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "setup.cfg"


def read(text: str, path: PurePosixPath) -> ManifestFile:
    """Return the requirements of a file."""
    requirements: list[Requirement] = []
    for section, key, value, line, column in values(text):
        group = key if section in EXTRAS else GROUPS.get((section, key))
        if group is None:
            continue
        requirement = inline_requirement(value, Place(path=path, line=line, column=column), group)
        if requirement is not None:
            requirements.append(requirement)
    return ManifestFile(path=path, format=NAME, role="main", requirements=tuple(requirements))


def values(text: str) -> Iterator[tuple[str, str, str, int, int]]:
    """Each value line of an ini file: section, key, text without comment, line and column (from 1)."""
    section = key = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        header, assignment = SECTION.match(line), KEY.match(line)
        if header:
            section, key = header.group(1).strip(), ""
        elif line[0].isspace():
            yield section, key, *_value(line, len(line) - len(line.lstrip()), number)
        elif assignment:
            key = assignment.group(1)
            if assignment.group(2).strip():
                yield section, key, *_value(line, assignment.start(2), number)


def _value(line: str, start: int, number: int) -> tuple[str, int, int]:
    return re.sub(r"\s+#.*$", "", line[start:]).rstrip(), number, start + 1
