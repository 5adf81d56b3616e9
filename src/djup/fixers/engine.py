"""The engine: needles, parse, fix, verify; text in, text out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from djup.facts.index import Facts, is_migration, is_python, is_template, package_of
from djup.fixers.commands import commands
from djup.fixers.conditions import may_edit
from djup.fixers.keywords import keywords
from djup.fixers.methods import methods
from djup.fixers.migrations import Operation, new_migrations
from djup.fixers.moved import moved, moves_import, unused_imports
from djup.fixers.options import options
from djup.fixers.overrides import overrides
from djup.fixers.patch import Patch
from djup.fixers.registry import FIXERS, TEMPLATE_FIXERS
from djup.fixers.settings import pin, settings
from djup.fixers.strings import strings, template_strings
from djup.fixers.templates import TemplatePatch, renamed_tags
from djup.knowledge.changes import Change
from djup.knowledge.needles import matcher, told
from djup.knowledge.search import looks_at
from djup.model import Finding, Place, Record
from djup.source.edits import Edit, OverlapError, apply_edits
from djup.source.python import SKIP_FILE, Module
from djup.source.text import SourceText, Unreadable, read_text
from djup.source.tree import parses_in_python3

_BODY = re.compile(rb"^(?:@|(?:class|def|async)\b)", re.MULTILINE)
_SOUTH = re.compile(rb"^\s*(?:from|import)\s+south\b", re.MULTILINE)
_LAST_OF_SOUTH = (1, 7)
"""The release that ended South: its migrations run under none after it, so no later change is about them."""
_PASSES = 6
_KEPT = 8
"""Modules that are remembered: the file at hand, as it was before and after a change."""
_LATELY: dict[tuple[PurePosixPath, bytes], Module] = {}
_LOOKED: Counter[str] = Counter()
_SETTLED: Counter[str] = Counter()
AnyPatch = Patch | TemplatePatch
_STEPS: tuple[Callable[[Patch], None], ...] = (
    moved, keywords, methods, options, overrides, commands, strings, settings, pin, unused_imports,
)  # fmt: skip


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


class Checked(Record):
    """Whether a file would be rewritten; ``alone`` tells that this follows from the file by itself."""

    path: PurePosixPath
    changes: bool
    alone: bool = False


class FixedTree(Record):
    """A project after fixing.

    ``changed`` has, for each change in order, the files it rewrites with their new bytes, on top of the
    changes before.
    """

    changed: Mapping[str, Mapping[PurePosixPath, bytes]]
    edits: Mapping[str, int]
    findings: tuple[Finding, ...]
    unreadable: Mapping[PurePosixPath, Unreadable]


def fix_text(data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts | None = None) -> Fixed:
    """Rewrite one file by all changes that apply to it, one after the other; what is left becomes findings."""
    known = facts or Facts()
    held, text = _read(data, path, changes, known)
    if not held or text is None:
        return Fixed(path=path, text=data)
    if isinstance(text, Unreadable):
        return Fixed(path=path, text=data, unreadable=text)
    fixed = _chained(_fix(text, path, held, known, data), held, changes, known)
    if not fixed.steps:
        return fixed
    if is_python(path) and parses_in_python3(text.body) and not _parses(fixed.text, path):
        return _fix(text, path, _that_parse(text, path, held, known), known, data)
    return fixed


def check_text(data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts) -> Checked:
    """Whether any of some changes that have a fixer would rewrite a file: the first that does settles it."""
    hits = _hits(data, path, changes, facts)
    if not hits and path not in facts.settings | facts.configurers:
        return Checked(path=path, changes=False, alone=True)
    wanted = frozenset(place for place in hits if _may_rewrite(changes[place], path))
    held, text = _hold(wanted, data, path, changes, facts)
    if not isinstance(text, SourceText):
        return Checked(path=path, changes=False)
    likely = [one for one in held if may_edit(one, text.body, path, facts)] if is_python(path) else held
    if is_python(path) and _moves_at_head(text.body, path, likely):
        return Checked(path=path, changes=True)
    for one in sorted(likely, key=_luck, reverse=True):
        _LOOKED[one.id] += 1
        if _attempt(text.body, path, one, facts).body != text.body:
            _SETTLED[one.id] += 1
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


def _luck(change: Change) -> float:
    """How often a change that was looked for so far was there: those that settle most files are looked for first."""
    return (_SETTLED[change.id] + 1) / (_LOOKED[change.id] + 2)


def _fix(text: SourceText, path: PurePosixPath, held: Sequence[Change], facts: Facts, data: bytes) -> Fixed:
    """Make the changes one after the other, each on the text the one before left."""
    body = text.body
    edits: dict[str, int] = {}
    steps: list[tuple[str, bytes]] = []
    operations: list[tuple[str, Operation]] = []
    for change in held:
        done = _attempt(body, path, change, facts)
        encoded = _encoded(text, done.body) if done.body != body else None
        if encoded is not None:
            body = done.body
            edits[change.id] = done.edits
            operations += [(change.id, one) for one in done.operations]
            steps.append((change.id, encoded))
    left = [one for change in held for one in _findings(_patched(body, path, change, facts), path)]
    return Fixed(
        path=path,
        text=steps[-1][1] if steps else data,
        edits=edits,
        steps=tuple(steps),
        findings=tuple(left),
        operations=tuple(operations),
    )


def _chained(fixed: Fixed, held: Sequence[Change], changes: Sequence[Change], facts: Facts) -> Fixed:
    """Make the changes too that only what others wrote gives rise to: a pinned setting that was renamed since."""
    seen = list(held)
    for _ in range(_PASSES if fixed.steps else 0):
        hit, text = _read(fixed.text, fixed.path, changes, facts)
        new = [one for one in hit if one not in seen]
        if not new or not isinstance(text, SourceText):
            break
        seen += new
        more = _fix(text, fixed.path, new, facts, fixed.text)
        fixed = Fixed(
            path=fixed.path,
            text=more.text,
            edits={**fixed.edits, **more.edits},
            steps=(*fixed.steps, *more.steps),
            findings=(*fixed.findings, *more.findings),
            operations=(*fixed.operations, *more.operations),
        )
    return fixed


def _parses(data: bytes, path: PurePosixPath) -> bool:
    text = read_text(data, python=is_python(path))
    return isinstance(text, SourceText) and parses_in_python3(text.body)


def _that_parse(text: SourceText, path: PurePosixPath, held: Sequence[Change], facts: Facts) -> list[Change]:
    """The changes after each of which, alone, Python's own parser still takes the file."""
    return [one for one in held if parses_in_python3(_attempt(text.body, path, one, facts).body)]


