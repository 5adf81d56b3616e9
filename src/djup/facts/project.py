"""The facts of a project that no single file tells: what its readers found, joined."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from djup.facts.apps import AppFacts, AppReader
from djup.facts.files import counts_by_place, is_template
from djup.facts.imports import ImportFacts, ImportReader
from djup.facts.migrations import MigrationFacts, MigrationReader
from djup.facts.models import ModelFacts, ModelReader
from djup.facts.reader import Reader
from djup.facts.settings import SettingsFacts, SettingsReader
from djup.facts.templates import TemplateFacts, TemplateReader
from djup.facts.urls import UrlFacts, UrlReader
from djup.model import Record


class Facts(Record):
    """What the files of a project say together, one record for each reader. Paths are relative to its root."""

    settings: SettingsFacts = SettingsFacts()
    urls: UrlFacts = UrlFacts()
    models: ModelFacts = ModelFacts()
    apps: AppFacts = AppFacts()
    imports: ImportFacts = ImportFacts()
    migrations: MigrationFacts = MigrationFacts()
    templates: TemplateFacts = TemplateFacts()

    def digest(self) -> str:
        """A short text that differs where any fact does."""
        return hashlib.sha256(repr(_ordered(self)).encode()).hexdigest()

    def value(self, name: str) -> Any:
        """A fact by its dotted name (``"urls.error_views"``), as the data of changes names it."""
        record, _, attribute = name.partition(".")
        return getattr(getattr(self, record), attribute)

    def names_in(self, name: str) -> frozenset[str]:
        """The names that other files must hold for a fact to matter to them: of pairs the second, of tables all."""
        value = self.value(name)
        if isinstance(value, Mapping):
            return frozenset[str]().union(*value.values())
        return frozenset(entry if isinstance(entry, str) else entry[1] for entry in value)


def _readers(settings: Iterable[PurePosixPath]) -> dict[str, Reader[Record]]:
    """A reader for each record of Facts, by its name there; they look at a file in this order."""
    return {
        "settings": SettingsReader(settings),
        "urls": UrlReader(),
        "models": ModelReader(),
        "apps": AppReader(),
        "imports": ImportReader(),
        "migrations": MigrationReader(),
        "templates": TemplateReader(),
    }


FACT_NAMES = frozenset(
    f"{record}.{attribute}"
    for record, value in msgspec.structs.asdict(Facts()).items()
    for attribute in value.__struct_fields__
)
"""The dotted names of all facts."""


def build_facts(root: Path, paths: Iterable[PurePosixPath], settings: Iterable[PurePosixPath] = ()) -> Facts:
    """Read the facts out of a project's files; ``settings`` are modules already known to be settings."""
    wanted = (path for path in paths if path.suffix == ".py" or counts_by_place(path) or is_template(path))
    return facts_of(((path, b"" if counts_by_place(path) else (root / path).read_bytes()) for path in wanted), settings)


def facts_of(files: Iterable[tuple[PurePosixPath, bytes]], settings: Iterable[PurePosixPath] = ()) -> Facts:
    """Read the facts out of Python files and templates given with their content, and of the places of some others."""
    readers = _readers(settings)
    for path, body in files:
        for reader in readers.values():
            reader.read(path, body)
    return msgspec.structs.replace(Facts(), **{name: reader.result() for name, reader in readers.items()})


def _ordered(value: object) -> object:
    """A value with all that has no order of its own put into one."""
    if isinstance(value, Record):
        return [_ordered(getattr(value, name)) for name in value.__struct_fields__]
    if isinstance(value, Mapping):
        return sorted((str(key), repr(_ordered(content))) for key, content in value.items())
    if isinstance(value, (set, frozenset)):
        return sorted(repr(_ordered(entry)) for entry in value)
    return [_ordered(entry) for entry in value] if isinstance(value, tuple) else str(value)
