"""Is the hop green so far? The measuring steps against the baseline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from djup.hops.place import project_now
from djup.hops.smoking import schema_worse, smoke_worse
from djup.hops.work import Work
from djup.model import Checked, Hop, Project, Record, TestRun, Trouble
from djup.verify.assertions import Strength, skip_themselves, weakened
from djup.verify.compare import SKIPPED, Comparison, Worse, compare_checks, compare_tests
from djup.verify.counts import FAILING, count_tests
from djup.verify.failures import last_line
from djup.verify.inventory import stable
from djup.verify.smoke.records import Smoke

SHOWN = 3


class Verdict(Record):
    """Whether nothing is worse, what is, and one paragraph that says so."""

    green: bool
    worse: tuple[Worse, ...] = ()
    reason: str = ""
    hint: str = ""


NO_SETTINGS = Verdict(
    green=False,
    reason="nothing says which settings the site takes.",
    hint="Name them with --settings; an app that others install needs those of a site that uses it."
    " `djup fix` rewrites without running anything.",
)

COMMAND = "Name the command that runs them with --test-command; djup status shows the one that was found."

KNOWN_FAILURES = "If these failures are known, go on with --accept-failures: only tests that pass are compared then."

VARIABLE = re.compile(
    r"KeyError: '(?P<key>[A-Z][A-Z0-9_]*)'|(?P<decouple>[A-Z][A-Z0-9_]*) not found\. Declare it"
    r"|Set the (?P<environ>[A-Z][A-Z0-9_]*) environment variable"
)
"""What a variable that is not set looks like: os.environ, python-decouple, django-environ."""

MEANT = "What is meant is accepted by `djup upgrade --continue --accept-difference TEXT`."

DATA_FOLDERS = frozenset({"tests", "test", "testdata", "data", "fixtures", "templates"})
"""Folders whose files may be broken on purpose."""


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
            known = _strengths(work, hop.number)
            compared = _without_own_skips(compare_tests(baseline, tests), known)
            weaker = weakened(_strengths(work, 0), known) if tests.finished else ()
            return _verdict(msgspec.structs.replace(compared, worse=(*compared.worse, *weaker)))
    if step == "smoke":
        verdict = _verdict(Comparison(worse=smoke_worse(work, hop)))
        return verdict if verdict.green else msgspec.structs.replace(verdict, reason=f"{verdict.reason} {MEANT}")
    if step == "schema":
        return _verdict(Comparison(worse=schema_worse(work, hop)))
    return Verdict(green=True)


def _without_own_skips(compared: Comparison, known: Mapping[str, Strength]) -> Comparison:
    """Take out tests that are skipped now because their authors wrote so, for this version and those after."""
    skipped = [one.subject for one in compared.worse if one.kind == "test" and one.message.startswith(SKIPPED)]
    meant = skip_themselves(known, skipped)
    return msgspec.structs.replace(compared, worse=tuple(one for one in compared.worse if one.subject not in meant))


def signature(verdict: Verdict) -> frozenset[tuple[str, str, str]]:
    """What a verdict found worse, without what differs from run to run: the same after a repair that did nothing."""
    return frozenset((one.kind, one.subject, stable(last_line(one.message))) for one in verdict.worse)


def _strengths(work: Work, hop: int) -> dict[str, Strength]:
    return work.ledger.kept(hop, "strengths", dict[str, Strength]) or {}


def _verdict(comparison: Comparison) -> Verdict:
    if comparison.green:
        return Verdict(green=True)
    worse = comparison.worse
    shown = "; ".join(f"{one.kind} {one.subject}: {last_line(one.message)}" for one in worse[:SHOWN])
    more = f"; and {len(worse) - SHOWN} more" if len(worse) > SHOWN else ""
    return Verdict(green=False, worse=worse, reason=f"{len(worse)} worse than at the baseline: {shown}{more}.")


def _judge_baseline(work: Work, step: str) -> Verdict:
    if step == "check":
        checks = work.ledger.kept(0, "checks", tuple[Checked, ...]) or ()
        return _baseline_checks(work, checks)
    tests = work.ledger.kept(0, "tests", TestRun)
    if step == "smoke" and tests is not None and not tests.outcomes:
        return _baseline_smoke(work)
    return _baseline_tests(work, tests) if step == "test" and tests is not None else Verdict(green=True)


def _baseline_checks(work: Work, checks: tuple[Checked, ...]) -> Verdict:
    """Sources must parse, settings load, and the system check be clean; the other sweeps only measure what is well."""
    for one in checks:
        if one.name == "sources" and (broken := _broken_sources(work, one)):
            shown = "; ".join(f"{trouble.subject}, {trouble.message}" for trouble in broken[:SHOWN])
            return Verdict(green=False, reason=f"the project does not parse: {shown}.", hint="Mend it first.")
        if one.name == "settings" and one.troubles:
            project = project_now(work)
            if _configured_by_tests(project):
                said = last_line(one.troubles[0].message)
                work.reporter.note(f"only the tests can be compared, as they give the settings themselves ({said})")
                return Verdict(green=True)
            return _baseline_settings(one.troubles[0]) if project.settings else NO_SETTINGS
        if one.name == "check" and one.troubles:
            shown = "; ".join(f"{trouble.subject} {trouble.message}" for trouble in one.troubles[:SHOWN])
            return Verdict(green=False, reason=f"`check` finds {len(one.troubles)} errors: {shown}.")
    return Verdict(green=True)


def _broken_sources(work: Work, sources: Checked) -> list[Trouble]:
    """The files of the project's apps that this Python cannot read, but for data of tests."""
    folders = [app.path for app in project_now(work).apps]
    return [
        trouble
        for trouble in sources.troubles
        if any(PurePosixPath(trouble.subject).is_relative_to(folder) for folder in folders)
        and not DATA_FOLDERS.intersection(PurePosixPath(trouble.subject).parts)
    ]


