"""How a project runs its tests: what the user says, else what its files show."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Literal

import msgspec

from djup.errors import UsageError
from djup.model import App, Known, ManifestFile, Place, TestCommand
from djup.project.ini import ini_values
from djup.project.layout import Layout
from djup.project.tree import Tree

Runner = Literal["manage", "pytest", "script"]

PYTHON = re.compile(r"^(?:.*/)?python(?:[23](?:\.\d+)?)?$")
ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*=")


def read_tests(
    tree: Tree, layout: Layout, manifests: Iterable[ManifestFile], given: str | None
) -> Known[TestCommand] | None:
    """Return the test command: the user's, pytest where it is set up, runtests.py, ``manage.py test``.

    None if nothing fits.
    """
    if given:
        return Known(value=parse_command(given), why="given with --test-command")
    if why := _uses_pytest(tree, manifests):
        return Known(value=TestCommand(runner="pytest", argv=("-m", "pytest")), why=why, certain=False)
    if layout.runner and not layout.manage:
        return _script(layout.runner)
    if layout.manage:
        place = Place(path=layout.manage)
        directory = layout.manage.parent
        command = TestCommand(runner="manage", argv=("manage.py", "test"), directory=directory)
        return Known(value=command, why=f"{layout.manage} is there", place=place, certain=False)
    if any(path.name.startswith("test") for path in tree.python_files):
        return Known(
            value=TestCommand(runner="pytest", argv=("-m", "pytest")), why="test files are there", certain=False
        )
    return None


def name_apps(known: Known[TestCommand] | None, apps: Iterable[App]) -> Known[TestCommand] | None:
    """Name the apps to test where a guessed ``manage.py test`` would find none.

    It looks below the folder it runs in, and a reusable app lies beside its demo project.
    """
    if known is None or known.certain or known.value.runner != "manage" or known.value.directory == PurePosixPath():
        return known
    tested = [app for app in apps if app.tests]
    outside = tuple(app.name for app in tested if not app.path.is_relative_to(known.value.directory))
    if not outside or len(outside) < len(tested):
        return known
    tops = tuple(name for name in outside if not any(name.startswith(f"{other}.") for other in outside))
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


def parse_command(text: str) -> TestCommand:
    """Read a test command as typed in a shell: variables, ``cd X &&``, python with options, then what it runs.

    Raises UsageError for what is none of Django's test command, pytest, or a Python script or module.
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"the test command {text!r} is not readable: {error}.", hint="Check its quotes.") from error
    directory = PurePosixPath()
    variables: dict[str, str] = {}
    while words:
        if words[0] == "cd" and len(words) > 3 and words[2] in ("&&", ";"):  # noqa: PLR2004  # cd FOLDER && COMMAND
            directory, words = directory / words[1], words[3:]
        elif ASSIGNMENT.match(words[0]) or words[0] in ("env", "export", "&&"):
            name, sign, value = words[0].partition("=")
            variables.update({name: value} if sign else {})
            words = words[1:]
        else:
            break
    argv = _without_python(_without_coverage(_without_python(words)))
    if not argv:
        raise UsageError(f"the test command {text!r} runs nothing.", hint="Example: python manage.py test shop")
    return TestCommand(
        runner=_runner(argv, text), argv=tuple(_as_module(argv)), directory=directory, environment=variables
    )


def _without_python(words: list[str]) -> list[str]:
    """The words after ``python`` and its own options; ``-m`` stays."""
    if not words or not PYTHON.match(words[0]):
        return words
    rest = words[1:]
    while rest and rest[0].startswith("-") and rest[0] != "-m":
        rest = rest[2:] if rest[0] in ("-W", "-X") else rest[1:]
    return rest


def _without_coverage(words: list[str]) -> list[str]:
    """The words that ``coverage run`` would run."""
    bare = words[1:] if words[:2] == ["-m", "coverage"] else words
    if bare[:2] != ["coverage", "run"]:
        return words
    rest = bare[2:]
    while rest and rest[0].startswith("-") and rest[0] != "-m":
        rest = rest[1:]
    return rest


def _runner(argv: list[str], text: str) -> Runner:
    if _names_pytest(argv):
        return "pytest"
    if argv[0].endswith(("manage.py", "django-admin")) or argv[:2] == ["-m", "django"]:
        return "manage"
    if argv[0] == "-m" or argv[0].endswith(".py") or "/" in argv[0]:
        return "script"
    raise UsageError(
        f"the test command {text!r} is neither manage.py test, pytest, nor a Python script or module.",
        hint="Give what your tool runs in the end, such as `python manage.py test` or `pytest`.",
    )


def _names_pytest(argv: list[str]) -> bool:
    return argv[0].rpartition("/")[2] in ("pytest", "py.test") or argv[:2] in (["-m", "pytest"], ["-m", "py.test"])


def _as_module(argv: list[str]) -> list[str]:
    """The arguments for the interpreter: installed programs are run as modules of the project's environment."""
    program = argv[0].rpartition("/")[2]
    if program in ("pytest", "py.test"):
        return ["-m", "pytest", *argv[1:]]
    if program == "django-admin":
        return ["-m", "django", *argv[1:]]
    return argv
