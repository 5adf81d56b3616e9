"""What apps are: their configs and labels, their translations, and the data that was loaded by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from djup.facts.files import is_initial_data, is_translation
from djup.model import Record

_APP_CONFIG = re.compile(rb"^class[ \t]+(\w+)[ \t]*\([^)]*Config\b[^)]*\)", re.MULTILINE)
_LABEL = re.compile(rb"""^[ \t]+label[ \t]*=[ \t]*['"](\w+)['"]""", re.MULTILINE)


class AppFacts(Record):
    """The apps of a project, by their packages' folders.

    ``configs`` has the AppConfig classes of each ``apps.py`` and ``labels`` the label it gives, ``named_configs`` are
    the packages that name theirs by ``default_app_config``. ``catalogues`` are the folders of translations,
    ``initial_data`` the apps with fixtures or SQL that the first releases loaded by themselves.
    """

    configs: Mapping[PurePosixPath, tuple[str, ...]] = {}
    labels: Mapping[PurePosixPath, str] = {}
    named_configs: frozenset[PurePosixPath] = frozenset()
    catalogues: frozenset[PurePosixPath] = frozenset()
    initial_data: frozenset[PurePosixPath] = frozenset()


class AppReader:
    """Reads what apps say of themselves, and what lies in their folders."""

    def __init__(self) -> None:
        self._configs: dict[PurePosixPath, tuple[str, ...]] = {}
        self._labels: dict[PurePosixPath, str] = {}
        self._named_configs: set[PurePosixPath] = set()
        self._catalogues: set[PurePosixPath] = set()
        self._initial_data: set[PurePosixPath] = set()

    def read(self, path: PurePosixPath, body: bytes) -> None:
        """Look at a file."""
        if is_translation(path):
            self._catalogues.add(path.parent.parent.parent)
        elif is_initial_data(path):
            self._initial_data.add(path.parent.parent)
        elif path.name == "apps.py":
            self._configs[path.parent] = tuple(match[1].decode() for match in _APP_CONFIG.finditer(body))
            labels = {match[1].decode() for match in _LABEL.finditer(body)}
            self._labels |= {path.parent: labels.pop()} if len(labels) == 1 else {}
        elif path.name == "__init__.py" and b"default_app_config" in body:
            self._named_configs.add(path.parent)

    def result(self) -> AppFacts:
        """What all apps say."""
        return AppFacts(
            configs=self._configs,
            labels=self._labels,
            named_configs=frozenset(self._named_configs),
            catalogues=frozenset(self._catalogues),
            initial_data=frozenset(self._initial_data),
        )
