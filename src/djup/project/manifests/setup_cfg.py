"""setup.cfg: what setuptools' static form requires, its extras, and tox's sections there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from djup.project.manifests.ini_lines import Line, lines
from djup.project.manifests.spots import Spot, Spotted, inline_spot
from djup.project.manifests.tox_deps import spot_of_tox

NAME = "setup.cfg"

GROUPS = {
    ("options", "install_requires"): "",
    ("options", "tests_require"): "test",
    ("options", "setup_requires"): "build",
}

EXTRAS = ("options.extras_require", "extras")
"""Where extras stand: setuptools' own section, and that of pbr."""


def is_one(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "setup.cfg"


def spots(text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The requirements of the file, those of a tox environment too."""
    for line in lines(text):
        found = spot_of_tox(text, line, path) if line.section.startswith("testenv") else _declared(text, line, path)
        yield from found


def _declared(text: str, line: Line, path: PurePosixPath) -> Iterator[Spot]:
    group = line.key if line.section in EXTRAS else GROUPS.get((line.section, line.key.replace("-", "_")))
    if group is None:
        return
    # Several may share a line, as older files write them: name>=1;other, without a marker among them.
    for found in re.finditer(r"[^;]+" if _is_plain_list(line.text) else r".+", line.text):
        start = line.start + found.start() + len(found.group()) - len(found.group().lstrip())
        value = found.group().strip()
        spot = inline_spot(text, (start, start + len(value)), value, path, group=group, layout="line")
        if spot is not None:
            yield spot


def _is_plain_list(value: str) -> bool:
    """Whether semicolons separate requirements here, rather than a requirement from its marker."""
    parts = [part.strip() for part in value.split(";")]
    return len(parts) > 1 and not any(
        re.search(r"python_|platform|implementation|extra|os_name", part) for part in parts
    )


FORMAT = Spotted(NAME=NAME, is_one=is_one, spots=spots)


def values(text: str) -> Iterator[tuple[str, str, str, int, int]]:
    """Each value line of an ini file: section, key, text without comment, line and column (from 1)."""
    for line in lines(text):
        yield line.section, line.key, line.text, line.number, line.column
