"""The step that runs the project's tests and records every outcome, every warning, and which lines ran."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from djup.config import Config
from djup.environments.overlay import coverage_overlay
from djup.hops.changed_lines import changed_sources
from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import LINES, STRENGTHS, TEST_EDITS, TESTS
from djup.hops.place import project_now, workplace
from djup.hops.steps.check import NAME_SETTINGS
from djup.hops.test_code_edits import test_edits
from djup.hops.verdict import GREEN, Verdict, verdict_of
from djup.model import Hop, TestRun
from djup.project.tree import Tree
from djup.verify.assertions import Strength, skip_themselves, strengths, weakened
from djup.verify.compare import SKIPPED, Comparison, compare_tests
from djup.verify.counts import FAILING, count_tests, failing_of
from djup.verify.failures import last_line
from djup.verify.lines import lines_ran, measured
from djup.verify.tests import run_tests

NAME_COMMAND = "Name the command that runs them with --test-command; djup status shows the one that was found."

KNOWN_FAILURES = "If these failures are known, go on with --accept-failures: only tests that pass are compared then."

STAND_IN = "the project has no tests; smoke tests made from the running site stand in for them"

SHOWN = 3
"""Failing tests a reason names."""


def test(context: RunContext, hop: Hop) -> StepOutcome:
    """Run the tests, each failing one again; keep every outcome and warning, and what became of their code.

    At the baseline all own lines are measured; later only those of files that the hop changed, which costs little.
    """
    place = workplace(context, hop, "test", project_now(context))
    overlay = coverage_overlay(place.python).folder if place.tests else None
    only = changed_sources(context, hop) if hop.number else ()
    twice = hop.number == 0 and context.run.config.repeat_baseline
    before = context.ledger.kept(0, TESTS) if hop.number else None
    known = failing_of(before) if before is not None else frozenset()
    if overlay is not None and (only or not hop.number):
        run = run_tests(measured(place, overlay, only), context.reporter, twice=twice, known=known)
        context.ledger.keep(hop.number, LINES, lines_ran(place, overlay))
    else:
        run = run_tests(place, context.reporter, twice=twice, known=known)
    context.ledger.keep(hop.number, TESTS, run)
    context.ledger.keep(hop.number, STRENGTHS, strengths(context.root, Tree(context.root).python_files))
    context.ledger.keep(hop.number, TEST_EDITS, test_edits(context))
    counts = count_tests(run)
    message = f"{counts.passed} passed, {counts.failed} failed, {counts.skipped} skipped"
    return StepOutcome(message=message if run.finished else f"{message}; the run did not end well", waited=run.seconds)


# --- judging --------------------------------------------------------------------------------------------------------


def judge_test(context: RunContext, hop: Hop) -> Verdict:
    """The verdict on a run of the tests: against the baseline, or at the baseline by itself."""
    kept = context.ledger.kept
    tests = kept(hop.number, TESTS)
    if tests is None:
        return GREEN
    if not hop.number:
        return judge_baseline_tests(tests, context.run.config, settings_known=project_now(context).settings is not None)
    baseline = kept(0, TESTS)
    if baseline is None:
        return GREEN
    before, now = kept(0, STRENGTHS) or {}, kept(hop.number, STRENGTHS) or {}
    return judge_tests(baseline, tests, before, now)


def judge_tests(
    baseline: TestRun, tests: TestRun, strong: Mapping[str, Strength], now_strong: Mapping[str, Strength]
) -> Verdict:
    """Red where a test that passed does not, is gone, or asserts less than at the baseline.

    ``strong`` and ``now_strong`` tell how much the functions of test code assert, at the baseline and now.
    """
    compared = _without_own_skips(compare_tests(baseline, tests), now_strong)
    weaker = weakened(strong, now_strong) if tests.finished else ()
    return verdict_of(Comparison(worse=(*compared.worse, *weaker)))


def _without_own_skips(compared: Comparison, strong: Mapping[str, Strength]) -> Comparison:
    """Take out tests that are skipped now because their authors wrote so, for this version and those after."""
    skipped = [worse.subject for worse in compared.worse if worse.kind == "test" and worse.message.startswith(SKIPPED)]
    meant = skip_themselves(strong, skipped)
    return msgspec.structs.replace(compared, worse=tuple(w for w in compared.worse if w.subject not in meant))


def judge_baseline_tests(tests: TestRun, config: Config, *, settings_known: bool) -> Verdict:
    """All tests must pass, unless the user accepts those that fail; and some must, or smoke tests stand in."""
    if not tests.finished:
        reason = f"the tests do not run to their end: {tests.reason} (log: {tests.log})."
        return Verdict(green=False, reason=reason, hint=NAME_COMMAND)
    if not tests.outcomes:
        return _judge_no_tests(tests, config, settings_known=settings_known)
    counts = count_tests(tests)
    failing = [outcome for outcome in tests.outcomes if outcome.status in FAILING]
    if not failing or (config.accept_failures and counts.passed):
        return GREEN
    shown = "; ".join(f"{outcome.id}: {last_line(outcome.message)}" for outcome in failing[:SHOWN])
    reason = f"{len(failing)} of {counts.total} tests fail before anything is changed: {shown}."
    return Verdict(green=False, reason=reason, hint=f"Mend them first. {KNOWN_FAILURES}")


def _judge_no_tests(tests: TestRun, config: Config, *, settings_known: bool) -> Verdict:
    """Where no test ran, smoke tests of the running site can stand in; they need the settings."""
    if settings_known and config.smoke is not False:
        return Verdict(green=True, notes=(STAND_IN,))
    hint = NAME_COMMAND if settings_known else f"{NAME_COMMAND} Or let smoke tests stand in: {NAME_SETTINGS}"
    log = tests.log or "none: no test command was found"
    return Verdict(green=False, reason=f"no test ran (log: {log}).", hint=hint)
