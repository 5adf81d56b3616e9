"""The ``deps`` of tox: those every environment gets, and those of one environment or factor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from djup.model import Record
from djup.project.manifests.ini_lines import Line, lines
from djup.project.manifests.places import Leaf, toml_leaves
from djup.project.manifests.spots import Spot, Spotted, inline_spot

NAME = "tox"

FACTORS = re.compile(r"^(?P<factors>[!\w.,{}-]+):\s+")
MATRIX = "tox:"
"""What the group of a requirement begins with that holds in some environments only: no pin of the project."""


class Where(Record):
    """Where a tox requirement holds: in an environment, under factors."""

    environment: str
    factors: str = ""

    @property
    def group(self) -> str:
        """``test`` for what every environment gets, else the environment and factors."""
        named = ":".join(part for part in (self.environment, self.factors) if part)
        return MATRIX + named if named else "test"


def is_one(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name in ("tox.ini", "tox.toml")


def spots(text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The requirements of each environment; ``-r`` lines and references to other sections are left out."""
    if path.suffix == ".toml":
        for leaf in toml_leaves(text, path):
            yield from spot_of_tox_toml(text, leaf, path)
        return
    for line in lines(text):
        yield from spot_of_tox(text, line, path)


def spot_of_tox(text: str, line: Line, path: PurePosixPath) -> Iterator[Spot]:
    """The requirement of a line of ``deps`` in a section of tox."""
    section, _, environment = line.section.partition(":")
    if line.key != "deps" or section not in ("testenv", "base", "env", "common", "deps"):
        return
    factors = FACTORS.match(line.text)
    skipped = factors.end() if factors else 0
    where = Where(environment=environment, factors=factors.group("factors") if factors else "")
    value = line.text[skipped:]
    start = line.start + skipped
    spot = inline_spot(text, (start, start + len(value)), value, path, group=where.group, layout="line")
    if spot is not None:
        yield spot


def spot_of_tox_toml(text: str, leaf: Leaf, path: PurePosixPath) -> Iterator[Spot]:
    """The requirement of an item of ``deps`` in tox.toml."""
    if len(leaf.keys) < 3 or leaf.keys[-2] != "deps" or not isinstance(leaf.keys[-1], int):  # noqa: PLR2004  # table, deps, position
        return
    if leaf.keys[0] not in ("env_run_base", "env"):
        return
    where = Where(environment=str(leaf.keys[1]) if leaf.keys[0] == "env" else "")
    spot = inline_spot(text, (leaf.start, leaf.end), leaf.value, path, group=where.group)
    if spot is not None:
        yield spot


FORMAT = Spotted(NAME=NAME, is_one=is_one, spots=spots, role="test")
