"""The warnings a probe recorded, with their owners; one record per place and text, over all processes."""

from __future__ import annotations

from pathlib import Path

from djup.model import WarningSeen
from djup.verify.owners import Owners
from djup.verify.workplace import read_lines

Key = tuple[str, str, str, int, str, str]


def read_warnings(out: Path, owners: Owners) -> tuple[WarningSeen, ...]:
    """Return what was warned of, most frequent first; a process writes a place's count each time it doubles."""
    counts: dict[Key, int] = {}
    for file in sorted(out.glob("warnings-*.jsonl")):
        here: dict[Key, int] = {}
        for line in read_lines(file):
            key = (line["category"], line["text"], line["path"], line["line"], line["symbol"], line["issuer"])
            here[key] = max(here.get(key, 0), line["count"])
        for key, count in here.items():
            counts[key] = counts.get(key, 0) + count
    seen = [_seen(key, count, owners) for key, count in counts.items()]
    return tuple(sorted(seen, key=lambda warning: (-warning.count, warning.path, warning.line, warning.text)))


def _seen(key: Key, count: int, owners: Owners) -> WarningSeen:
    category, text, path, line, symbol, issuer = key
    return WarningSeen(
        category=category,
        text=text,
        path=owners.relative(path),
        line=line,
        count=count,
        owner=owners.of(path),
        symbol=symbol,
        issuer=owners.of(issuer) or "python",
    )
