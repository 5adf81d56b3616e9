"""The warnings a probe recorded, with their owners; one record per place and text, over all processes."""

from __future__ import annotations

from pathlib import Path

from djup.model import WarningSeen
from djup.verify.owners import Owners
from djup.verify.workplace import read_lines


def read_warnings(out: Path, owners: Owners) -> tuple[WarningSeen, ...]:
    """Return what was warned of, most frequent first; a process writes a place's count each time it doubles."""
    counts: dict[tuple[str, str, str, int, str], int] = {}
    for file in sorted(out.glob("warnings-*.jsonl")):
        here: dict[tuple[str, str, str, int, str], int] = {}
        for line in read_lines(file):
            owner = owners.of(line["owner"])
            key = (line["category"], line["text"], owners.relative(line["path"]), line["line"], owner)
            here[key] = max(here.get(key, 0), line["count"])
        for key, count in here.items():
            counts[key] = counts.get(key, 0) + count
    seen = [
        WarningSeen(category=category, text=text, path=path, line=number, count=count, owner=owner)
        for (category, text, path, number, owner), count in counts.items()
    ]
    return tuple(sorted(seen, key=lambda warning: (-warning.count, warning.path, warning.line, warning.text)))
