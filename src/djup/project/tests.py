"""How a project runs its tests: what the user says, else what its files show."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import PurePosixPath

import msgspec
from packaging.version import Version

from djup.model import App, Known, ManifestFile, Place, TestCommand
from djup.project.commands import parse_command
from djup.project.ini import ini_values
from djup.project.layout import Layout
from djup.project.tox import tox_command
from djup.project.tree import Tree

DOTTED_LABELS = Version("1.6")
"""From here on the test command takes dotted names (https://docs.djangoproject.com/en/1.6/releases/1.6/#new-test-runner)."""

PLUGINS = (
    ("--cov", "pytest-cov"),
    ("-n", "pytest-xdist"),
    ("--numprocesses", "pytest-xdist"),
    ("--mypy", "pytest-mypy"),
)
"""The first letters of an option of pytest's, and the plugin that takes it."""


def read_tests(
    tree: Tree, layout: Layout, manifests: Iterable[ManifestFile], given: str | None
) -> Known[TestCommand] | None:
    """Return the test command: the user's, tox's, pytest where it is set up, runtests.py, ``manage.py test``.

    None if nothing fits.
    """
    if given:
        known: Known[TestCommand] | None = Known(value=parse_command(given), why="given with --test-command")
    else:
        known = tox_command(tree) or _from_files(tree, layout, manifests)
    if known is None or known.value.runner != "pytest":
        return known
    return msgspec.structs.replace(known, value=msgspec.structs.replace(known.value, needs=_plugins(tree, known.value)))


def _plugins(tree: Tree, command: TestCommand) -> tuple[str, ...]:
    """Pytest and the plugins whose options the command or the configuration gives."""
    words = [*command.argv[2:]]
    for section in ("pytest", "tool:pytest"):
        words += [word for _, line in ini_values(tree, section, "addopts") for word in line.split()]
    asked = [name for prefix, name in PLUGINS if any(word.startswith(prefix) for word in words)]
    return tuple(dict.fromkeys(("pytest", "pytest-django", *asked)))


def _from_files(tree: Tree, layout: Layout, manifests: Iterable[ManifestFile]) -> Known[TestCommand] | None:
    pytest = TestCommand(runner="pytest", argv=("-m", "pytest"))
    if why := _uses_pytest(tree, manifests):
        return Known(value=pytest, why=why, certain=False)
    if layout.runner and not layout.manage:
        return _script(layout.runner)
    if layout.manage:
        place = Place(path=layout.manage)
        command = TestCommand(runner="manage", argv=("manage.py", "test"), directory=layout.manage.parent)
        return Known(value=command, why=f"{layout.manage} is there", place=place, certain=False)
    if any(path.name.startswith("test") for path in tree.python_files):
        return Known(value=pytest, why="test files are there", certain=False)
    return None


def name_apps(
    known: Known[TestCommand] | None, apps: Iterable[App], django: Known[str] | None
) -> Known[TestCommand] | None:
    """Name the apps to test where a guessed ``manage.py test`` would find none.

    It looks below the folder it runs in, and a reusable app lies beside its demo project. Until Django 1.5 it knew apps
    by their labels.
    """
    if known is None or known.certain or known.value.runner != "manage" or known.value.directory == PurePosixPath():
        return known
    tested = [app for app in apps if app.tests]
    outside = tuple(app.name for app in tested if not app.path.is_relative_to(known.value.directory))
    if not outside or len(outside) < len(tested):
        return known
    tops = tuple(name for name in outside if not any(name.startswith(f"{other}.") for other in outside))
    if django is not None and Version(django.value) < DOTTED_LABELS:
        tops = tuple(name.rpartition(".")[2] for name in tops)
    command = msgspec.structs.replace(known.value, argv=(*known.value.argv, *tops))
    return msgspec.structs.replace(known, value=command, why=f"{known.why}; the tests lie in {', '.join(tops)}")


def _script(path: PurePosixPath) -> Known[TestCommand]:
    command = TestCommand(runner="script", argv=(str(path),))
    return Known(value=command, why=f"{path} is there", place=Place(path=path), certain=False)


def _uses_pytest(tree: Tree, manifests: Iterable[ManifestFile]) -> str:
    """Why pytest is the project's runner, or ``""``."""
    if tree.has("pytest.ini"):
        return "pytest.ini is there"
    for section in ("pytest", "tool:pytest"):
        for key in ("DJANGO_SETTINGS_MODULE", "testpaths", "addopts", "python_files"):
            for name, _ in ini_values(tree, section, key):
                return f"[{section}] in {name}"
    if tree.has("pyproject.toml"):
        try:
            table = tomllib.loads(tree.text("pyproject.toml"))
        except tomllib.TOMLDecodeError:
            table = {}
        if "pytest" in table.get("tool", {}):
            return "[tool.pytest.ini_options] in pyproject.toml"
    declared = {requirement.name for file in manifests for requirement in file.requirements}
    return "pytest-django is required" if "pytest-django" in declared else ""
