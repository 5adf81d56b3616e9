"""What must hold for a change to rewrite a file, told from its bytes before it is parsed.

The needles of a change are about finding it, and much of what is found is left to a person. Where it is only asked
whether a file would be rewritten, these conditions spare the parsing of many. What a regular expression can say is data
of the change (``seen.edits``); what needs code stands beside its fixer.
"""

from __future__ import annotations

import functools
import re
from pathlib import PurePosixPath

from djup.facts.project import Facts
from djup.fixers.registry import CONDITIONS
from djup.knowledge.changes import Change

_GIVEN = rb"\b(?:%s)\s*\(\s*(?![)*]|\w+\s*=(?!=))|\b(?:%s)\s+as\s"
"""A call that gives its first argument by position, or a name under another one."""


def may_edit(change: Change, body: bytes, path: PurePosixPath, facts: Facts) -> bool:
    """Whether a change that a file may hold can rewrite it, as far as its bytes (in UTF-8) tell."""
    if not all(pattern.search(body) for pattern in _compiled(change.seen.edits)):
        return False
    condition = CONDITIONS.get(change.fix)
    if condition is not None:
        return condition(body, path, facts)
    calls = tuple(positional.call for positional in change.positional)
    return not _is_by_position(change) or bool(_given(calls).search(body))


@functools.cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[bytes], ...]:
    return tuple(re.compile(pattern.encode(), re.MULTILINE | re.DOTALL) for pattern in patterns)


def _is_by_position(change: Change) -> bool:
    """Whether a change is about arguments by position alone, from the first on."""
    named = (change.fix, change.moved, change.keywords, change.methods, change.settings, change.strings)
    partly = any(positional.keep or positional.first for positional in change.positional)
    return bool(change.positional) and not (any(named) or change.overrides or partly or change.seen.edits)


@functools.cache
def _given(calls: tuple[str, ...]) -> re.Pattern[bytes]:
    names = b"|".join(sorted({re.escape(call.rpartition(".")[2]).encode() for call in calls}))
    return re.compile(_GIVEN % (names, names))
