"""The migrations of each app, and the last of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from djup.facts.files import is_migration
from djup.model import Record

_DEPENDENCY = re.compile(rb"""\(\s*['"]\w+['"]\s*,\s*['"](\w+)['"]\s*,?\s*\)""")


class AppMigrations(Record):
    """The migrations of an app: their names, and those that nothing else in the app depends on."""

    names: tuple[str, ...]
    leaves: tuple[str, ...]


class MigrationFacts(Record):
    """The migrations of a project: ``apps`` has those of each app, by its package's folder."""

    apps: Mapping[PurePosixPath, AppMigrations] = {}


class MigrationReader:
    """Reads what migrations depend on."""

    def __init__(self) -> None:
        self._needed: dict[PurePosixPath, dict[str, set[str]]] = {}

    def read(self, path: PurePosixPath, body: bytes) -> None:
        """Look at a module."""
        if is_migration(path):
            needed = {match[1].decode() for match in _DEPENDENCY.finditer(body)}
            self._needed.setdefault(path.parent.parent, {})[path.stem] = needed

    def result(self) -> MigrationFacts:
        """The migrations of all apps."""
        return MigrationFacts(apps={package: _app_migrations(needed) for package, needed in self._needed.items()})


def _app_migrations(found: Mapping[str, set[str]]) -> AppMigrations:
    """The migrations of an app; one that names its own name names another app's, as first ones often share theirs."""
    needed = {name for own, names in found.items() for name in names if name != own}
    return AppMigrations(names=tuple(sorted(found)), leaves=tuple(sorted(set(found) - needed)))