def find_text(
    data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts | None = None
) -> tuple[Finding, ...]:
    """Return every place in one file where a change applies; ``fixable`` are those that :func:`fix_text` rewrites."""
    known = facts or Facts()
    held, text = _read(data, path, changes, known)
    if not held or not isinstance(text, SourceText):
        return ()
    found: list[Finding] = []
    for change in held:
        patch = _patched(text.body, path, change, known)
        found += _findings(patch, path, _attempt(text.body, path, change, known).sites)
    return tuple(found)


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
    for path in paths:
        if not (is_python(path) or is_template(path)):
            continue
        fixed = fix_text((root / path).read_bytes(), path, wanted, facts)
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
    return tuple(
        finding
        for path in paths
        if is_python(path) or is_template(path)
        for finding in find_text((root / path).read_bytes(), path, changes, facts)
    )


def _read(
    data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts
) -> tuple[list[Change], SourceText | Unreadable | None]:
    """The changes a file may hold by its needles and kind, and its text; nothing for a file that asks to be left."""
    return _hold(_hits(data, path, changes, facts), data, path, changes, facts)


def _hold(
    hits: frozenset[int], data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts
) -> tuple[list[Change], SourceText | Unreadable | None]:
    python = is_python(path)
    if not (python or is_template(path)) or SKIP_FILE.search(data):
        return [], None
    pinned = path in facts.holders or path in facts.configurers
    held = [
        one
        for place, one in enumerate(changes)
        if (place in hits and _matters(one, path, facts, python=python)) or (pinned and one.pin is not None)
    ]
    if is_migration(path) and _SOUTH.search(data):
        held = [one for one in held if one.moved or one.release <= _LAST_OF_SOUTH]
    return held, read_text(data, python=python) if held else None


def _hits(data: bytes, path: PurePosixPath, changes: Sequence[Change], facts: Facts) -> frozenset[int]:
    """The places of the changes whose needles are in a file."""
    if not is_python(path):
        return matcher(changes, python=False).hits(data)
    return matcher(changes).hits(data, package_of(path)) | told(changes, facts).hits(data)


