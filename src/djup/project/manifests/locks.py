"""What lockers write: uv.lock, poetry.lock, pdm.lock, pylock.toml (PEP 751) and Pipfile.lock; each package, pinned."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from djup.model import Requirement
from djup.project.manifests.inline import place_at
from djup.project.manifests.places import Leaf, json_leaves, toml_leaves
from djup.project.manifests.spots import Spot, Spotted

ROLE = "lock"

TOML_LOCKS = {"uv.lock": "package", "poetry.lock": "package", "pdm.lock": "package", "pylock": "packages"}
"""The formats in TOML, with the name of their list of packages."""

OWN = ("editable", "virtual", "directory", "path")
"""Sources that are a folder of the project: what lies there is no pin of a release."""

PIPFILE_GROUPS = {"default": "", "develop": "dev"}


def is_toml_lock(name: str, path: PurePosixPath) -> bool:
    """Whether a file is a lock of a format by its name; ``pylock.toml`` may carry a name, as in pylock.dev.toml."""
    if name == "pylock":
        return path.name == "pylock.toml" or (path.name.startswith("pylock.") and path.name.endswith(".toml"))
    return path.name == name


def toml_spots(key: str, text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The packages of a lock in TOML, those left out that are folders of the project itself."""
    leaves = [leaf for leaf in toml_leaves(text, path) if leaf.keys[0] == key and len(leaf.keys) > 2]  # noqa: PLR2004  # the list, the position, the key
    for _, group in itertools.groupby(leaves, key=lambda leaf: leaf.keys[1]):
        spot = _package(text, list(group), path)
        if spot is not None:
            yield spot


def _package(text: str, leaves: Sequence[Leaf], path: PurePosixPath) -> Spot | None:
    """The spot of a package by its own keys; None for one without a version."""
    own = {leaf.keys[2]: leaf for leaf in leaves if len(leaf.keys) == 3}  # noqa: PLR2004  # the list, the position, the key
    name, version = own.get("name"), own.get("version")
    if name is None or version is None or _is_own_folder(leaves):
        return None
    return Spot(
        requirement=Requirement(
            name=canonicalize_name(name.value),
            specifier=f"=={version.value}",
            written=version.value,
            place=place_at(text, name.key_start, path),
            line_text=text[min(name.key_start, version.key_start) : max(name.end, version.end) + 1],
            marker=own["marker"].value if "marker" in own else "",
            group=own["category"].value.replace("main", "") if "category" in own else "",
        ),
        name=(name.start, name.end),
        version=(version.start, version.end),
        whole=(name.key_start, version.end + 1),
        layout="entry",
    )


def _is_own_folder(leaves: Sequence[Leaf]) -> bool:
    for leaf in leaves:
        source = leaf.keys[2] == "source" and leaf.keys[-1]
        if source in OWN or (source == "type" and leaf.value in OWN):
            return True
        if leaf.keys[2] in ("directory", "path"):
            return True
    return False


def is_pipfile_lock(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "Pipfile.lock"


def pipfile_lock_spots(text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The pinned packages of each category; those from an address have no version."""
    for leaf in json_leaves(text, path):
        if len(leaf.keys) != 3 or leaf.keys[0] == "_meta" or leaf.keys[2] != "version":  # noqa: PLR2004  # category, package, key
            continue
        category, name, _ = map(str, leaf.keys)
        start = _key_before(text, name, leaf.key_start)
        yield Spot(
            requirement=Requirement(
                name=canonicalize_name(name),
                specifier=leaf.value,
                place=place_at(text, start, path),
                line_text=text[leaf.entry_start : leaf.entry_end],
                group=PIPFILE_GROUPS.get(category, category),
            ),
            name=(start, start + len(name)),
            version=(leaf.start, leaf.end),
            whole=(leaf.entry_start, leaf.entry_end),
            layout="entry",
        )


def _key_before(text: str, name: str, end: int) -> int:
    """Where the key of the object that an offset lies in begins, after its quote."""
    found = end
    while True:
        found = text.rfind(f'"{name}"', 0, found)
        if text[found + len(name) + 2 : end].lstrip(" :\t\r\n").startswith("{"):
            return found + 1


def restyle(requirement: Requirement, version: str) -> str:
    """A lock names versions alone, or as pins."""
    return version if requirement.written else f"=={version}"


LOCKS = (
    *(
        Spotted(
            NAME=name,
            is_one=functools.partial(is_toml_lock, name),
            spots=functools.partial(toml_spots, key),
            role=ROLE,
            restyled=restyle,
        )
        for name, key in TOML_LOCKS.items()
    ),
    Spotted(NAME="Pipfile.lock", is_one=is_pipfile_lock, spots=pipfile_lock_spots, role=ROLE, restyled=restyle),
)
"""The formats of locks."""
