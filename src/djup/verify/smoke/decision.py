"""When a site gets smoke tests: as the configuration says, else where its own tests are few or reach little. Pure."""

from __future__ import annotations

from typing import Literal

from djup.model import Record, TestRun
from djup.verify.counts import count_tests
from djup.verify.lines import Coverage

FEW_TESTS = 20
LITTLE_REACHED = 60.0
"""Per cent of statements."""


class SmokeDecision(Record):
    """Whether smoke tests are run, and why."""

    smoke: bool
    why: str


def decide_smoke(configured: bool | Literal["auto"], tests: TestRun | None, lines: Coverage | None) -> SmokeDecision:
    """Decide from the configuration, and for ``auto`` from what the project's own tests are at the baseline."""
    if configured != "auto":
        return SmokeDecision(smoke=configured, why="the configuration says so")
    passed = count_tests(tests).passed if tests else 0
    if passed < FEW_TESTS:
        why = f"the project has {passed} tests that pass" if passed else "there are no tests"
        return SmokeDecision(smoke=True, why=why)
    if lines is None or not lines.files:
        why = f"the project has {passed} tests; how much they reach was not measured"
        return SmokeDecision(smoke=False, why=why)
    why = f"the project's {passed} tests reach {lines.percent:.0f} % of its statements"
    return SmokeDecision(smoke=lines.percent < LITTLE_REACHED, why=why)
