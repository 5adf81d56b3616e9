"""Pipfile: packages, dev-packages, and the categories a project names itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import PurePosixPath

from djup.model import Requirement
from djup.project.manifests.places import Leaf, toml_leaves
from djup.project.manifests.poetry_syntax import restyle_constraint
from djup.project.manifests.poetry_tables import entry_spot
from djup.project.manifests.spots import Spot, Spotted

NAME = "pipfile"

OTHER_TABLES = frozenset({"source", "requires", "scripts", "pipenv", "pipenv-scripts", "build-system"})
GROUPS = {"packages": "", "dev-packages": "dev"}


def is_one(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "Pipfile"


def spots(text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The entries of each category."""
    leaves = [leaf for leaf in toml_leaves(text, path) if len(leaf.keys) > 1 and leaf.keys[0] not in OTHER_TABLES]
    for _, entry in itertools.groupby(leaves, key=lambda leaf: leaf.keys[:2]):
        parts: list[Leaf] = list(entry)
        table = str(parts[0].keys[0])
        yield entry_spot(text, parts, path, GROUPS.get(table, table), size=1)


def restyle(requirement: Requirement, version: str) -> str:
    """The version part for a version; ``*`` admits every one."""
    return restyle_constraint(requirement.written, version)


FORMAT = Spotted(NAME=NAME, is_one=is_one, spots=spots, restyled=restyle)
