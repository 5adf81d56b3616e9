"""The verdict on a step: whether the hop is green so far, what is worse than at the baseline, and what to do next."""

from __future__ import annotations

from djup.model import Record
from djup.verify.compare import Comparison, Worse
from djup.verify.failures import last_line
from djup.verify.inventory import stable

SHOWN = 3
"""Things that are worse a reason names."""


class Verdict(Record):
    """Whether nothing is worse, what is, and one paragraph that says so; ``notes`` are for a person to know anyway."""

    green: bool
    worse: tuple[Worse, ...] = ()
    reason: str = ""
    hint: str = ""
    notes: tuple[str, ...] = ()


GREEN = Verdict(green=True)


def verdict_of(comparison: Comparison) -> Verdict:
    """The verdict that a comparison with the baseline gives."""
    if comparison.green:
        return GREEN
    worse = comparison.worse
    shown = "; ".join(f"{thing.kind} {thing.subject}: {last_line(thing.message)}" for thing in worse[:SHOWN])
    more = f"; and {len(worse) - SHOWN} more" if len(worse) > SHOWN else ""
    return Verdict(green=False, worse=worse, reason=f"{len(worse)} worse than at the baseline: {shown}{more}.")


def signature(verdict: Verdict) -> frozenset[tuple[str, str, str]]:
    """What a verdict found worse, without what differs from run to run: the same after a repair that did nothing."""
    return frozenset((thing.kind, thing.subject, stable(last_line(thing.message))) for thing in verdict.worse)
