"""Tests that a reader should know by name, over all hops: flaky, order-dependent and slow ones. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from djup.model import Outcome, Record, TestRun

SLOW = 5.0
"""Seconds from which a test is worth a name."""

SLOWER = 3.0
"""Times its baseline from which a slow test is said to have become so."""


class Named(Record):
    """A test with something to know: what, in which hop (0: the baseline) it showed first, and a sentence."""

    id: str
    what: Literal["flaky", "order-dependent", "slow"]
    hop: int
    detail: str


def named_tests(runs: Mapping[int, TestRun]) -> tuple[Named, ...]:
    """What is to be known of tests, by the runs of each hop; each once, from the hop where it showed first."""
    found: dict[tuple[str, str], Named] = {}
    before = {outcome.id: outcome for outcome in runs[min(runs)].outcomes} if runs else {}
    for hop in sorted(runs):
        for outcome in runs[hop].outcomes:
            named = _named(outcome, before.get(outcome.id), hop)
            if named is not None:
                found.setdefault((named.what, named.id), named)
    return tuple(found[key] for key in sorted(found))


def _named(outcome: Outcome, before: Outcome | None, hop: int) -> Named | None:
    if outcome.nature == "flaky":
        return Named(id=outcome.id, what="flaky", hop=hop, detail="fails and passes by turns")
    if outcome.nature:
        detail = "fails after the tests before it, and passes alone"
        return Named(id=outcome.id, what=outcome.nature, hop=hop, detail=detail)
    if outcome.seconds < SLOW:
        return None
    slower = before is not None and outcome.seconds > SLOWER * before.seconds
    was = f", {before.seconds:.1f} s at the baseline" if slower and before else ""
    return Named(id=outcome.id, what="slow", hop=hop, detail=f"takes {outcome.seconds:.1f} s{was}")
