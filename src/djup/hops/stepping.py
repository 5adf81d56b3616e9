"""Running one step of a hop: told when it begins and ends, timed, and put on record once it is over."""

from __future__ import annotations

import time

from djup.errors import DjupError
from djup.hops.work import StepFunction, Work
from djup.model import Hop, StepResult


def run_step(work: Work, hop: Hop, name: str, function: StepFunction) -> None:
    """Run a step and record what it left; an error is told and goes on its way."""
    work.reporter.step_started(hop, name)
    started = time.monotonic()
    try:
        done = function(work, hop)
    except DjupError as error:
        failed = StepResult(
            hop=hop.number,
            step=name,
            status="blocked",
            seconds=time.monotonic() - started,
            head=work.git.head,
            message=error.problem,
        )
        work.reporter.step_ended(hop, failed)
        raise
    result = StepResult(
        hop=hop.number,
        step=name,
        status="skipped" if done.skipped else "done",
        seconds=time.monotonic() - started,
        head=work.git.head,
        commits=done.commits,
        message=done.message,
        waited=done.waited,
    )
    work.reporter.step_ended(hop, work.ledger.end_step(result))


def results_of(work: Work, hop: Hop) -> tuple[StepResult, ...]:
    """The steps of a hop that are over, in the order they ended."""
    return tuple(step for step in work.ledger.steps() if step.hop == hop.number)
