"""Counts of tests and warnings, as steps and reports show them."""

from __future__ import annotations

from djup.model import Record, TestRun, WarningSeen

PASSING = ("passed", "xfailed")
FAILING = ("failed", "error", "xpassed")


class Tests(Record):
    """Counts of test outcomes."""

    __test__ = False

    passed: int
    failed: int
    skipped: int
    total: int


class Warned(Record):
    """Counts of distinct warnings: all, those of own code, and those of own code about removals in Django."""

    total: int
    own: int
    own_removals: int


def count_tests(run: TestRun) -> Tests:
    """Count a run's outcomes; errors and unexpected successes count as failed, expected failures as passed."""
    statuses = [outcome.status for outcome in run.outcomes]
    return Tests(
        passed=sum(status in PASSING for status in statuses),
        failed=sum(status in FAILING for status in statuses),
        skipped=statuses.count("skipped"),
        total=len(statuses),
    )


def failing_of(run: TestRun) -> frozenset[str]:
    """The ids of the tests that fail."""
    return frozenset(outcome.id for outcome in run.outcomes if outcome.status in FAILING)


def about_removal(warning: WarningSeen) -> bool:
    """Whether a warning announces a removal in Django (RemovedInDjango60Warning, RemovedInNextVersionWarning …)."""
    return warning.category.rpartition(".")[2].startswith("RemovedIn")


def count_warnings(run: TestRun) -> Warned:
    """Count a run's distinct warnings."""
    own = [warning for warning in run.warnings if warning.owner == "own"]
    return Warned(total=len(run.warnings), own=len(own), own_removals=sum(map(about_removal, own)))
