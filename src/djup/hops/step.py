"""A step of a hop: everything that is known of it in one record, and how one is run and put on record."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from typing import Any

from djup.errors import DjupError
from djup.hops.context import RunContext, StepOutcome
from djup.hops.ledger import Evidence
from djup.hops.verdict import GREEN, Verdict
from djup.model import Hop, StepResult

StepFunction = Callable[[RunContext, Hop], StepOutcome]
JudgeFunction = Callable[[RunContext, Hop], Verdict]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a hop.

    ``run`` does it, ``judge`` tells from its evidence whether the hop is green so far (a step without one only does
    something). ``evidence`` are the keys under which it keeps what it measured, ``logs`` tells that it has a folder of
    logs. ``at_baseline``: it runs at hop 0 too. ``repeated``: it runs again once a repair is known, or a person mended
    something. ``repairable``: a repair changes what it does, so that it runs again when a repair is taken back.
    """

    name: str
    run: StepFunction
    judge: JudgeFunction | None = None
    evidence: tuple[Evidence[Any], ...] = ()
    logs: bool = False
    at_baseline: bool = False
    repeated: bool = False
    repairable: bool = False

    def verdict(self, context: RunContext, hop: Hop) -> Verdict:
        """Whether the hop is green so far, by what this step measured; notes go to the reporter."""
        verdict = self.judge(context, hop) if self.judge else GREEN
        for note in verdict.notes:
            context.reporter.note(note)
        return verdict


def run_once(context: RunContext, hop: Hop, name: str, function: StepFunction) -> None:
    """Run a step that is not over yet; one that an earlier process finished is only told of."""
    if context.ledger.step(hop.number, name) is None:
        run_step(context, hop, name, function)
    else:
        context.reporter.step_resumed(hop, name)


def run_step(context: RunContext, hop: Hop, name: str, function: StepFunction) -> None:
    """Run a step and record what it left; an error is told and goes on its way."""
    context.reporter.step_started(hop, name)
    started = time.monotonic()
    try:
        outcome = function(context, hop)
    except DjupError as error:
        blocked = StepResult(
            hop=hop.number,
            step=name,
            status="blocked",
            seconds=time.monotonic() - started,
            head=context.git.head,
            message=error.problem,
        )
        # Told but not on record: the step is not over, and the next run begins with it.
        context.reporter.step_ended(hop, blocked)
        raise
    result = StepResult(
        hop=hop.number,
        step=name,
        status="skipped" if outcome.skipped else "done",
        seconds=time.monotonic() - started,
        head=context.git.head,
        commits=outcome.commits,
        message=outcome.message,
        waited=outcome.waited,
    )
    context.reporter.step_ended(hop, context.ledger.end_step(result))


def results_of(context: RunContext, hop: Hop) -> tuple[StepResult, ...]:
    """The steps of a hop that are over, in the order they ended."""
    return tuple(step for step in context.ledger.steps() if step.hop == hop.number)
