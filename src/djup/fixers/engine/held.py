"""Which changes a file may hold, told from its bytes and path before it is parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from djup.facts.files import is_migration, is_python, is_template, package_of
from djup.facts.project import Facts
from djup.knowledge.changes import Change
from djup.knowledge.needles import matcher, told
from djup.knowledge.search import looks_at
from djup.source.python import SKIP_FILE
from djup.source.text import SourceText, Unreadable, read_text

_SOUTH = re.compile(rb"^\s*(?:from|import)\s+south\b", re.MULTILINE)
_LAST_OF_SOUTH = (1, 7)
"""The release that ended South: its migrations run under none after it, so no later change is about them."""


def held_in(
    data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts
) -> tuple[list[Change], SourceText | Unreadable | None]:
    """The changes a file may hold by its needles and kind, and its text; nothing for a file that asks to be left."""
    return hold(hits_in(data, path, changes, facts), data, path, changes, facts)


def hold(
    hits: frozenset[int], data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts
) -> tuple[list[Change], SourceText | Unreadable | None]:
    """The changes, of those whose needles hit, that are about such a file and project, and the file's text."""
    python = is_python(path)
    if not (python or is_template(path)) or SKIP_FILE.search(data):
        return [], None
    pinned = path in facts.settings.holders or path in facts.settings.configurers
    held = [
        one
        for place, one in enumerate(changes)
        if (place in hits and _matters(one, path, facts, python=python)) or (pinned and one.pin is not None)
    ]
    if is_migration(path) and _SOUTH.search(data):
        held = [one for one in held if one.moved or one.release <= _LAST_OF_SOUTH]
    return held, read_text(data, python=python) if held else None


def hits_in(data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts) -> frozenset[int]:
    """The places of the changes whose needles are in a file."""
    if not is_python(path):
        return matcher(changes, python=False).hits(data)
    return matcher(changes).hits(data, package_of(path)) | told(changes, facts).hits(data)


def _matters(change: Change, path: PurePosixPath, facts: Facts, *, python: bool) -> bool:
    """Whether a change is about this kind of file, and about a project such as this."""
    if not all(facts.value(name) for name in change.seen.facts) or facts.settings.gives(change.seen.unless):
        return False
    return looks_at(change, path, facts) if python else "template" in change.where
