"""A whole project rewritten or searched, file by file, without writing any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from djup.facts.files import is_python, is_template
from djup.facts.project import Facts
from djup.fixers.engine.migrations import Operation, new_migrations
from djup.fixers.engine.session import Session
from djup.fixers.engine.text import find_text, fix_text
from djup.knowledge.changes import Change
from djup.model import Finding, Record
from djup.source.text import Unreadable


class FixedTree(Record):
    """A project after fixing.

    ``changed`` has, for each change in order, the files it rewrites with their new bytes, on top of the
    changes before.
    """

    changed: Mapping[str, Mapping[PurePosixPath, bytes]]
    edits: Mapping[str, int]
    findings: tuple[Finding, ...]
    unreadable: Mapping[PurePosixPath, Unreadable]


def fix_tree(
    root: Path,
    paths: Iterable[PurePosixPath],
    changes: Sequence[Change],
    facts: Facts,
    *,
    only: frozenset[str] | None = None,
) -> FixedTree:
    """Fix all files of a project (without writing any); ``only`` names the changes wanted."""
    wanted = [one for one in changes if only is None or one.id in only]
    changed: dict[str, dict[PurePosixPath, bytes]] = {one.id: {} for one in wanted}
    edits: dict[str, int] = {}
    findings: list[Finding] = []
    unreadable: dict[PurePosixPath, Unreadable] = {}
    operations: list[tuple[str, Operation]] = []
    session = Session()
    for path in paths:
        if not (is_python(path) or is_template(path)):
            continue
        fixed = fix_text((root / path).read_bytes(), path, wanted, facts, session=session)
        findings += fixed.findings
        for name, data in fixed.steps:
            changed[name][path] = data
            edits[name] = edits.get(name, 0) + fixed.edits[name]
        operations += fixed.operations
        if fixed.unreadable is not None:
            unreadable[path] = fixed.unreadable
    for change in wanted:
        changed[change.id] |= new_migrations(change, [one for name, one in operations if name == change.id], facts)
    return FixedTree(
        changed={name: files for name, files in changed.items() if files},
        edits=edits,
        findings=tuple(findings),
        unreadable=unreadable,
    )


def find_tree(
    root: Path, paths: Iterable[PurePosixPath], changes: Sequence[Change], facts: Facts
) -> tuple[Finding, ...]:
    """Return every place in a project where a change applies."""
    session = Session()
    return tuple(
        finding
        for path in paths
        if is_python(path) or is_template(path)
        for finding in find_text((root / path).read_bytes(), path, changes, facts, session=session)
    )
