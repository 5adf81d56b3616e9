"""Migrations that a rewriting of models needs: one new file per app, with what its models ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from djup.knowledge.changes import Change
from djup.knowledge.index import Facts
from djup.model import Record

_NUMBER = re.compile(r"\d+")


class Operation(Record):
    """One operation of a new migration: the app's folder and label, and its source."""

    package: PurePosixPath
    label: str
    text: str


def new_migrations(change: Change, operations: Iterable[Operation], facts: Facts) -> dict[PurePosixPath, bytes]:
    """Return the migration files that carry out the operations, each after the last one of its app."""
    by_app: dict[PurePosixPath, list[Operation]] = {}
    for one in operations:
        by_app.setdefault(one.package, []).append(one)
    files = {}
    for package, found in by_app.items():
        last = facts.migrations[package].leaves[0]
        number = _NUMBER.match(last)
        name = f"{int(number[0]) + 1 if number else 1:04d}_{change.id.rpartition('/')[2].replace('-', '_')}"
        files[package / "migrations" / f"{name}.py"] = _text(found[0].label, last, [one.text for one in found]).encode()
    return files


def _text(label: str, last: str, operations: list[str]) -> str:
    lines = "\n".join(f"        {one}," for one in operations)
    return (
        "from django.db import migrations\n\n\n"
        "class Migration(migrations.Migration):\n\n"
        f'    dependencies = [\n        ("{label}", "{last}"),\n    ]\n\n'
        f"    operations = [\n{lines}\n    ]\n"
    )
