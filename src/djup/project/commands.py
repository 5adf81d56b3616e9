"""A test command as people type it, taken apart: variables, folder, interpreter, and what runs the tests."""

from __future__ import annotations

import re
import shlex
from pathlib import PurePosixPath
from typing import Literal

from djup.errors import UsageError
from djup.model import TestCommand

Runner = Literal["manage", "pytest", "script"]

PYTHON = re.compile(r"^(?:.*/)?python(?:[23](?:\.\d+)?)?$")
ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*=")


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
    if argv[0].endswith(("manage.py", "django-admin", "django-admin.py")) or argv[:2] == ["-m", "django"]:
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
    if program in ("django-admin", "django-admin.py"):
        return ["-m", "django", *argv[1:]]
    return argv
