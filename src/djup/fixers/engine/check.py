"""Whether a file would be rewritten at all: the first change that does settles it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from djup.facts.files import is_python
from djup.facts.project import Facts
from djup.fixers.declared.moved_names import moves_import
from djup.fixers.engine.attempt import attempt, may_rewrite
from djup.fixers.engine.condition import may_edit
from djup.fixers.engine.held import hits_in, hold
from djup.fixers.engine.session import Session
from djup.knowledge.changes import Change
from djup.model import Record
from djup.source.python import Module
from djup.source.text import SourceText

_BODY = re.compile(rb"^(?:@|(?:class|def|async)\b)", re.MULTILINE)


class Checked(Record):
    """Whether a file would be rewritten; ``alone`` tells that this follows from the file by itself."""

    path: PurePosixPath
    changes: bool
    alone: bool = False


def check_text(data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts, session: Session) -> Checked:
    """Whether any of some changes that have a fixer would rewrite a file: the first that does settles it."""
    hits = hits_in(data, path, changes, facts)
    if not hits and path not in facts.settings.modules | facts.settings.configurers:
        return Checked(path=path, changes=False, alone=True)
    wanted = frozenset(place for place in hits if may_rewrite(changes[place], path))
    held, text = hold(wanted, data, path, changes, facts)
    if not isinstance(text, SourceText):
        return Checked(path=path, changes=False)
    likely = [one for one in held if may_edit(one, text.body, path, facts)] if is_python(path) else held
    if is_python(path) and _moves_at_head(text.body, path, likely):
        return Checked(path=path, changes=True)
    for change in sorted(likely, key=lambda change: session.luck(change.id), reverse=True):
        found = attempt(text.body, path, change, facts, session).body != text.body
        session.looked_for(change.id, found=found)
        if found:
            return Checked(path=path, changes=True)
    return Checked(path=path, changes=False)


def _moves_at_head(body: bytes, path: PurePosixPath, changes: Sequence[Change]) -> bool:
    """Whether what stands above the first function or class settles that a file would be rewritten: its imports."""
    moving = [one for one in changes if one.moved]
    end = _BODY.search(body) if moving and b"djup:" not in body else None
    if end is None:
        return False
    head = Module(body[: end.start()], path)
    return not head.tree.root_node.has_error and any(moves_import(one, head) for one in moving)
