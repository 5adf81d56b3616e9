"""A hop: its steps in order, judged against the baseline, repaired while that helps, ended green or stopped."""

from __future__ import annotations

from collections.abc import Sequence

from djup.hops.causes import causes_of
from djup.hops.changed_lines import began_at
from djup.hops.context import RunContext
from djup.hops.evidence import CAUSES, MOVES
from djup.hops.package_hop.run import run_package_hop
from djup.hops.repairs.record import MAX_REPAIRS, give_up, repairs_of, take_back
from djup.hops.repairs.repair import Repair
from djup.hops.repairs.search import find_repairs
from djup.hops.session import mark_green, rewind
from djup.hops.step import Step, results_of, run_once, run_step
from djup.hops.steps import STEPS, repeated_names, steps_of
from djup.hops.verdict import GREEN, Verdict, signature
from djup.model import Hop, HopResult
from djup.packages.resolve import ConflictError


def run_hop(context: RunContext, hop: Hop, steps: Sequence[Step] = STEPS) -> HopResult:
    """Run what is not over yet of a hop, and record how it went."""
    if hop.kind == "packages":
        return run_package_hop(context, hop)
    context.reporter.hop_started(hop)
    verdict = _until_green(context, hop, steps_of(hop, steps))
    result = HopResult(
        hop=hop,
        green=verdict.green,
        steps=results_of(context, hop),
        packages=context.ledger.kept(hop.number, MOVES) or (),
        reason=verdict.reason,
        hint=verdict.hint,
    )
    if verdict.green:
        mark_green(context)
    context.ledger.end_hop(result)
    context.reporter.hop_ended(hop, green=verdict.green)
    return result


def _until_green(context: RunContext, hop: Hop, steps: Sequence[Step]) -> Verdict:
    """Run the steps; while the verdict is red and a repair is known, apply it and run what depends on it again."""
    verdict = _run_steps(context, hop, steps)
    if not hop.number:
        return verdict  # the baseline is the project as it is: nothing of it is repaired
    in_vain = False
    while not verdict.green and len(repairs_of(context, hop)) < MAX_REPAIRS:
        repairs = find_repairs(context, hop, verdict)
        if not repairs:
            break
        for repair in repairs:
            context.reporter.note(str(repair))
        before, verdict = verdict, _repaired(context, hop, steps, repairs, verdict)
        in_vain = not verdict.green and signature(verdict) == signature(before)
        if in_vain:
            take_back(context, hop, repairs)
    if in_vain:
        _undo(context, hop, steps)
    context.ledger.keep(hop.number, CAUSES, causes_of(context, hop, verdict))
    return verdict


def _run_steps(context: RunContext, hop: Hop, steps: Sequence[Step]) -> Verdict:
    """Run each step in turn.

    A step that measures is judged at once, as nothing after it is worth its time when it is red.
    """
    verdict = GREEN
    for step in steps:
        run_once(context, hop, step.name, step.run)
        verdict = step.verdict(context, hop)
        if not verdict.green:
            break
    return verdict


def _repaired(
    context: RunContext, hop: Hop, steps: Sequence[Step], repairs: tuple[Repair, ...], verdict: Verdict
) -> Verdict:
    """Run again what depends on repairs; those that no set of packages allows are given up, the last one first."""
    while repairs:
        context.ledger.forget_steps(hop.number, repeated_names(steps))
        _rewind_to_repairs(context, hop, steps)
        try:
            return _run_steps(context, hop, steps)
        except ConflictError as error:
            context.reporter.note(f"{repairs[-1].package} cannot be raised: {error.problem}")
            give_up(context, hop, repairs[-1:])
            repairs = repairs[:-1]
    return verdict


def _undo(context: RunContext, hop: Hop, steps: Sequence[Step]) -> None:
    """Leave the branch without the repairs that were taken back last; what was measured with them stays true."""
    repairable = [step for step in steps if step.repairable]
    if any(context.ledger.step(hop.number, step.name) is None for step in repairable):
        return  # a step of the last attempt failed: what it left is for a person to see
    context.ledger.forget_steps(hop.number, tuple(step.name for step in repairable))
    _rewind_to_repairs(context, hop, steps)
    for step in repairable:
        run_step(context, hop, step.name, step.run)


def _rewind_to_repairs(context: RunContext, hop: Hop, steps: Sequence[Step]) -> None:
    """Go back to where the steps that repairs change begin: what the last step before them left."""
    names = [step.name for step in steps]
    first = names.index(repeated_names(steps)[0])
    if not first:
        rewind(context, began_at(context, hop))
    elif (before := context.ledger.step(hop.number, names[first - 1])) is not None:
        rewind(context, before.head)
