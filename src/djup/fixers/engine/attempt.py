"""One change made to one text, held against its result, and what it leaves to a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from djup.facts.files import is_migration, is_python
from djup.facts.project import Facts
from djup.fixers.declared.commands import commands
from djup.fixers.declared.keywords import keywords
from djup.fixers.declared.methods import methods
from djup.fixers.declared.moved_names import moved, unused_imports
from djup.fixers.declared.options import options
from djup.fixers.declared.overrides import overrides
from djup.fixers.declared.pins import pin
from djup.fixers.declared.settings import settings
from djup.fixers.declared.strings import strings, template_strings
from djup.fixers.declared.template_renames import renamed_tags
from djup.fixers.engine.migrations import Operation
from djup.fixers.engine.patch import Patch
from djup.fixers.engine.session import Session
from djup.fixers.engine.template_patch import TemplatePatch
from djup.fixers.registry import FIXERS, TEMPLATE_FIXERS
from djup.knowledge.changes import Change
from djup.model import Finding, Place, Record
from djup.source.edits import Edit, OverlapError, apply_edits

_PASSES = 6
AnyPatch = Patch | TemplatePatch
_STEPS: tuple[Callable[[Patch], None], ...] = (
    moved, keywords, methods, options, overrides, commands, strings, settings, pin, unused_imports,
)  # fmt: skip
"""What data alone says, in this order: names first, as later steps look for their new forms too."""


class Attempt(Record):
    """What a change made of a text: the new body, the places of the old one it rewrote, and what migrations must do."""

    body: bytes
    sites: frozenset[int] = frozenset()
    edits: int = 0
    operations: tuple[Operation, ...] = ()


def attempt(body: bytes, path: PurePosixPath, change: Change, facts: Facts, session: Session) -> Attempt:
    """Apply one change, again where rewritings lie within each other, until nothing is left for it to do.

    A result that does not hold, or does not come to rest, is given up whole.
    """
    patch = first = patched(body, path, change, facts, session)
    result, count = body, 0
    operations: tuple[Operation, ...] = ()
    for _ in range(_PASSES):
        edits = patch.edits()
        if not edits:
            return Attempt(body=result, sites=frozenset(first.sites), edits=count, operations=operations)
        count, operations = count + len(patch.sites), (*operations, *patch.operations)
        try:
            result = apply_edits(result, edits)
        except OverlapError:
            break
        if isinstance(patch, Patch):
            session.remember(patch.module.after(edits, result))
        again = patched(result, path, change, facts, session)
        if not _holds(patch, edits, again):
            break
        patch = again
    return Attempt(body=body)


def _holds(patch: AnyPatch, edits: Sequence[Edit], again: AnyPatch) -> bool:
    if isinstance(patch, TemplatePatch):
        return isinstance(again, TemplatePatch) and patch.holds(edits, again)
    return isinstance(again, Patch) and patch.holds(edits, again)


def patched(body: bytes, path: PurePosixPath, change: Change, facts: Facts, session: Session) -> AnyPatch:
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
    patch = Patch(session.parsed(body, path), change, facts)
    if may_rewrite(change, path):
        for one in (*_STEPS, *(FIXERS[name] for name in named if name in FIXERS)):
            one(patch)
    return patch


def may_rewrite(change: Change, path: PurePosixPath) -> bool:
    """Whether a change has rules for this kind of file: migrations are rewritten only by those made for them.

    Those that South made run under no release that knows others: only their imports are.
    """
    if not is_migration(path) or change.moved:
        return True
    return "migration" in change.where and path.parent.name != "south_migrations"


def findings(patch: AnyPatch, path: PurePosixPath, fixable: frozenset[int] = frozenset()) -> list[Finding]:
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
