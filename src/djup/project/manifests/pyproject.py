"""pyproject.toml: the lists of PEP 621, of dependency groups (PEP 735) and of PDM, uv and Hatch; Poetry's tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from djup.model import Requirement
from djup.project.manifests.places import Keys, Leaf, toml_leaves
from djup.project.manifests.poetry_syntax import restyle_constraint
from djup.project.manifests.poetry_tables import poetry_spots
from djup.project.manifests.spots import Spot, Spotted, inline_spot, restyled

NAME = "pyproject"

ANY = "*"
LISTS: tuple[tuple[Keys, str], ...] = (
    (("project", "dependencies"), ""),
    (("project", "optional-dependencies", ANY), ""),
    (("dependency-groups", ANY), ""),
    (("tool", "pdm", "dev-dependencies", ANY), ""),
    (("tool", "uv", "dev-dependencies"), "dev"),
    (("tool", "tox", "env_run_base", "deps"), "test"),
    (("tool", "hatch", "envs", ANY, "dependencies"), ""),
    (("tool", "hatch", "envs", ANY, "extra-dependencies"), ""),
)
"""Where lists of requirements stand, and their group; the key at ``*`` names it where it is not given."""


def is_one(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "pyproject.toml"


def spots(text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The requirements of all dialects, in the order they stand."""
    leaves = toml_leaves(text, path)
    found = [spot for leaf in leaves if (spot := _in_list(text, leaf, path)) is not None]
    found += poetry_spots(text, leaves, path)
    yield from sorted(found, key=lambda spot: spot.whole)


def _in_list(text: str, leaf: Leaf, path: PurePosixPath) -> Spot | None:
    group = _group(leaf.keys)
    return None if group is None else inline_spot(text, (leaf.start, leaf.end), leaf.value, path, group=group)


def _group(keys: Keys) -> str | None:
    """The group of a list item by the keys that lead to it; None where no list of requirements stands."""
    if not keys or not isinstance(keys[-1], int):
        return None
    for pattern, group in LISTS:
        if len(pattern) == len(keys) - 1 and all(want in (ANY, key) for want, key in zip(pattern, keys, strict=False)):
            named = [str(key) for want, key in zip(pattern, keys, strict=False) if want == ANY]
            return group or (named[0] if named else "")
    return None


def restyle_any(requirement: Requirement, version: str) -> str:
    """The version part for a version, in the syntax the requirement is written in."""
    return restyle_constraint(requirement.written, version) if requirement.written else restyled(requirement, version)


FORMAT = Spotted(NAME=NAME, is_one=is_one, spots=spots, restyled=restyle_any)
