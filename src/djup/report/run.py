"""The report of a run, made from what its ledger holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from djup.hops.evidence import CAUSES, CONFIDENCE, FINDINGS, REPAIRS, TEST_EDITS, TESTS
from djup.hops.ledger import Evidence, Ledger, Run
from djup.model import (
    Commit,
    Finding,
    HopResult,
    PackageMove,
    Stop,
    TestRun,
    release_text,
)
from djup.report.upgrade import At, BeforeAfter, HopLine, StepLine, TriedRepair, UpgradePage, WarnedBeforeAfter
from djup.verify.confidence import Confidence, sentences
from djup.verify.counts import count_tests, count_warnings
from djup.verify.outcomes import Named, named_tests

T = TypeVar("T")


def build_report(ledger: Ledger, run: Run, worktree: str) -> UpgradePage:
    """Make the report of a run from what its ledger holds, whatever state the run is in."""
    hops = ledger.hops()
    lines = tuple(_hop_line(hop, ledger.kept(hop.hop.number, CONFIDENCE)) for hop in hops)
    green = [hop for hop in hops if hop.green]
    last = green[-1].hop.number if green else 0
    baseline = ledger.kept(0, TESTS)
    final = ledger.kept(last, TESTS)
    numbers = (0, *(hop.number for hop in run.path.hops))
    return UpgradePage(
        verdict=run.state,
        project=run.top.name,
        start=_at(run.path.start),
        target=_at(run.path.target),
        reached=_at(green[-1].hop.end if green else run.path.start),
        hops=lines,
        hops_planned=len(run.path.hops),
        tests=BeforeAfter(
            baseline=_counted(count_tests, baseline), final=_counted(count_tests, final) if green else None
        ),
        warnings=WarnedBeforeAfter(
            baseline=_counted(count_warnings, baseline), final=_counted(count_warnings, final) if green else None
        ),
        changes=_changes(hops),
        packages=_moves(hops),
        kept=tuple(kept for hop in hops for kept in hop.kept),
        findings=_findings(ledger, hops),
        branch=run.branch,
        base=run.base,
        head=_head(hops, run),
        worktree=worktree,
        logs=str(ledger.logs),
        seconds=run.seconds,
        seconds_overhead=sum(line.overhead for line in lines),
        reason=run.reason,
        hint=run.hint,
        notes=(*run.path.notes, *run.notes),
        named_tests=_named(ledger, numbers),
        test_edits=_last_kept(ledger, numbers, TEST_EDITS) or (),
        causes=_last_kept(ledger, numbers, CAUSES) or (),
        repairs=_tried(ledger, numbers),
    )


def _tried(ledger: Ledger, numbers: Sequence[int]) -> tuple[TriedRepair, ...]:
    kept = {number: ledger.kept(number, REPAIRS) or () for number in numbers}
    return tuple(
        TriedRepair(hop=number, what=repair.what, why=repair.why, kept=not repair.vain)
        for number in numbers
        for repair in kept[number]
    )


def _named(ledger: Ledger, numbers: Sequence[int]) -> tuple[Named, ...]:
    kept = {hop: ledger.kept(hop, TESTS) for hop in numbers}
    return named_tests({hop: run for hop, run in kept.items() if run is not None})


def _last_kept(ledger: Ledger, numbers: Sequence[int], key: Evidence[T]) -> T | None:
    """The evidence of the last hop that kept any under that key."""
    kept = (ledger.kept(hop, key) for hop in reversed(numbers))
    return next((evidence for evidence in kept if evidence is not None), None)


def _at(stop: Stop) -> At:
    return At(django=stop.django, python=release_text(stop.python))


def _hop_line(result: HopResult, confidence: Confidence | None) -> HopLine:
    steps = tuple(
        StepLine(
            step=step.step,
            status=step.status,
            seconds=step.seconds,
            waited=step.waited,
            message=step.message,
            commits=step.commits,
        )
        for step in result.steps
    )
    return HopLine(
        number=result.hop.number,
        kind=result.hop.kind,
        start=_at(result.hop.start),
        end=_at(result.hop.end),
        why=result.hop.why,
        green=result.green,
        seconds=sum(step.seconds for step in steps),
        overhead=sum(step.seconds - step.waited for step in steps),
        steps=steps,
        commits=tuple(commit for step in steps for commit in step.commits),
        packages=result.packages,
        reason=result.reason,
        confidence=confidence,
        proven=sentences(confidence) if confidence else (),
    )


def _counted(count: Callable[[TestRun], T], run: TestRun | None) -> T | None:
    return None if run is None else count(run)


def _commits(hops: Sequence[HopResult]) -> list[Commit]:
    return [commit for hop in hops for step in hop.steps for commit in step.commits]


def _changes(hops: Sequence[HopResult]) -> dict[str, int]:
    edits: dict[str, int] = {}
    for commit in _commits(hops):
        if commit.change:
            edits[commit.change] = edits.get(commit.change, 0) + commit.edits
    return edits


def _moves(hops: Sequence[HopResult]) -> tuple[PackageMove, ...]:
    """Where each package began and ended over all hops, with the reason of its last move."""
    moves: dict[str, PackageMove] = {}
    for move in (move for hop in hops for move in hop.packages):
        first = moves.get(move.name, move)
        moves[move.name] = PackageMove(name=move.name, start=first.start, end=move.end, why=move.why)
    return tuple(sorted((move for move in moves.values() if move.start != move.end), key=lambda move: move.name))


def _findings(ledger: Ledger, hops: Sequence[HopResult]) -> tuple[Finding, ...]:
    """The findings of the last hop that kept any: each hop's search covers the whole project."""
    for hop in reversed(hops):
        kept = ledger.kept(hop.hop.number, FINDINGS)
        if kept is not None:
            return kept
    return ()


def _head(hops: Sequence[HopResult], run: Run) -> str:
    heads = [step.head for hop in hops if hop.green for step in hop.steps]
    return heads[-1] if heads else run.base