def _configured_by_tests(project: Project) -> bool:
    """Whether runtests.py or a conftest.py may give the settings, as no file says for sure which the tests take."""
    runner = project.tests.value.runner if project.tests is not None else ""
    if runner == "pytest":
        return project.settings is None
    return runner == "script" and (project.settings is None or not project.settings.certain)


def _baseline_settings(trouble: Trouble) -> Verdict:
    """Why the settings do not load, and the option that gives what they miss."""
    said = last_line(trouble.message)
    missing = VARIABLE.search(trouble.message) if "environ" in trouble.trace or "decouple" in trouble.trace else None
    if missing:
        name = next(group for group in missing.groups() if group)
        reason = f"the settings need the environment variable {name} ({said})."
        return Verdict(green=False, reason=reason, hint=f"Give it with --env {name}=VALUE.")
    hint = "Mend that, or name others by --settings."
    if "No module named" in said:
        hint = f"Where a package brings it, add that to `requirements` in djup.toml. {hint}"
    return Verdict(green=False, reason=f"the settings cannot be loaded: {said}.", hint=hint)


def _baseline_tests(work: Work, tests: TestRun) -> Verdict:
    """All tests must pass, unless the user accepts those that fail; and some must."""
    counts = count_tests(tests)
    failing = [outcome for outcome in tests.outcomes if outcome.status in FAILING]
    shown = "; ".join(f"{one.id}: {last_line(one.message)}" for one in failing[:SHOWN])
    if not tests.finished:
        return Verdict(
            green=False, reason=f"the tests do not run to their end: {tests.reason} (log: {tests.log}).", hint=COMMAND
        )
    settings = project_now(work).settings
    if not tests.outcomes and work.run.config.smoke is not False and settings is not None:
        work.reporter.note("the project has no tests; smoke tests made from the running site stand in for them")
        return Verdict(green=True)
    if not tests.outcomes:
        hint = COMMAND if settings is not None else f"{COMMAND} Or let smoke tests stand in: {NO_SETTINGS.hint}"
        return Verdict(
            green=False, reason=f"no test ran (log: {tests.log or 'none: no test command was found'}).", hint=hint
        )
    if failing and (not work.run.config.accept_failures or not counts.passed):
        many = f"{len(failing)} of {counts.total} tests fail"
        reason = f"{many} before anything is changed: {shown}."
        return Verdict(green=False, reason=reason, hint=f"Mend them first. {KNOWN_FAILURES}")
    return Verdict(green=True)


def _baseline_smoke(work: Work) -> Verdict:
    """Where there are no tests at all, the smoke tests must have reached something to compare."""
    smoke = work.ledger.kept(0, "smoke", Smoke)
    if smoke is not None and smoke.ran:
        return Verdict(green=True)
    reason = smoke.reason if smoke is not None else "they were not wanted"
    return Verdict(
        green=False, reason=f"no test ran, and the smoke tests could not stand in for them: {reason}.", hint=COMMAND
    )
