"""One file rewritten by all changes that apply to it, or searched for them: text in, text out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import msgspec

from djup.facts.files import is_python
from djup.facts.project import Facts
from djup.fixers.engine.attempt import attempt, findings, patched
from djup.fixers.engine.held import held_in
from djup.fixers.engine.migrations import Operation
from djup.fixers.engine.session import Session
from djup.knowledge.changes import Change
from djup.model import Finding, Record
from djup.source.text import SourceText, Unreadable, read_text
from djup.source.tree import parses_in_python3

_PASSES = 6
_ROUNDS = 3
"""Times a file is looked at again at most."""


class Fixed(Record):
    """A file after fixing.

    ``edits`` counts the places each change rewrote; ``steps`` has the file after each of these changes, in order.
    ``operations`` are, with the change's id, what a new migration must do.
    ``findings`` are the places of the new text where a change still applies. ``unreadable`` says why a file that may
    hold changes was left alone.
    """

    path: PurePosixPath
    text: bytes
    edits: Mapping[str, int] = {}
    steps: tuple[tuple[str, bytes], ...] = ()
    findings: tuple[Finding, ...] = ()
    operations: tuple[tuple[str, Operation], ...] = ()
    unreadable: Unreadable | None = None


def fix_text(
    data: bytes,
    path: PurePosixPath,
    changes: Sequence[Change],
    facts: Facts | None = None,
    *,
    session: Session | None = None,
) -> Fixed:
    """Rewrite one file by all changes that apply to it, one after the other; what is left becomes findings."""
    known, memory = facts or Facts(), session or Session()
    held, text = held_in(data, path, changes, known)
    if not held or text is None:
        return Fixed(path=path, text=data)
    if isinstance(text, Unreadable):
        return Fixed(path=path, text=data, unreadable=text)
    fixed = _chained(_fix(text, path, held, known, data, session=memory), held, changes, known, memory)
    if not fixed.steps:
        return fixed
    if is_python(path) and parses_in_python3(text.body) and not _parses(fixed.text, path):
        return _fix(text, path, _that_parse(text, path, held, known, memory), known, data, session=memory)
    return fixed


def _fix(
    text: SourceText, path: PurePosixPath, held: Sequence[Change], facts: Facts, data: bytes, *, session: Session
) -> Fixed:
    """Make the changes one after the other, each on the text the one before left."""
    body = text.body
    edits: dict[str, int] = {}
    steps: list[tuple[str, bytes]] = []
    operations: list[tuple[str, Operation]] = []
    for change in held:
        done = attempt(body, path, change, facts, session)
        encoded = _encoded(text, done.body) if done.body != body else None
        if encoded is not None:
            body = done.body
            edits[change.id] = done.edits
            operations += [(change.id, one) for one in done.operations]
            steps.append((change.id, encoded))
    left = [one for change in held for one in findings(patched(body, path, change, facts, session), path)]
    return Fixed(
        path=path,
        text=steps[-1][1] if steps else data,
        edits=edits,
        steps=tuple(steps),
        findings=tuple(left),
        operations=tuple(operations),
    )


def _chained(fixed: Fixed, held: Sequence[Change], changes: Sequence[Change], facts: Facts, session: Session) -> Fixed:
    """Make the changes too that only what others wrote gives rise to: a pinned setting that was renamed since."""
    seen = list(held)
    for _ in range(_PASSES if fixed.steps else 0):
        hit, text = held_in(fixed.text, fixed.path, changes, facts)
        new = [one for one in hit if one not in seen]
        if not new or not isinstance(text, SourceText):
            break
        seen += new
        more = _fix(text, fixed.path, new, facts, fixed.text, session=session)
        fixed = Fixed(
            path=fixed.path,
            text=more.text,
            edits={**fixed.edits, **more.edits},
            steps=(*fixed.steps, *more.steps),
            findings=(*fixed.findings, *more.findings),
            operations=(*fixed.operations, *more.operations),
        )
    return fixed


def settle(
    data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts, *, session: Session | None = None
) -> Fixed:
    """Rewrite one file until nothing is left to do: a change may make room for one that came before it."""
    memory = session or Session()
    fixed = fix_text(data, path, changes, facts, session=memory)
    again = fixed
    for _ in range(_ROUNDS):
        if not again.steps:
            break
        again = fix_text(again.text, path, changes, facts, session=memory)
        fixed = msgspec.structs.replace(
            again,
            edits=dict(Counter(fixed.edits) + Counter(again.edits)),
            steps=(*fixed.steps, *again.steps),
            operations=(*fixed.operations, *again.operations),
        )
    return fixed


def _parses(data: bytes, path: PurePosixPath) -> bool:
    text = read_text(data, python=is_python(path))
    return isinstance(text, SourceText) and parses_in_python3(text.body)


def _that_parse(
    text: SourceText, path: PurePosixPath, held: Sequence[Change], facts: Facts, session: Session
) -> list[Change]:
    """The changes after each of which, alone, Python's own parser still takes the file."""
    return [one for one in held if parses_in_python3(attempt(text.body, path, one, facts, session).body)]


def _encoded(text: SourceText, body: bytes) -> bytes | None:
    try:
        return text.encode(body)
    except UnicodeEncodeError:
        return None


def find_text(
    data: bytes,
    path: PurePosixPath,
    changes: Sequence[Change],
    facts: Facts | None = None,
    *,
    session: Session | None = None,
) -> tuple[Finding, ...]:
    """Return every place in one file where a change applies; ``fixable`` are those that :func:`fix_text` rewrites."""
    known, memory = facts or Facts(), session or Session()
    held, text = held_in(data, path, changes, known)
    if not held or not isinstance(text, SourceText):
        return ()
    found: list[Finding] = []
    for change in held:
        patch = patched(text.body, path, change, known, memory)
        found += findings(patch, path, attempt(text.body, path, change, known, memory).sites)
    return tuple(found)
