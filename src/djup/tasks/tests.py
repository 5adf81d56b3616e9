"""Measures what a project's tests reach, and makes a smoke suite from the running project."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from djup.config import Config
from djup.environments.interpreters import interpreters
from djup.environments.overlay import coverage_overlay
from djup.errors import UsageError
from djup.knowledge.support import load_support
from djup.model import Project, Stop, release_text
from djup.project.apps import command_folder, project_modules
from djup.reporter import Reporter
from djup.source.files import write_whole
from djup.tasks.plan import read, stand
from djup.tasks.trial_copy import copied, place_of
from djup.verify.counts import Tests, count_tests
from djup.verify.lines import Coverage, joined, lines_ran, measured
from djup.verify.reach import SCHEMA_VERSION, AppReach, TestsPage, Unreached
from djup.verify.smoke.exercise import exercise_twice
from djup.verify.smoke.records import Facts, Smoke, count_reached
from djup.verify.smoke.writing import fixture_name, test_module
from djup.verify.tests import run_tests
from djup.verify.workplace import Workplace


def measure(
    root: Path, config: Config, today: dt.date, reporter: Reporter, *, write: PurePosixPath | None = None
) -> TestsPage:
    """Run the tests of a copy of the project and a smoke suite, on its present release, and tell what they reach.

    With ``write`` the smoke suite is written there, with its fixture beside it; nothing else in the project changes.
    Raises UsageError where nothing tells the settings, EnvironmentFailedError where no environment can be made.
    """
    original = read(root, config)
    if original.settings is None:
        raise UsageError("no file says which settings the project uses.", hint="Name them with --settings.")
    with copied(original) as copy:
        project = msgspec.structs.replace(read(copy, config), vcs=original.vcs, django=original.django)
        start = stand(project, load_support(), tuple(interpreter.release for interpreter in interpreters()))
        reporter.note(f"making an environment of {start}")
        place = place_of(project, start, config, today, reporter)
        page, smoke = _measure(project, place, start, reporter)
    written = _write(root, smoke, write) if write is not None and smoke.ran else ()
    return msgspec.structs.replace(page, written=written)


def _measure(project: Project, place: Workplace, start: Stop, reporter: Reporter) -> tuple[TestsPage, Smoke]:
    overlay = coverage_overlay(place.python)
    reporter.note("running the tests")
    run, lines, templates = _run_tests(place, overlay.folder, reporter)
    reporter.note("exercising the running site")
    smoke = _smoke(project, place, overlay.folder)
    both = joined(lines, smoke.lines)
    reasons = [overlay.reason, lines.reason, "" if smoke.ran else f"the smoke tests could not be run: {smoke.reason}"]
    reasons += [f"SQLite stood in for the database: {smoke.fallback}"] if smoke.fallback else []
    page = TestsPage(
        schema_version=SCHEMA_VERSION,
        project=project.name,
        django=start.django,
        python=release_text(start.python),
        tests=run,
        tests_percent=lines.percent if lines.files else None,
        smoke=count_reached(smoke) if smoke.ran else None,
        both_percent=both.percent if both.files else None,
        apps=_apps(project, lines, smoke.lines, both),
        unreached=_unreached(smoke, lines, templates) if smoke.ran else (),
        notes=tuple(dict.fromkeys(reason for reason in reasons if reason)),
    )
    return page, smoke


def _run_tests(place: Workplace, overlay: Path | None, reporter: Reporter) -> tuple[Tests, Coverage, set[str]]:
    """The counts of the project's own tests, the lines they ran, and the templates they rendered."""
    if place.tests is None:
        return Tests(passed=0, failed=0, skipped=0, total=0), Coverage(reason="no test command was found"), set()
    if overlay is None:
        return count_tests(run_tests(place, reporter)), Coverage(), set()
    run = run_tests(measured(place, overlay), reporter)
    file = place.logs / "run_tests.out" / "templates.txt"
    rendered = set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()
    return count_tests(run), lines_ran(place, overlay), rendered


def _smoke(project: Project, place: Workplace, overlay: Path | None) -> Smoke:
    return exercise_twice(place, project_modules(project), command_folder(project), coverage=overlay)


def _apps(project: Project, tests: Coverage, smoke: Coverage, both: Coverage) -> tuple[AppReach, ...]:
    rows = []
    for app in project.apps:
        inside = [path for path in both.files if PurePosixPath(path).is_relative_to(app.path)]
        rows.append(
            AppReach(
                app=app.name,
                statements=sum(len(both.files[path].ran) + len(both.files[path].missed) for path in inside),
                tests=_ran(tests, inside),
                smoke=_ran(smoke, inside),
                both=_ran(both, inside),
            )
        )
    return tuple(rows)


def _ran(coverage: Coverage, paths: list[str]) -> int:
    return sum(len(coverage.files[path].ran) for path in paths if path in coverage.files)


def _unreached(smoke: Smoke, tests: Coverage, rendered: set[str]) -> tuple[Unreached, ...]:
    """The parts none of whose own statements the tests run; what has no statements of its own cannot be told."""
    found = [
        Unreached(
            what=exercised.facts["what"],
            name=exercised.facts["name"],
            place=f"{exercised.facts['file']}:{exercised.facts['first']}",
            smoke=_any_ran(smoke.lines, exercised.facts),
        )
        for exercised in smoke.observations
        if exercised.kind == "part" and exercised.facts["body"] and not _any_ran(tests, exercised.facts)
    ]
    used = {name for seen in smoke.observations for name in seen.facts.get("templates", ())}
    found += [
        Unreached(
            what="template", name=observation.subject, place=observation.subject, smoke=observation.subject in used
        )
        for observation in smoke.observations
        if observation.kind == "template" and observation.subject not in rendered
    ]
    return tuple(sorted(found, key=lambda missed: (missed.what, missed.name)))


def _any_ran(coverage: Coverage, facts: Facts) -> bool:
    lines = coverage.files.get(facts["file"])
    return lines is not None and bool(set(lines.ran).intersection(facts["body"]))


def _write(root: Path, smoke: Smoke, file: PurePosixPath) -> tuple[str, ...]:
    """Write the suite and its fixture; returns their paths."""
    fixture = file.with_name(fixture_name(file))
    write_whole(root / fixture, smoke.fixture.encode("utf-8"))
    write_whole(root / file, test_module(smoke, fixture.name, people_in(smoke.fixture)).encode("utf-8"))
    made = [str(file), str(fixture)]
    if file.parent != PurePosixPath() and not (root / file.parent / "__init__.py").exists():
        write_whole(root / file.parent / "__init__.py", b"")
        made.append(str(file.parent / "__init__.py"))
    return tuple(made)


def people_in(fixture: str) -> dict[str, object]:
    """Who asks, with the primary keys of their rows: the user and the superuser that the smoke tests made."""
    rows: list[Mapping[str, object]] = json.loads(fixture or "[]")
    people: dict[str, object] = {"anonymous": None}
    for row in rows:
        fields = msgspec.convert(row["fields"], dict[str, object])
        for name in ("user", "staff"):
            mail = f"{name}@example.org"
            if "password" in fields and (fields.get("username") == name or fields.get("email") == mail):
                people.setdefault(name, row["pk"])
    return people