def _matters(change: Change, path: PurePosixPath, facts: Facts, *, python: bool) -> bool:
    """Whether a change is about this kind of file, and about a project such as this."""
    if not all(getattr(facts, name) for name in change.seen.facts) or facts.gives(change.seen.unless):
        return False
    return looks_at(change, path, facts) if python else "template" in change.where


def _encoded(text: SourceText, body: bytes) -> bytes | None:
    try:
        return text.encode(body)
    except UnicodeEncodeError:
        return None


class _Attempt(Record):
    """What a change made of a text: the new body, the places of the old one it rewrote, and what migrations must do."""

    body: bytes
    sites: frozenset[int] = frozenset()
    edits: int = 0
    operations: tuple[Operation, ...] = ()


def _attempt(body: bytes, path: PurePosixPath, change: Change, facts: Facts) -> _Attempt:
    """Apply one change, again where rewritings lie within each other, until nothing is left for it to do.

    A result that does not hold, or does not come to rest, is given up whole.
    """
    patch = first = _patched(body, path, change, facts)
    result, count = body, 0
    operations: tuple[Operation, ...] = ()
    for _ in range(_PASSES):
        edits = patch.edits()
        if not edits:
            return _Attempt(body=result, sites=frozenset(first.sites), edits=count, operations=operations)
        count, operations = count + len(patch.sites), (*operations, *patch.operations)
        try:
            result = apply_edits(result, edits)
        except OverlapError:
            break
        if isinstance(patch, Patch):
            _remember(patch.module.after(edits, result))
        again = _patched(result, path, change, facts)
        if not _holds(patch, edits, again):
            break
        patch = again
    return _Attempt(body=body)


def _holds(patch: AnyPatch, edits: Sequence[Edit], again: AnyPatch) -> bool:
    if isinstance(patch, TemplatePatch):
        return isinstance(again, TemplatePatch) and patch.holds(edits, again)
    return isinstance(again, Patch) and patch.holds(edits, again)


def _patched(body: bytes, path: PurePosixPath, change: Change, facts: Facts) -> AnyPatch:
    """Let the data of a change and its fixer work on one text."""
    named = (change.fix, change.find)
    if not is_python(path):
        template = TemplatePatch(body, change, facts, path)
        for step in (
            renamed_tags,
            template_strings,
            *(TEMPLATE_FIXERS[one] for one in named if one in TEMPLATE_FIXERS),
        ):
            step(template)
        return template
    patch = Patch(_parsed(body, path), change, facts)
    if _may_rewrite(change, path):
        for one in (*_STEPS, *(FIXERS[name] for name in named if name in FIXERS)):
            one(patch)
    return patch


def _may_rewrite(change: Change, path: PurePosixPath) -> bool:
    """Whether a change has rules for this kind of file: migrations are rewritten only by those made for them.

    Those that South made run under no release that knows others: only their imports are.
    """
    if not is_migration(path) or change.moved:
        return True
    return "migration" in change.where and path.parent.name != "south_migrations"


def _parsed(body: bytes, path: PurePosixPath) -> Module:
    """A file parsed once for all changes that look at it one after the other."""
    return _LATELY.get((path, body)) or _remember(Module(body, path))


def _remember(module: Module) -> Module:
    _LATELY[module.path, module.body] = module
    if len(_LATELY) > _KEPT:
        del _LATELY[next(iter(_LATELY))]
    return module


def _findings(patch: AnyPatch, path: PurePosixPath, fixable: frozenset[int] = frozenset()) -> list[Finding]:
    """The places where a change applies: those its data finds, those its fixer takes or leaves to a person."""
    change = patch.change
    hints = dict.fromkeys((*patch.places(), *fixable), change.advice) | {one.offset: one.hint for one in patch.reports}
    lines = {patch.position(offset)[0] for offset in fixable}
    found: dict[int, Finding] = {}
    for offset, hint in sorted(hints.items()):
        line, column = patch.position(offset)
        found.setdefault(
            line,
            Finding(
                change=change.id,
                summary=change.summary,
                severity="may" if change.pin is not None else change.severity,
                place=Place(path=path, line=line, column=column),
                confidence=change.confidence,
                fixable=line in lines,
                hint=hint,
                link=change.notes,
            ),
        )
    return list(found.values())
