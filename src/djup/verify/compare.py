"""Baseline against now: whether a hop is green, and what is worse where it is not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from djup.model import Checked, Outcome, Record, TestRun, Trouble
from djup.verify.counts import FAILING, PASSING

SKIPPED = "it is skipped now"
"""What is said of a test that ran at the baseline and is skipped now begins so."""

SUBJECTS = {
    "sources": "source file",
    "settings": "settings module",
    "check": "system check",
    "drift": "migration drift",
    "templates": "template",
    "imports": "module",
}


class Worse(Record):
    """One thing that was well at the baseline and is not now.

    ``kind`` is ``test``, ``missing`` or the name of a sweep.
    """

    kind: str
    subject: str
    message: str
    owner: str = ""
    trace: str = ""


class Comparison(Record):
    """What is worse and what is better than at the baseline; green means that nothing is worse."""

    worse: tuple[Worse, ...]
    recovered: tuple[str, ...] = ()

    @property
    def green(self) -> bool:
        """Whether nothing is worse."""
        return not self.worse


def compare_checks(before: Iterable[Checked], now: Iterable[Checked]) -> Comparison:
    """Compare checks and sweeps by name: a trouble counts if its subject was not in trouble at the baseline."""
    baseline = {checked.name: checked for checked in before}
    worse: list[Worse] = []
    recovered: list[str] = []
    for checked in now:
        known = baseline.get(checked.name)
        old = {(trouble.subject, _kernel(trouble)) for trouble in known.troubles} if known else set()
        subjects = {subject for subject, _ in old}
        fresh = [trouble for trouble in checked.troubles if _is_new(checked.name, trouble, old, subjects)]
        worse += [_worse(checked.name, trouble) for trouble in fresh]
        recovered += [f"{checked.name}: {subject}" for subject in subjects if subject in checked.well]
        if known and known.ran and not checked.ran and not checked.troubles:
            worse.append(Worse(kind=checked.name, subject=checked.name, message=f"it could not run: {checked.reason}"))
    return Comparison(worse=tuple(worse), recovered=tuple(recovered))


def _is_new(name: str, trouble: Trouble, old: set[tuple[str, str]], subjects: set[str]) -> bool:
    """Check ids and drift may show several troubles per subject, so there the message counts as well."""
    if name in ("check", "drift"):
        return (trouble.subject, _kernel(trouble)) not in old
    return trouble.subject not in subjects


def _kernel(trouble: Trouble) -> str:
    return trouble.message if not trouble.trace else ""


def _worse(kind: str, trouble: Trouble) -> Worse:
    return Worse(kind=kind, subject=trouble.subject, message=trouble.message, owner=trouble.owner, trace=trouble.trace)


def compare_tests(before: TestRun, now: TestRun, renamed: Mapping[str, str] | None = None) -> Comparison:
    """Compare outcomes by id: what passed must pass, and what was there must be there.

    ``renamed`` maps old ids to new. A run that did not come to its end is one thing, not as many as it left out. A test
    that was flaky at the baseline proves nothing by failing.
    """
    if not now.finished and before.finished:
        return Comparison(worse=(Worse(kind="test", subject="test run", message=now.reason, trace=now.tail),))
    names = renamed or {}
    after = {outcome.id: outcome for outcome in now.outcomes}
    worse: list[Worse] = []
    recovered: list[str] = []
    for outcome in before.outcomes:
        current = after.get(names.get(outcome.id, outcome.id))
        if outcome.nature == "flaky" and current is not None:
            continue
        if current is None:
            if outcome.status not in FAILING and not _is_holder(outcome):
                worse.append(Worse(kind="missing", subject=outcome.id, message="this test was there and is gone"))
        elif outcome.status in PASSING and current.status not in PASSING:
            message = current.message if current.status in FAILING else f"it is {current.status} now: {current.message}"
            worse.append(Worse(kind="test", subject=outcome.id, message=message, trace=current.message))
        elif outcome.status in FAILING and current.status in PASSING:
            recovered.append(outcome.id)
    old = {outcome.id for outcome in before.outcomes}
    worse += [
        Worse(kind="test", subject=outcome.id, message=outcome.message, trace=outcome.message)
        for outcome in now.outcomes
        if outcome.status in FAILING and outcome.id not in old and outcome.id not in names.values()
    ]
    return Comparison(worse=tuple(worse), recovered=tuple(recovered))


def _is_holder(outcome: Outcome) -> bool:
    """Whether an id stands for a fixture (``setUpClass (app.Test)``) or a module rather than for a test."""
    return outcome.id.endswith(")") and "(" in outcome.id and "[" not in outcome.id
