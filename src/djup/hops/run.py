"""A run: the baseline and every hop that is not green yet, in order; how it ended is always put on record."""

from __future__ import annotations

import time

from djup.errors import BaselineError, DjupError, EnvironmentFailedError, NeedsPerson
from djup.hops.hop import run_hop
from djup.hops.ledger import Run, State
from djup.hops.leftovers import drop_database
from djup.hops.session import end_run
from djup.hops.work import Work
from djup.model import Hop, HopResult

ENDINGS: dict[type[DjupError], State] = {
    BaselineError: "baseline-red",
    NeedsPerson: "blocked",
    EnvironmentFailedError: "environment-failed",
}
"""The state of a run that an error ended. Any other error leaves it running: the same command takes it up again."""


def run_hops(work: Work) -> Run:
    """Run what is not green yet and return the run as it ended; raises the error that ended it before its target."""
    started = time.monotonic()
    try:
        _run_each(work)
    except tuple(ENDINGS) as error:
        seconds = time.monotonic() - started
        end_run(work, _ending(error), reason=error.problem, hint=error.hint, seconds=seconds)
        raise
    except BaseException:
        # Ctrl-C and bugs as well: the time spent counts, and the state stays what it was.
        end_run(work, "running", seconds=time.monotonic() - started)
        raise
    drop_database(work)
    return end_run(work, "green", seconds=time.monotonic() - started)


def _run_each(work: Work) -> None:
    green = {result.hop.number for result in work.ledger.hops() if result.green}
    for hop in work.stops:
        if hop.number not in green:
            result = run_hop(work, hop)
            if not result.green:
                raise _stopped(work, hop, result)


def _ending(error: DjupError) -> State:
    return next(state for kind, state in ENDINGS.items() if isinstance(error, kind))


def _stopped(work: Work, hop: Hop, result: HopResult) -> NeedsPerson | BaselineError:
    if hop.number == 0:
        return BaselineError(result.reason, hint=result.hint)
    return NeedsPerson(
        f"the hop to {hop.end} is not green: {result.reason}",
        hint=f"What is needed is in `djup report`. Mend it in {work.root}, commit there, then run"
        " `djup upgrade --continue`; or give up with `djup upgrade --abort`.",
    )
