"""Failing tests run again, alone and in order: what always fails, what is flaky, and what depends on its order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal

import msgspec

from djup.model import Outcome, TestRun
from djup.verify.counts import FAILING

AGAIN_AT_MOST = 100
"""More failing tests than this are no matter of chance."""

ALONE_AT_MOST = 8
"""Failing tests that are run each in a process of its own; more are run together."""

CHANCES = 2
"""Times a test that fails alone is run again with chance falling otherwise, where no more than this many are left:"""
CHANCES_FOR = 5

Nature = Literal["flaky", "order-dependent"]
Run = Callable[[Sequence[str], int], TestRun]
"""Runs the tests of some ids (all, if there are none) with a seed for what is left to chance."""


def settle(run: TestRun, again: Run, note: Callable[[str], None], known: Collection[str] = ()) -> TestRun:
    """Run what failed again, but for the ``known``; return the run with the nature of what passes at times.

    A test that passes alone and fails a second time in order depends on its order; any other that passes is flaky.
    Both count as passed.
    """
    failing = [outcome.id for outcome in run.outcomes if outcome.status in FAILING and outcome.id not in known]
    if not failing or len(failing) > AGAIN_AT_MOST:
        return run
    note(f"running {len(failing)} failing tests again")
    reruns = _alone(failing, again, seed=0)
    alone = passed_of(reruns)
    natures: dict[str, Nature] = dict.fromkeys(sorted(alone), "flaky")
    if alone:
        reruns.append(again((), 0))
        natures |= {test: "order-dependent" for test in alone if test in _failed_of(reruns[-1:])}
    left = [test for test in failing if test not in alone]
    for seed in range(1, CHANCES + 1):
        if not left or len(left) > CHANCES_FOR:
            break
        tries = _alone(left, again, seed=seed)
        reruns += tries
        natures |= dict.fromkeys(sorted(passed_of(tries)), "flaky")
        left = [test for test in left if test not in natures]
    if natures:
        note("; ".join(f"{nature}: {test}" for test, nature in sorted(natures.items())[:CHANCES_FOR]))
    return msgspec.structs.replace(
        run,
        outcomes=tuple(_told(outcome, natures.get(outcome.id)) for outcome in run.outcomes),
        seconds=run.seconds + sum(rerun.seconds for rerun in reruns),
    )


def repeated(run: TestRun, second: TestRun) -> TestRun:
    """A run and a second one of the same: what passed only once is flaky."""
    failed = _failed_of([second])
    outcomes = tuple(
        msgspec.structs.replace(outcome, nature="flaky", message="it failed in a second run")
        if outcome.status == "passed" and outcome.id in failed and not outcome.nature
        else outcome
        for outcome in run.outcomes
    )
    return msgspec.structs.replace(run, outcomes=outcomes, seconds=run.seconds + second.seconds)


def _alone(ids: Sequence[str], again: Run, *, seed: int) -> list[TestRun]:
    """Run each test in a process of its own, or all together where they are many."""
    groups = [[test_id] for test_id in ids] if len(ids) <= ALONE_AT_MOST else [list(ids)]
    return [again(group, seed) for group in groups]


def passed_of(runs: Iterable[TestRun]) -> set[str]:
    """The ids that passed in any of some runs."""
    return {outcome.id for run in runs for outcome in run.outcomes if outcome.status == "passed"}


def _failed_of(runs: Iterable[TestRun]) -> set[str]:
    return {outcome.id for run in runs for outcome in run.outcomes if outcome.status in FAILING}


def _told(outcome: Outcome, nature: Nature | None) -> Outcome:
    if nature is None:
        return outcome
    return msgspec.structs.replace(outcome, status="passed", nature=nature, message=f"{nature}: {outcome.message}")
