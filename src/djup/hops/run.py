"""A run: the baseline and every hop that is not green yet, in order; how it ended is always put on record."""

from __future__ import annotations

import time

from djup.errors import BaselineError, DjupError, EnvironmentFailedError, NeedsPerson
from djup.hops.context import RunContext
from djup.hops.hop import run_hop
from djup.hops.ledger import Run, State
from djup.hops.leftovers import drop_database
from djup.hops.session import end_run
from djup.model import Hop, HopResult

ENDINGS: dict[type[DjupError], State] = {
    BaselineError: "baseline-red",
    NeedsPerson: "blocked",
    EnvironmentFailedError: "environment-failed",
}
"""The state of a run that an error ended. Any other error leaves it running: the same command takes it up again."""


def run_hops(context: RunContext) -> Run:
    """Run what is not green yet and return the run as it ended; raises the error that ended it before its target."""
    started = time.monotonic()
    try:
        _run_each(context)
    except tuple(ENDINGS) as error:
        seconds = time.monotonic() - started
        end_run(context, _ending(error), reason=error.problem, hint=error.hint, seconds=seconds)
        raise
    except BaseException:
        # Ctrl-C and bugs as well: the time spent counts, and the state stays what it was.
        end_run(context, "running", seconds=time.monotonic() - started)
        raise
    drop_database(context)
    return end_run(context, "green", seconds=time.monotonic() - started)


def _run_each(context: RunContext) -> None:
    green = {result.hop.number for result in context.ledger.hops() if result.green}
    for hop in context.stops:
        if hop.number not in green:
            result = run_hop(context, hop)
            if not result.green:
                raise _stopped(context, hop, result)


def _ending(error: DjupError) -> State:
    return next(state for kind, state in ENDINGS.items() if isinstance(error, kind))


def _stopped(context: RunContext, hop: Hop, result: HopResult) -> NeedsPerson | BaselineError:
    if hop.number == 0:
        return BaselineError(result.reason, hint=result.hint)
    return NeedsPerson(
        f"the hop to {hop.end} is not green: {result.reason}",
        hint=f"What is needed is in `djup report`. Mend it in {context.root}, commit there, then run"
        " `djup upgrade --continue`; or give up with `djup upgrade --abort`.",
    )
