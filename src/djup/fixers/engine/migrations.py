"""Migrations that a rewriting of models needs: one new file per app, with what its models ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from djup.facts.project import Facts
from djup.knowledge.changes import Change
from djup.model import Record

_NUMBER = re.compile(r"\d+")


class Operation(Record):
    """One operation of a new migration: the app's folder and label, its source, and a class that the source needs."""

    package: PurePosixPath
    label: str
    text: str
    helper: str = ""


def new_migrations(change: Change, operations: Iterable[Operation], facts: Facts) -> dict[PurePosixPath, bytes]:
    """Return the migration files that carry out the operations, each after the last one of its app."""
    by_app: dict[PurePosixPath, list[Operation]] = {}
    for one in operations:
        by_app.setdefault(one.package, []).append(one)
    files = {}
    for package, found in by_app.items():
        last = facts.migrations.apps[package].leaves[0]
        number = _NUMBER.match(last)
        name = f"{int(number[0]) + 1 if number else 1:04d}_{change.id.rpartition('/')[2].replace('-', '_')}"
        files[package / "migrations" / f"{name}.py"] = _text(last, found).encode()
    return files


def _text(last: str, found: list[Operation]) -> str:
    lines = "\n".join(f"        {one.text}," for one in found)
    helpers = "".join(f"{one}\n\n\n" for one in dict.fromkeys(one.helper for one in found if one.helper))
    return (
        f"from django.db import migrations\n\n\n{helpers}"
        "class Migration(migrations.Migration):\n\n"
        f'    dependencies = [\n        ("{found[0].label}", "{last}"),\n    ]\n\n'
        f"    operations = [\n{lines}\n    ]\n"
    )
