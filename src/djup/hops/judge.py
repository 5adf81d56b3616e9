"""Is the hop green so far? The measuring steps against the baseline."""

from __future__ import annotations

from djup.hops.work import Work
from djup.model import Checked, Hop, Record, TestRun
from djup.verify.compare import Comparison, Worse, compare_checks, compare_tests
from djup.verify.counts import FAILING, count_tests

SHOWN = 3


class Verdict(Record):
    """Whether nothing is worse, what is, and one paragraph that says so."""

    green: bool
    worse: tuple[Worse, ...] = ()
    reason: str = ""


def judge(work: Work, hop: Hop, step: str) -> Verdict:
    """Return the verdict on a step that measures; other steps are fine once they ended."""
    if hop.number == 0:
        return _judge_baseline(work, step)
    if step == "check":
        before = work.ledger.kept(0, "checks", tuple[Checked, ...]) or ()
        now = work.ledger.kept(hop.number, "checks", tuple[Checked, ...]) or ()
        return _verdict(compare_checks(before, now))
    if step == "test":
        baseline, tests = work.ledger.kept(0, "tests", TestRun), work.ledger.kept(hop.number, "tests", TestRun)
        if baseline is not None and tests is not None:
            return _verdict(compare_tests(baseline, tests))
    return Verdict(green=True)


def _verdict(comparison: Comparison) -> Verdict:
    if comparison.green:
        return Verdict(green=True)
    worse = comparison.worse
    shown = "; ".join(f"{one.kind} {one.subject}: {last_line(one.message)}" for one in worse[:SHOWN])
    more = f"; and {len(worse) - SHOWN} more" if len(worse) > SHOWN else ""
    return Verdict(green=False, worse=worse, reason=f"{len(worse)} worse than at the baseline: {shown}{more}.")


def last_line(text: str) -> str:
    """The last line of a message or traceback that says something."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""


def _judge_baseline(work: Work, step: str) -> Verdict:
    if step == "check":
        checks = work.ledger.kept(0, "checks", tuple[Checked, ...]) or ()
        return _baseline_checks(checks)
    tests = work.ledger.kept(0, "tests", TestRun)
    return _baseline_tests(work, tests) if step == "test" and tests is not None else Verdict(green=True)


def _baseline_checks(checks: tuple[Checked, ...]) -> Verdict:
    """Settings must load and the system check must be clean; sweeps only measure what is well."""
    for one in checks:
        if one.name == "settings" and one.troubles:
            trouble = one.troubles[0]
            return Verdict(green=False, reason=f"the settings cannot be loaded: {last_line(trouble.message)}.")
        if one.name == "check" and one.troubles:
            shown = "; ".join(f"{trouble.subject} {trouble.message}" for trouble in one.troubles[:SHOWN])
            return Verdict(green=False, reason=f"`check` finds {len(one.troubles)} errors: {shown}.")
    return Verdict(green=True)


def _baseline_tests(work: Work, tests: TestRun) -> Verdict:
    """All tests must pass, unless the user accepts those that fail; and some must."""
    counts = count_tests(tests)
    failing = [outcome for outcome in tests.outcomes if outcome.status in FAILING]
    shown = "; ".join(f"{one.id}: {last_line(one.message)}" for one in failing[:SHOWN])
    if not tests.finished:
        return Verdict(green=False, reason=f"the tests do not run to their end: {tests.reason} (log: {tests.log}).")
    if not tests.outcomes:
        return Verdict(green=False, reason=f"no test ran (log: {tests.log or 'none: no test command was found'}).")
    if failing and (not work.run.config.accept_failures or not counts.passed):
        many = f"{len(failing)} of {counts.total} tests fail"
        return Verdict(green=False, reason=f"{many} before anything is changed: {shown}.")
    return Verdict(green=True)
