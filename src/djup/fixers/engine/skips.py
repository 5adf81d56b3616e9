"""Comments that keep a change away, ``# djup: skip=ID``: which of them keep nothing away any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from djup.facts.project import Facts
from djup.fixers.engine.text import find_text, fix_text
from djup.knowledge.changes import Change, all_changes
from djup.model import Record
from djup.source.python import SKIP, SKIP_FILE


class UnusedSkip(Record):
    """A comment at a line of a file that keeps a change away which is not there; ``*`` stands for all of the file."""

    path: PurePosixPath
    line: int
    change: str


def unused_skips(data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts) -> tuple[UnusedSkip, ...]:
    """The comments of a file that could go; those for changes of other releases than are asked for are not judged."""
    if b"djup:" not in data:
        return ()
    return tuple(
        UnusedSkip(path=path, line=data.count(b"\n", 0, match.start()) + 1, change=name)
        for match, name, kept in _comments(data, changes)
        if not _is_used(data, path, match, kept, facts)
    )


def _comments(data: bytes, changes: Sequence[Change]) -> Iterator[tuple[re.Match[bytes], str, Sequence[Change]]]:
    """Each comment with each name in it, and the changes it is for."""
    for match in SKIP_FILE.finditer(data):
        yield match, "*", changes
    for match in () if SKIP_FILE.search(data) else SKIP.finditer(data):
        for name in filter(None, (part.strip() for part in match[1].decode().split(","))):
            named = [one for one in changes if _is_named(one, name)]
            if named or not any(_is_named(one, name) for one in all_changes()):
                yield match, name, named


def _is_named(change: Change, name: str) -> bool:
    return name in {change.id, change.id.rpartition("/")[2]}


def _is_used(data: bytes, path: PurePosixPath, match: re.Match[bytes], kept: Sequence[Change], facts: Facts) -> bool:
    """Whether taking the comment's meaning away gives the changes a place they have not with it."""
    start = match.start() + match[0].index(b":")
    without = data[:start] + b"." + data[start + 1 :]
    if fix_text(without, path, kept, facts).text != without and fix_text(data, path, kept, facts).text == data:
        return True
    return len(find_text(without, path, kept, facts)) > len(find_text(data, path, kept, facts))
