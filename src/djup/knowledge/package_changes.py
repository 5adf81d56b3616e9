"""What the code must change when a version of a third-party package is crossed: ``[[change]]`` of data/packages.

The tables are those of Django's own changes, with versions of the package where those have releases of Django.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

import msgspec
from packaging.utils import canonicalize_name
from packaging.version import Version

from djup.knowledge.changes import Change, DataError, all_changes

PYTHON_3 = "python-3.0/"
"""What the ids of the changes begin with that Python 3 made."""


@functools.cache
def package_changes() -> Mapping[str, tuple[Change, ...]]:
    """The changes of each package, by its normalised name; raises DataError naming the file that does not fit."""
    found: dict[str, tuple[Change, ...]] = {}
    for file in sorted((resources.files("djup") / "data" / "packages").iterdir(), key=lambda file: file.name):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        try:
            changes = msgspec.convert(table.get("change", []), tuple[Change, ...])
        except msgspec.ValidationError as error:
            raise DataError(f"[[change]] does not fit: {error}.", path=file.name) from error
        if changes:
            found[canonicalize_name(table["name"])] = changes
    return found


def every_change() -> tuple[Change, ...]:
    """All changes djup knows: Django's, oldest release first, then those of packages by name."""
    return (*all_changes(), *(change for changes in package_changes().values() for change in changes))


def known_ids() -> frozenset[str]:
    """The ids of all changes djup knows."""
    return frozenset(change.id for change in every_change())


def applicable_to(pins: Mapping[str, str], *, leaves_python_2: bool = False) -> tuple[Change, ...]:
    """The changes whose new form runs with the versions given.

    ``leaves_python_2`` adds what a project that goes on to Python 3 leaves behind: nobody asks code of Python 3 for it.
    """
    return tuple(
        change
        for name, changes in package_changes().items()
        for change in changes
        if name in pins and Version(change.runs_from) <= Version(pins[name])
        if leaves_python_2 or not change.id.startswith(PYTHON_3)
    )
