"""``djup warnings``: the project as it is, in the environment of its present release, with every warning collected.

As an upgrade does, this reads the project, builds its environment, and runs its checks and tests; there it ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from djup.config import Config
from djup.environments.interpreters import interpreters
from djup.knowledge.support import load_support
from djup.model import Checked, Project, Record, Stop, TestRun, WarningSeen, release_text
from djup.packages.declared import needed_requirements
from djup.packages.index import Index, IndexUnreachableError
from djup.packages.origins import sources_of
from djup.project.apps import project_modules
from djup.project.tree import Tree
from djup.reporter import Reporter
from djup.standing import copied, place_of
from djup.survey import read, stand
from djup.verify.counts import FAILING
from djup.verify.dependencies import Installed
from djup.verify.inspection import inspect
from djup.verify.inventory import Listed, Surroundings, relation_of, take_inventory
from djup.verify.tests import run_tests

SCHEMA_VERSION = 1


class Inventory(Record):
    """Every warning of a project on its present release. ``notes`` tell what could not be run or found out."""

    schema_version: int
    project: str
    django: str
    python: str
    tests: int
    entries: tuple[Listed, ...]
    notes: tuple[str, ...] = ()


def measure(root: Path, config: Config, today: dt.date, reporter: Reporter, *, tests: bool = True) -> Inventory:
    """Run the checks, the sweeps and the tests of a copy of the project, and group what they warn of.

    Raises UsageError and EnvironmentFailedError as an upgrade does.
    """
    original = read(root, config)
    with copied(original) as copy:
        project = msgspec.structs.replace(read(copy, config), vcs=original.vcs)
        table = load_support()
        start = stand(project, table, tuple(one.release for one in interpreters()))
        place = place_of(project, start, config, today, reporter)
        reporter.note("checking")
        checked = inspect(place, project_modules(project), [str(path) for path in Tree(copy).python_files])
        reporter.note("running the tests" if tests else "the tests are left out")
        ran = run_tests(place, reporter) if tests else None
        seen = {"check": [one for each in checked for one in each.warnings], "tests": ran.warnings if ran else ()}
        around, notes = _surroundings(project, start, place.python, seen)
        return Inventory(
            schema_version=SCHEMA_VERSION,
            project=project.name,
            django=start.django,
            python=release_text(start.python),
            tests=len(ran.outcomes) if ran else 0,
            entries=take_inventory(seen, around),
            notes=(*_check_notes(checked), *_test_notes(ran), *notes),
        )


def _surroundings(
    project: Project, start: Stop, python: Path, seen: Mapping[str, Iterable[WarningSeen]]
) -> tuple[Surroundings, tuple[str, ...]]:
    """What is direct, how the rest comes in, and what the index has of the packages that warn."""
    direct = tuple(dict.fromkeys(one.name for one in needed_requirements(project) if one.name))
    installed = Installed(python)
    owners = {one.owner for warnings in seen.values() for one in warnings}
    packages = sorted(one for one in owners if relation_of(one, direct) in ("direct", "indirect"))
    notes: tuple[str, ...] = ()
    newest: dict[str, str] = {}
    try:
        pages = Index.of(sources_of(project)).pages(packages) if packages else {}
        newest = {name: page.newest(python=release_text(start.python)) or "" for name, page in pages.items()}
    except IndexUnreachableError as error:
        notes = (error.problem,)
    around = Surroundings(
        django=start.release,
        direct=direct,
        through={name: installed.through(name, direct) for name in packages},
        versions={name: installed.version(name) for name in packages},
        newest=newest,
    )
    return around, notes


def _check_notes(checked: Iterable[Checked]) -> tuple[str, ...]:
    return tuple(f"{one.name} could not be swept to the end: {one.reason}" for one in checked if not one.ran)


def _test_notes(ran: TestRun | None) -> tuple[str, ...]:
    if ran is None:
        return ("The tests were left out; what only they reach is not in the list.",)
    if not ran.finished:
        return (f"The tests did not run to their end: {ran.reason}",)
    failing = sum(one.status in FAILING for one in ran.outcomes)
    if failing:
        return (f"{failing} of {len(ran.outcomes)} tests fail; what comes after their failure is not in the list.",)
    return () if ran.outcomes else ("No test ran; what only tests reach is not in the list.",)
