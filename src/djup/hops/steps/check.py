"""The step that checks without running tests: sources, system check, migration drift, templates, imports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import CHECKS
from djup.hops.place import project_now, workplace
from djup.hops.verdict import GREEN, Verdict, verdict_of
from djup.model import Checked, Hop, Project, Trouble
from djup.project.apps import project_modules
from djup.project.tree import Tree
from djup.verify.compare import compare_checks
from djup.verify.failures import last_line
from djup.verify.inspection import inspect

NAME_SETTINGS = (
    "Name them with --settings; an app that others install needs those of a site that uses it."
    " `djup fix` rewrites without running anything."
)

VARIABLE = re.compile(
    r"KeyError: '(?P<key>[A-Z][A-Z0-9_]*)'|(?P<decouple>[A-Z][A-Z0-9_]*) not found\. Declare it"
    r"|Set the (?P<environ>[A-Z][A-Z0-9_]*) environment variable"
)
"""What a variable that is not set looks like: os.environ, python-decouple, django-environ."""

DATA_FOLDERS = frozenset({"tests", "test", "testdata", "data", "fixtures", "templates"})
"""Folders whose files may be broken on purpose."""

SHOWN = 3
"""Troubles a reason names."""


def check(context: RunContext, hop: Hop) -> StepOutcome:
    """Run every check and sweep in the hop's own Python and keep what they gave."""
    project = project_now(context)
    place = workplace(context, hop, "check", project)
    sources = [str(path) for path in Tree(context.root).python_files]
    checked = inspect(place, project_modules(project), sources)
    context.ledger.keep(hop.number, CHECKS, checked)
    for sweep in checked:
        if not sweep.ran and sweep.name != "settings":
            context.reporter.note(f"could not be swept to the end: {sweep.name} ({_why(sweep)})")
    return StepOutcome(message=_summary(checked), waited=sum(sweep.seconds for sweep in checked))


def _why(checked: Checked) -> str:
    """What stopped a sweep: its own failure, else that nothing came."""
    own = [trouble.message for trouble in checked.troubles if trouble.subject == checked.name]
    return own[0] if own else checked.reason


def _summary(checked: tuple[Checked, ...]) -> str:
    swept = [sweep for sweep in checked if sweep.name in ("sources", "templates", "imports")]
    parts = [f"{len(sweep.well)} {sweep.name}" for sweep in swept]
    troubles = [f"{len(sweep.troubles)} {sweep.name}" for sweep in checked if sweep.troubles]
    return ", ".join(parts) + " well" + (f"; in trouble: {', '.join(troubles)}" if troubles else "")


# --- judging --------------------------------------------------------------------------------------------------------


def judge_check(context: RunContext, hop: Hop) -> Verdict:
    """The verdict on checks and sweeps: against the baseline, or at the baseline by itself."""
    checks = context.ledger.kept(hop.number, CHECKS) or ()
    if not hop.number:
        return judge_baseline_checks(checks, project_now(context))
    before = context.ledger.kept(0, CHECKS) or ()
    return verdict_of(compare_checks(before, checks))


def judge_baseline_checks(checks: Iterable[Checked], project: Project) -> Verdict:
    """Sources must parse, settings load, and the system check be clean; the other sweeps only measure what is well."""
    for checked in checks:
        verdict = GREEN
        if checked.name == "sources":
            verdict = _judge_sources(checked, project)
        elif checked.name == "settings" and checked.troubles:
            # Without settings no other sweep could run, so whatever comes of it is the verdict on all.
            return _judge_settings(checked.troubles[0], project)
        elif checked.name == "check" and checked.troubles:
            shown = "; ".join(f"{trouble.subject} {trouble.message}" for trouble in checked.troubles[:SHOWN])
            verdict = Verdict(green=False, reason=f"`check` finds {len(checked.troubles)} errors: {shown}.")
        if not verdict.green:
            return verdict
    return GREEN


def _judge_sources(sources: Checked, project: Project) -> Verdict:
    """The files of the project's apps must parse in its Python, but for data of tests."""
    broken = [trouble for trouble in sources.troubles if _is_own_code(PurePosixPath(trouble.subject), project)]
    if not broken:
        return GREEN
    shown = "; ".join(f"{trouble.subject}, {trouble.message}" for trouble in broken[:SHOWN])
    return Verdict(green=False, reason=f"the project does not parse: {shown}.", hint="Mend it first.")


def _is_own_code(path: PurePosixPath, project: Project) -> bool:
    inside = any(path.is_relative_to(app.path) for app in project.apps)
    return inside and not DATA_FOLDERS.intersection(path.parts)


def _judge_settings(trouble: Trouble, project: Project) -> Verdict:
    """Settings that do not load stop the baseline, unless only the tests know which ones they take."""
    said = last_line(trouble.message)
    if _configured_by_tests(project):
        note = f"only the tests can be compared, as they give the settings themselves ({said})"
        return Verdict(green=True, notes=(note,))
    if project.settings is None:
        return Verdict(green=False, reason="nothing says which settings the site takes.", hint=NAME_SETTINGS)
    missing = VARIABLE.search(trouble.message) if "environ" in trouble.trace or "decouple" in trouble.trace else None
    if missing:
        name = next(group for group in missing.groups() if group)
        reason = f"the settings need the environment variable {name} ({said})."
        return Verdict(green=False, reason=reason, hint=f"Give it with --env {name}=VALUE.")
    hint = "Mend that, or name others by --settings."
    if "No module named" in said:
        hint = f"Where a package brings it, add that to `requirements` in djup.toml. {hint}"
    return Verdict(green=False, reason=f"the settings cannot be loaded: {said}.", hint=hint)


def _configured_by_tests(project: Project) -> bool:
    """Whether runtests.py or a conftest.py may give the settings, as no file says for sure which the tests take."""
    runner = project.tests.value.runner if project.tests is not None else ""
    if runner == "pytest":
        return project.settings is None
    return runner == "script" and (project.settings is None or not project.settings.certain)
