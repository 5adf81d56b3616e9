"""The step that exercises the running site, and after each hop compares what it does with the baseline."""

from __future__ import annotations

from collections import Counter

from djup.environments.overlay import coverage_overlay
from djup.hops.place import project_now, workplace
from djup.hops.smoking import wanted
from djup.hops.work import Done, Work
from djup.model import Hop, Project
from djup.project.apps import command_folder, project_modules
from djup.verify.smoke.compare import compare_smoke
from djup.verify.smoke.exercise import exercise, exercise_twice
from djup.verify.smoke.records import Difference, Smoke, count_reached


def smoke(work: Work, hop: Hop) -> Done:
    """Record what the site does at the baseline, twice, to know what is steady; later do the same, and compare."""
    decided = wanted(work)
    if not decided.smoke:
        return Done(message=f"not run: {decided.why}", skipped=True)
    project = project_now(work)
    if project.settings is None:
        return Done(message="not run: which settings the site takes is not known", skipped=True)
    baseline = work.ledger.kept(0, "smoke", Smoke) if hop.number else None
    if hop.number and (baseline is None or not baseline.ran):
        return Done(message="not run: there is nothing to compare with", skipped=True)
    seen = _exercise(work, hop, project, baseline)
    work.ledger.keep(hop.number, "smoke", seen)
    if not seen.ran:
        work.reporter.note(f"the smoke tests did not come to their end: {seen.reason} (log: {seen.log})")
    if baseline is None:
        return Done(message=_reached(seen, decided.why), waited=seen.seconds)
    differences = _compare(work, hop, baseline, seen)
    work.ledger.keep(hop.number, "differences", differences)
    return Done(message=_told(seen, differences), waited=seen.seconds)


def _exercise(work: Work, hop: Hop, project: Project, baseline: Smoke | None) -> Smoke:
    place = workplace(work, hop, "smoke", project)
    overlay = coverage_overlay(place.python).folder
    modules, directory = project_modules(project), command_folder(project)
    if baseline is not None:
        return exercise(place, modules, directory, plan=baseline, coverage=overlay)
    return exercise_twice(place, modules, directory, coverage=overlay)


def _compare(work: Work, hop: Hop, baseline: Smoke, seen: Smoke) -> tuple[Difference, ...]:
    """The differences from the baseline; those an earlier hop showed already are not shown again."""
    if not seen.ran:
        message = f"the smoke tests did not come to their end: {seen.reason}"
        return (Difference(aspect="run", subjects=("smoke tests",), message=message, severity="must"),)
    crossed = [release for one in work.run.path.hops if one.number <= hop.number for release in one.crossed]
    found = compare_smoke(baseline, seen, crossed)
    known = {
        (one.aspect, one.message)
        for number in range(1, hop.number)
        for one in work.ledger.kept(number, "differences", tuple[Difference, ...]) or ()
    }
    return tuple(one for one in found if one.blocks or (one.aspect, one.message) not in known)


def _reached(seen: Smoke, why: str) -> str:
    if not seen.ran:
        return f"could not be run: {seen.reason}"
    reached = count_reached(seen)
    lines = f", {reached.percent:.0f} % of statements" if reached.statements else ""
    return f"{reached.routes_reached} of {reached.routes} routes, {reached.requests} requests{lines} ({why})"


def _told(seen: Smoke, differences: tuple[Difference, ...]) -> str:
    counts = Counter("explained" if one.explanation else one.severity for one in differences)
    shown = ", ".join(f"{counts[key]} {key}" for key in ("must", "should", "may", "explained") if counts[key])
    return f"{count_reached(seen).requests} requests; {'differences: ' + shown if shown else 'no difference'}"
