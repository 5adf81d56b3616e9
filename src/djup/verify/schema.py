"""The schema that migrations make: from nothing, and forward from the baseline's database; and how schemas differ."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal, TypeVar

import msgspec

from djup.model import Record, Severity
from djup.verify.workplace import Workplace, read_lines, run_probe

T = TypeVar("T")


class SchemaColumn(Record):
    """A column: its type as the database names it, whether it may be null, its default, whether it is a primary key."""

    type: str
    null: bool
    default: str | None = None
    key: bool = False


class SchemaIndex(Record):
    """An index or a unique constraint; its name does not count, as Django makes names up.

    ``detail`` says by which method and for which rows it is, where that is not the usual.
    """

    columns: tuple[str, ...]
    unique: bool
    detail: str = ""

    def __str__(self) -> str:
        more = f", {self.detail}" if self.detail else ""
        return f"{'unique ' if self.unique else ''}index on {', '.join(self.columns)}{more}"


class SchemaTable(Record):
    """A table. ``keys`` are foreign keys: column, table, column; ``checks`` conditions as SQL."""

    columns: Mapping[str, SchemaColumn]
    indexes: tuple[SchemaIndex, ...] = ()
    keys: tuple[tuple[str, str, str], ...] = ()
    checks: tuple[str, ...] = ()


class Schema(Record):
    """The tables of a database, their apps, and the migrations on record; ``error`` says why there are none."""

    vendor: str = ""
    tables: Mapping[str, SchemaTable] = {}
    apps: Mapping[str, str] = {}
    applied: tuple[str, ...] = ()
    error: str = ""
    trace: str = ""


class SchemaDifference(Record):
    """One thing by which two schemas differ. ``app`` is the app of the table, ``""`` where no model has it now."""

    table: str
    app: str
    what: Literal["table", "column", "type", "null", "default", "index", "key", "check"]
    message: str
    severity: Severity


def read_schema(place: Workplace, directory: PurePosixPath, database: Path) -> Schema:
    """Migrate a SQLite file as far as the code goes and return its schema."""
    return _probed(place, directory, "file", database)


def migrate_forward(place: Workplace, directory: PurePosixPath, baseline: Path, copy: Path) -> Schema:
    """Migrate a copy of the baseline's database file and return the schema of the copy."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(baseline, copy)
    return read_schema(place, directory, copy)


def on_server(place: Workplace, directory: PurePosixPath, what: Literal["baseline", "new", "forward"]) -> Schema:
    """Return the schema of a database on the project's server, beside its own and named like its test database.

    ``new`` is made from nothing and goes again; ``baseline`` is made from nothing and stays; ``forward`` is the one
    that stayed, migrated as far as the code goes, from where the last one left it.
    """
    return _probed(place, directory, what)


def drop_from_server(place: Workplace, directory: PurePosixPath) -> str:
    """Take the database that stayed on the server away; return why that failed, ``""`` where it did not."""
    return _probed(place, directory, "drop").error


def _probed(place: Workplace, directory: PurePosixPath, *words: str | Path) -> Schema:
    extra = place.tests.environment if place.tests else {}
    ran, out = run_probe(place, "schema_project", words, cwd=place.root / directory, extra=extra)
    lines = read_lines(out / "schema.jsonl")
    return msgspec.convert(lines[-1], Schema) if lines else Schema(error=ran.tail(3) or "the migrations did not end")


def compare_schemas(before: Schema, now: Schema) -> tuple[SchemaDifference, ...]:
    """How a schema differs from the one before. What is lost is graver than what is new."""
    found: list[SchemaDifference] = []
    for name in sorted({*before.tables, *now.tables}):
        old, new = before.tables.get(name), now.tables.get(name)
        app = now.apps.get(name, before.apps.get(name, ""))
        if old is None or new is None:
            message = f"the table {name} is {'new' if old is None else 'gone'}"
            severity: Severity = "may" if old is None else "must"
            found.append(SchemaDifference(table=name, app=app, what="table", message=message, severity=severity))
        else:
            found += _of_table(name, app, old, new)
    return tuple(found)


def _of_table(name: str, app: str, old: SchemaTable, new: SchemaTable) -> Iterator[SchemaDifference]:
    for column in sorted({*old.columns, *new.columns}):
        before, after = old.columns.get(column), new.columns.get(column)
        if before is None or after is None:
            message = f"the column {name}.{column} is {'new' if before is None else 'gone'}"
            severity: Severity = "may" if before is None else "must"
            yield SchemaDifference(table=name, app=app, what="column", message=message, severity=severity)
        else:
            yield from _of_column(f"{name}.{column}", name, app, before, after)
    for index in _gone(old.indexes, new.indexes):
        yield SchemaDifference(table=name, app=app, what="index", message=f"{name}: lost: {index}", severity="should")
    for index in _gone(new.indexes, old.indexes):
        yield SchemaDifference(table=name, app=app, what="index", message=f"{name}: new: {index}", severity="may")
    for key in _gone(old.keys, new.keys):
        message = f"{name}: lost: foreign key {key[0]} to {key[1]}"
        yield SchemaDifference(table=name, app=app, what="key", message=message, severity="should")
    for check in _gone(old.checks, new.checks):
        yield SchemaDifference(
            table=name, app=app, what="check", message=f"{name}: lost: check {check}", severity="should"
        )
    for check in _gone(new.checks, old.checks):
        yield SchemaDifference(table=name, app=app, what="check", message=f"{name}: new: check {check}", severity="may")


def _gone(before: tuple[T, ...], now: tuple[T, ...]) -> list[T]:
    return [seen for seen in before if seen not in now]


def _of_column(
    shown: str, table: str, app: str, before: SchemaColumn, after: SchemaColumn
) -> Iterator[SchemaDifference]:
    if before.type != after.type:
        message = f"{shown}: type {before.type} → {after.type}"
        yield SchemaDifference(table=table, app=app, what="type", message=message, severity="should")
    if before.null != after.null:
        message = f"{shown}: {'null' if before.null else 'not null'} → {'null' if after.null else 'not null'}"
        yield SchemaDifference(table=table, app=app, what="null", message=message, severity="should")
    if before.default != after.default:
        message = f"{shown}: default {before.default} → {after.default}"
        yield SchemaDifference(table=table, app=app, what="default", message=message, severity="should")
