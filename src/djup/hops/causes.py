"""The diagnosis of a red hop: what its ledger knows, given to the rules that find causes."""

from __future__ import annotations

from packaging.version import Version

from djup.hops.context import RunContext
from djup.hops.evidence import CHECKS, ENVIRONMENT, MOVES, TESTS
from djup.hops.verdict import Verdict
from djup.knowledge.changes import Change, changes_crossed
from djup.knowledge.package_changes import package_changes
from djup.model import Hop, WarningSeen, release_text
from djup.verify.diagnosis import Cause, DiagnosisContext, diagnose
from djup.verify.owners import Owners


def causes_of(context: RunContext, hop: Hop, verdict: Verdict) -> tuple[Cause, ...]:
    """The causes of what a verdict found worse, the one that explains most first; none before the install step."""
    built = context.ledger.kept(hop.number, ENVIRONMENT)
    if built is None:
        return ()
    moves = context.ledger.kept(hop.number, MOVES) or ()
    moved = {move.name: (move.start, move.end) for move in moves if move.start and move.end}
    known = DiagnosisContext(
        changes=(*changes_crossed(hop.start.release, hop.end.release), *_package_changes(hop, moved)),
        warnings=_warnings_before(context, hop),
        moved=moved,
    )
    return diagnose(verdict.worse, known, Owners(context.root, built.python))


def _package_changes(hop: Hop, moved: dict[str, tuple[str, str]]) -> list[Change]:
    """What the code must change for the versions of packages that the hop crosses, Python's among them."""
    crossed = {**moved, "python": (release_text(hop.start.python), release_text(hop.end.python))}
    return [
        change
        for name, (start, end) in crossed.items()
        for change in package_changes().get(name, ())
        if Version(start) < Version(change.removed) <= Version(end)
    ]


def _warnings_before(context: RunContext, hop: Hop) -> tuple[WarningSeen, ...]:
    """What the stop before the hop warned of: the same lines may fail now."""
    tests = context.ledger.kept(hop.number - 1, TESTS)
    checks = context.ledger.kept(hop.number - 1, CHECKS) or ()
    return (*(tests.warnings if tests else ()), *(warning for checked in checks for warning in checked.warnings))
