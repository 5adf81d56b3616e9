"""How long a path takes: a machine's minutes and a person's hours, from counts and stated assumptions."""

from __future__ import annotations

from collections.abc import Iterable

from djup.model import Finding, Record, UpgradePath

TEST_SECONDS = 60.0
"""What a test run is taken to last while nobody has measured it."""

HOP_SECONDS = 15.0
"""djup's own work in a hop: rewriting, resolving, installing from a warm cache."""

BY_HAND = {"must": 15.0, "should": 5.0, "may": 1.0}
"""Minutes a person needs for a finding without a fixer, by its severity."""

REVIEW = 0.25
"""Minutes a person needs to read one rewritten place."""


class Estimate(Record):
    """Minutes of wall time for the run, and hours of a person's work, each rounded to what is meant seriously."""

    run_minutes: int
    person_hours: float
    fixable: int
    by_hand: int


def estimate(path: UpgradePath, findings: Iterable[Finding], test_seconds: float = TEST_SECONDS) -> Estimate:
    """Estimate a path; ``test_seconds`` is the length of one test run where it is known."""
    found = list(findings)
    fixable = [finding for finding in found if finding.fixable]
    by_hand = [finding for finding in found if not finding.fixable]
    run = (len(path.hops) + 1) * test_seconds + len(path.hops) * HOP_SECONDS
    person = len(fixable) * REVIEW + sum(BY_HAND[finding.severity] for finding in by_hand)
    return Estimate(
        run_minutes=max(1, round(run / 60)),
        person_hours=round(person / 60, 1),
        fixable=len(fixable),
        by_hand=len(by_hand),
    )
