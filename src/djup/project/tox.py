"""The test command that a tox file gives: what CI ran, with its folder and its variables."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import msgspec

from djup.errors import UsageError
from djup.model import Known, Place, TestCommand
from djup.project.commands import parse_command
from djup.project.ini import ini_values
from djup.project.tree import Tree

POSARGS = re.compile(r"\{posargs(?::([^}]*))?\}")
FOLDERS = re.compile(r"\{(?:toxinidir|envbindir|envpython|env_bin_dir|tox_root)\}[/\\]?")
FACTOR = re.compile(r"^[!\w.,{}-]+:\s+")
VARIABLE = re.compile(r"^([A-Za-z_]\w*)\s*=\s*(.*)$")


def tox_command(tree: Tree) -> Known[TestCommand] | None:
    """The first command of ``[testenv]`` that runs tests; None where none can be told."""
    for name, line in ini_values(tree, "testenv", "commands"):
        command = _read(line)
        if command is not None:
            folder = next((_plain(value) for _, value in ini_values(tree, "testenv", "changedir")), "")
            command = msgspec.structs.replace(
                command, directory=_inside(folder) / command.directory, environment=_variables(tree)
            )
            place = Place(path=PurePosixPath(name))
            return Known(value=command, why=f"the command of [testenv] in {name}", place=place, certain=False)
    return None


def _read(line: str) -> TestCommand | None:
    """A line of ``commands`` as a test command; None if it is something else, or asks for what only tox knows."""
    text = _plain(POSARGS.sub(lambda found: found.group(1) or "", line).lstrip("- "))
    if "{" in text or "test" not in text:
        return None
    try:
        command = parse_command(text)
    except UsageError:
        return None
    runs_tests = command.runner == "pytest" or "test" in command.argv or "test" in command.argv[0]
    return command if runs_tests and command.argv[:2] != ("-m", "tox") else None


def _plain(text: str) -> str:
    """A value without the folders that tox fills in, all of which are the project's own, and without its factor."""
    return FOLDERS.sub("", FACTOR.sub("", text.strip())).strip()


def _inside(folder: str) -> PurePosixPath:
    path = PurePosixPath(folder or ".")
    return PurePosixPath() if path.is_absolute() or "{" in folder else path


def _variables(tree: Tree) -> dict[str, str]:
    """The variables of ``setenv`` that say themselves what they are."""
    found = {}
    for key in ("setenv", "set_env"):
        for _, line in ini_values(tree, "testenv", key):
            match = VARIABLE.match(_plain(line))
            if match and "{" not in match.group(2) and match.group(1) not in ("PATH", "PYTHONPATH", "PYTHONWARNINGS"):
                found[match.group(1)] = match.group(2)
    return found
