"""A baseline of warnings in a file, and what is new or gone against it. Pure but for reading and writing that file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import msgspec

from djup.errors import UsageError
from djup.model import Record
from djup.source.files import write_whole
from djup.verify.inventory import Listed

SCHEMA = 1
FILE = "djup-warnings.json"


class Kept(Record):
    """A warning of a baseline: the code it came from, its message, and in how many places; no line numbers."""

    symbol: str
    category: str
    message: str
    count: int


class Baseline(Record):
    """The warnings that were there when it was saved, sorted, and on which Django."""

    schema_version: int
    django: str
    warnings: tuple[Kept, ...]


class Compared(Record):
    """What came and what went. A warning in more places than before is new, in fewer is gone, with the difference."""

    new: tuple[Kept, ...]
    gone: tuple[Kept, ...]
    kept: int


def baseline_of(listed: Iterable[Listed], django: str) -> Baseline:
    """The baseline that an inventory makes."""
    counts: dict[tuple[str, str, str], int] = {}
    for entry in listed:
        counts[entry.key] = counts.get(entry.key, 0) + entry.count
    kept = [Kept(symbol=key[0], category=key[1], message=key[2], count=count) for key, count in sorted(counts.items())]
    return Baseline(schema_version=SCHEMA, django=django, warnings=tuple(kept))


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline, one warning per line, so that a diff of two shows the warnings that differ."""
    lines = [json.dumps(msgspec.to_builtins(warning), ensure_ascii=False) for warning in baseline.warnings]
    head = f'{{"schema_version": {baseline.schema_version}, "django": {json.dumps(baseline.django)}, "warnings": ['
    body = "\n" + ",\n".join(lines) + "\n" if lines else ""
    write_whole(path, f"{head}{body}]}}\n".encode())


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; raises UsageError where there is none, or it is none."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Baseline)
    except FileNotFoundError as error:
        raise UsageError("there is no baseline.", path=path, hint="Make one with `djup warnings save`.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "Make it anew with `djup warnings save`."
        raise UsageError(f"this is no baseline of warnings: {error}.", path=path, hint=hint) from error
    if found.schema_version != SCHEMA:
        hint = "Make it anew with `djup warnings save`."
        raise UsageError(f"this baseline has schema {found.schema_version}, not {SCHEMA}.", path=path, hint=hint)
    return found


def compare_baselines(before: Baseline, now: Baseline) -> Compared:
    """Compare two baselines, warning by warning."""
    old = {(warning.symbol, warning.category, warning.message): warning for warning in before.warnings}
    new = {(warning.symbol, warning.category, warning.message): warning for warning in now.warnings}
    came = [_more(entry, old.get(key)) for key, entry in new.items()]
    went = [_more(entry, new.get(key)) for key, entry in old.items()]
    return Compared(
        new=tuple(entry for entry in came if entry.count > 0),
        gone=tuple(entry for entry in went if entry.count > 0),
        kept=sum(key in old for key in new),
    )


def _more(kept: Kept, other: Kept | None) -> Kept:
    """A warning with the number of places it has more than in the other baseline."""
    return msgspec.structs.replace(kept, count=kept.count - (other.count if other else 0))
