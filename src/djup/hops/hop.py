"""A hop: its steps in order, judged against the baseline, repaired while that helps, ended green or stopped."""

from __future__ import annotations

from djup.hops.diagnosing import causes_of
from djup.hops.judge import Verdict, judge, signature
from djup.hops.last import run_last_hop
from djup.hops.repair import find_repairs
from djup.hops.repairs import MAX_REPAIRS, Repair, give_up, repairs_of, take_back
from djup.hops.session import mark_green, rewind
from djup.hops.stepping import results_of, run_step
from djup.hops.steps import AFTER_REPAIR, STEPS, steps_of
from djup.hops.work import Work
from djup.model import Hop, HopResult, PackageMove
from djup.packages.resolve import ConflictError

UNDONE = ("bump", "install", "adapt")
"""The steps that repairs change."""


def run_hop(work: Work, hop: Hop) -> HopResult:
    """Run what is not over yet of a hop, and record how it went."""
    if hop.kind == "packages":
        return run_last_hop(work, hop)
    work.reporter.hop_started(hop)
    verdict = _until_green(work, hop)
    result = HopResult(
        hop=hop,
        green=verdict.green,
        steps=results_of(work, hop),
        packages=work.ledger.kept(hop.number, "moves", tuple[PackageMove, ...]) or (),
        reason=verdict.reason,
        hint=verdict.hint,
    )
    if verdict.green:
        mark_green(work)
    work.ledger.end_hop(result)
    work.reporter.hop_ended(hop, green=verdict.green)
    return result


def _until_green(work: Work, hop: Hop) -> Verdict:
    """Run the steps; while the verdict is red and a repair is known, apply it and run what depends on it again."""
    verdict = _run_steps(work, hop)
    in_vain = False
    while not verdict.green and hop.number and len(repairs_of(work, hop)) < MAX_REPAIRS:
        repairs = find_repairs(work, hop, verdict)
        if not repairs:
            break
        for repair in repairs:
            work.reporter.note(str(repair))
        before, verdict = verdict, _repaired(work, hop, repairs, verdict)
        in_vain = not verdict.green and signature(verdict) == signature(before)
        if in_vain:
            take_back(work, hop, repairs)
    if in_vain:
        _undo(work, hop)
    if hop.number:
        work.ledger.keep(hop.number, "causes", causes_of(work, hop, verdict))
    return verdict


def _undo(work: Work, hop: Hop) -> None:
    """Leave the branch without the repairs that were taken back last; what was measured with them stays true."""
    fixed = work.ledger.step(hop.number, "fix")
    if fixed is None or any(work.ledger.step(hop.number, name) is None for name in UNDONE):
        return
    work.ledger.forget_steps(hop.number, UNDONE)
    rewind(work, fixed.head)
    for name in UNDONE:
        run_step(work, hop, name, STEPS[name])


def _repaired(work: Work, hop: Hop, repairs: tuple[Repair, ...], verdict: Verdict) -> Verdict:
    """Run again what depends on repairs; those that no set of packages allows are given up, the last one first."""
    while repairs:
        work.ledger.forget_steps(hop.number, AFTER_REPAIR)
        fixed = work.ledger.step(hop.number, "fix")
        if fixed is not None:
            rewind(work, fixed.head)
        try:
            return _run_steps(work, hop)
        except ConflictError as error:
            work.reporter.note(f"{repairs[-1].package} cannot be raised: {error.problem}")
            give_up(work, hop, repairs[-1:])
            repairs = repairs[:-1]
    return verdict


def _run_steps(work: Work, hop: Hop) -> Verdict:
    """Run each step in turn.

    A step that measures is judged at once, as nothing after it is worth its time when it is red.
    """
    verdict = Verdict(green=True)
    for name in steps_of(hop):
        if work.ledger.step(hop.number, name) is None:
            run_step(work, hop, name, STEPS[name])
        else:
            work.reporter.step_resumed(hop, name)
        verdict = judge(work, hop, name)
        if not verdict.green:
            break
    return verdict
