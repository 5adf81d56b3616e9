"""The step that exercises the running site, and after each hop compares what it does with the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from djup.environments.overlay import coverage_overlay
from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import DIFFERENCES, LINES, SMOKE, SMOKE_DECISION, TESTS
from djup.hops.place import project_now, workplace
from djup.hops.steps.test import NAME_COMMAND
from djup.hops.verdict import GREEN, Verdict, verdict_of
from djup.model import Hop, Project, TestRun
from djup.project.apps import command_folder, project_modules
from djup.verify.compare import Comparison
from djup.verify.smoke.compare import compare_smoke
from djup.verify.smoke.decision import SmokeDecision, decide_smoke
from djup.verify.smoke.exercise import exercise, exercise_twice
from djup.verify.smoke.meaning import worse_by_smoke
from djup.verify.smoke.records import Difference, Smoke, count_reached

MEANT = "What is meant is accepted by `djup upgrade --continue --accept-difference TEXT`."


def smoke(context: RunContext, hop: Hop) -> StepOutcome:
    """Record what the site does at the baseline, twice, to know what is steady; later do the same, and compare."""
    decided = smoke_decision(context)
    if not decided.smoke:
        return StepOutcome(message=f"not run: {decided.why}", skipped=True)
    project = project_now(context)
    if project.settings is None:
        return StepOutcome(message="not run: which settings the site takes is not known", skipped=True)
    baseline = context.ledger.kept(0, SMOKE) if hop.number else None
    if hop.number and (baseline is None or not baseline.ran):
        return StepOutcome(message="not run: there is nothing to compare with", skipped=True)
    seen = _exercise(context, hop, project, baseline)
    context.ledger.keep(hop.number, SMOKE, seen)
    if not seen.ran:
        context.reporter.note(f"the smoke tests did not come to their end: {seen.reason} (log: {seen.log})")
    if baseline is None:
        return StepOutcome(message=_reached(seen, decided.why), waited=seen.seconds)
    differences = _compare(context, hop, baseline, seen)
    context.ledger.keep(hop.number, DIFFERENCES, differences)
    return StepOutcome(message=_told(seen, differences), waited=seen.seconds)


def smoke_decision(context: RunContext) -> SmokeDecision:
    """Decide once, at the baseline: later hops are compared with what was recorded then, or with nothing."""
    if context.run.config.smoke is False:
        return SmokeDecision(smoke=False, why="the configuration says so")
    kept = context.ledger.kept(0, SMOKE_DECISION)
    if kept is not None:
        return kept
    decision = decide_smoke(context.run.config.smoke, context.ledger.kept(0, TESTS), context.ledger.kept(0, LINES))
    context.ledger.keep(0, SMOKE_DECISION, decision)
    return decision


def _exercise(context: RunContext, hop: Hop, project: Project, baseline: Smoke | None) -> Smoke:
    place = workplace(context, hop, "smoke", project)
    overlay = coverage_overlay(place.python).folder
    modules, directory = project_modules(project), command_folder(project)
    if baseline is not None:
        return exercise(place, modules, directory, plan=baseline, coverage=overlay)
    return exercise_twice(place, modules, directory, coverage=overlay)


def _compare(context: RunContext, hop: Hop, baseline: Smoke, seen: Smoke) -> tuple[Difference, ...]:
    """The differences from the baseline; those an earlier hop showed already are not shown again."""
    if not seen.ran:
        message = f"the smoke tests did not come to their end: {seen.reason}"
        return (Difference(aspect="run", subjects=("smoke tests",), message=message, severity="must"),)
    behind = [earlier for earlier in context.run.path.hops if earlier.number <= hop.number]
    crossed = [release for earlier in behind for release in earlier.crossed]
    found = compare_smoke(baseline, seen, crossed)
    known = {
        (difference.aspect, difference.message)
        for number in range(1, hop.number)
        for difference in context.ledger.kept(number, DIFFERENCES) or ()
    }
    return tuple(
        difference for difference in found if difference.blocks or (difference.aspect, difference.message) not in known
    )


def _reached(seen: Smoke, why: str) -> str:
    if not seen.ran:
        return f"could not be run: {seen.reason}"
    reached = count_reached(seen)
    lines = f", {reached.percent:.0f} % of statements" if reached.statements else ""
    return f"{reached.routes_reached} of {reached.routes} routes, {reached.requests} requests{lines} ({why})"


def _told(seen: Smoke, differences: tuple[Difference, ...]) -> str:
    counts = Counter("explained" if difference.explanation else difference.severity for difference in differences)
    shown = ", ".join(f"{counts[key]} {key}" for key in ("must", "should", "may", "explained") if counts[key])
    return f"{count_reached(seen).requests} requests; {'differences: ' + shown if shown else 'no difference'}"


# --- judging --------------------------------------------------------------------------------------------------------


def judge_smoke(context: RunContext, hop: Hop) -> Verdict:
    """The verdict on what the smoke tests saw; where there are no tests at all, they must have reached something."""
    if not hop.number:
        return judge_baseline_smoke(context.ledger.kept(0, TESTS), context.ledger.kept(0, SMOKE))
    if context.run.config.smoke is False:
        return GREEN
    differences = context.ledger.kept(hop.number, DIFFERENCES) or ()
    return judge_differences(differences, context.run.config.accept_differences)


def judge_differences(differences: Sequence[Difference], accepted: Sequence[str]) -> Verdict:
    """Red where a difference blocks that nobody accepted, with the option that accepts it."""
    verdict = verdict_of(Comparison(worse=worse_by_smoke(differences, accepted)))
    return verdict if verdict.green else msgspec.structs.replace(verdict, reason=f"{verdict.reason} {MEANT}")


def judge_baseline_smoke(tests: TestRun | None, smoke: Smoke | None) -> Verdict:
    """A baseline without a single test needs smoke tests that ran: there would be nothing to compare."""
    if tests is None or tests.outcomes or (smoke is not None and smoke.ran):
        return GREEN
    reason = smoke.reason if smoke is not None else "they were not wanted"
    return Verdict(
        green=False,
        reason=f"no test ran, and the smoke tests could not stand in for them: {reason}.",
        hint=NAME_COMMAND,
    )
