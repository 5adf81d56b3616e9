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
from djup.knowledge.package_changes import every_change
from djup.knowledge.support import load_support
from djup.model import Checked, Project, Stop, TestRun, WarningSeen, release_text
from djup.packages.declared import needed_requirements
from djup.packages.index import Index, IndexUnreachableError
from djup.packages.origins import sources_of
from djup.project.apps import project_modules
from djup.project.tree import Tree
from djup.report.warnings import WarningsPage
from djup.reporter import Reporter
from djup.tasks.plan import read, stand
from djup.tasks.trial_copy import copied, place_of
from djup.verify.counts import FAILING
from djup.verify.dependencies import Installed
from djup.verify.failures import last_line
from djup.verify.free_versions import FreeVersions
from djup.verify.inspection import inspect
from djup.verify.inventory import InventoryContext, Listed, relation_of, take_inventory
from djup.verify.tests import run_tests


def measure(
    root: Path, config: Config, today: dt.date, reporter: Reporter, *, tests: bool = True, search: bool = False
) -> WarningsPage:
    """Run the checks, the sweeps and the tests of a copy of the project, and group what they warn of.

    With ``search`` the source of later versions of packages is looked into, to tell which is free of a warning.
    Raises UsageError and EnvironmentFailedError as an upgrade does.
    """
    original = read(root, config)
    with copied(original) as copy:
        project = msgspec.structs.replace(read(copy, config), vcs=original.vcs, django=original.django)
        table = load_support()
        start = stand(project, table, tuple(interpreter.release for interpreter in interpreters()))
        place = place_of(project, start, config, today, reporter)
        reporter.note("checking")
        checked = inspect(place, project_modules(project), [str(path) for path in Tree(copy).python_files])
        reporter.note("running the tests" if tests else "the tests are left out")
        ran = run_tests(place, reporter) if tests else None
        seen = {
            "check": [warning for sweep in checked for warning in sweep.warnings],
            "tests": ran.warnings if ran else (),
        }
        around, notes = _surroundings(project, start, place.python, seen)
        entries = take_inventory(seen, around)
        if search:
            reporter.note("looking into later versions of packages")
            entries, more = _searched(entries, around, Index.of(sources_of(project)), release_text(start.python))
            notes = (*notes, *more)
        return WarningsPage(
            project=project.name,
            django=start.django,
            python=release_text(start.python),
            tests=len(ran.outcomes) if ran else 0,
            entries=entries,
            notes=(*_check_notes(checked), *_test_notes(ran), *notes),
        )


def _surroundings(
    project: Project, start: Stop, python: Path, seen: Mapping[str, Iterable[WarningSeen]]
) -> tuple[InventoryContext, tuple[str, ...]]:
    """What is direct, how the rest comes in, and what the index has of the packages that warn."""
    direct = tuple(dict.fromkeys(asked.name for asked in needed_requirements(project) if asked.name))
    installed = Installed(python)
    owners = {warning.owner for warnings in seen.values() for warning in warnings}
    packages = sorted(owner for owner in owners if relation_of(owner, direct) in ("direct", "indirect"))
    notes: tuple[str, ...] = ()
    newest: dict[str, str] = {}
    try:
        pages = Index.of(sources_of(project)).pages(packages) if packages else {}
        newest = {name: page.newest(python=release_text(start.python)) or "" for name, page in pages.items()}
    except IndexUnreachableError as error:
        notes = (error.problem,)
    around = InventoryContext(
        django=start.release,
        direct=direct,
        through={name: installed.through(name, direct) for name in packages},
        versions={name: installed.version(name) for name in packages},
        newest=newest,
    )
    return around, notes


def _searched(
    entries: tuple[Listed, ...], around: InventoryContext, index: Index, python: str
) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """The entries of packages with the first version free of each, where the search finds one."""
    versions = FreeVersions(index, python)
    found = []
    try:
        for entry in entries:
            now = around.versions.get(entry.owner, "")
            known = next((change for change in every_change() if change.id == entry.change), None)
            free = versions.first_free(entry.owner, now, known) if known and now else None
            found.append(msgspec.structs.replace(entry, free=free) if free else entry)
    except IndexUnreachableError as error:
        return entries, (error.problem,)
    return tuple(found), ()


def _check_notes(checked: Iterable[Checked]) -> tuple[str, ...]:
    """Why the settings do not load; where they do, which sweep did not come to its end."""
    broken = next((sweep for sweep in checked if sweep.name == "settings" and sweep.troubles), None)
    if broken is not None:
        return (f"The settings do not load, so little could be run: {last_line(broken.troubles[0].message)}",)
    return tuple(
        f"{failed.name} could not be swept to the end: {failed.reason}" for failed in checked if not failed.ran
    )


def _test_notes(ran: TestRun | None) -> tuple[str, ...]:
    if ran is None:
        return ("The tests were left out; what only they reach is not in the list.",)
    if not ran.finished:
        return (f"The tests did not run to their end: {last_line(ran.reason)}",)
    failing = sum(outcome.status in FAILING for outcome in ran.outcomes)
    if failing:
        return (f"{failing} of {len(ran.outcomes)} tests fail; what comes after their failure is not in the list.",)
    return () if ran.outcomes else ("No test ran; what only tests reach is not in the list.",)
