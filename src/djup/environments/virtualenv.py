"""Environments of the Pythons that uv does not know: virtualenv makes them, the pip it brings installs into them."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from djup.environments.builds import advice_for
from djup.environments.uv import explain_failure, run_uv
from djup.errors import EnvironmentFailedError
from djup.model import Release
from djup.process import Ran, contained, environment, run

OLDEST_OF_UV: Release = (3, 6)
"""uv inspects interpreters with options that came with Python 3.4 and syntax of 3.6."""

VIRTUALENV = "virtualenv==20.21.1"
"""The last one that makes environments of Python 2.7 (20.22.0 dropped it); it carries pip 20.3.4, setuptools 44.1.1
and wheel 0.37.1 (https://virtualenv.pypa.io/en/latest/changelog.html)."""

SELF_STARTING = """#!/bin/sh
'''exec' "$(dirname -- "$(realpath -- "$0")")"/'python' "$0" "$@"
' '''
"""
"""The first lines of a script that finds the Python beside it, wherever its environment is moved to."""


def is_old(release: Release) -> bool:
    """Whether a Python is one that uv cannot make environments of."""
    return release < OLDEST_OF_UV


def downloads(version: str) -> Path:
    """The folder of the files that were fetched for an exact version of Python."""
    return platformdirs.user_cache_path("djup") / "downloads" / version


def make_old_environment(folder: Path, python: Path) -> None:
    """Make an empty environment with its own pip; raises EnvironmentFailedError."""
    words: list[str | Path] = ["tool", "run", "--python", sys.executable, "--from", VIRTUALENV, "virtualenv"]
    ran = run_uv([*words, "--quiet", "--no-download", "--no-periodic-update", "--python", python, folder])
    if not ran.ok:
        raise explain_failure(ran, "making an environment") or _failed(ran, "an empty environment could not be made")


def run_pip(python: Path, words: Sequence[str | Path], *, cwd: Path | None = None, log: Path | None = None) -> Ran:
    """Run the pip of an environment, with the user's own index settings; it asks nobody anything."""
    own = {"PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_PYTHON_VERSION_WARNING": "1"}
    path = f"{python.parent}:{environment().get('PATH', '')}"
    return run(
        contained([python, "-m", "pip", "--no-color", *words]), cwd=cwd, env=environment({**own, "PATH": path}), log=log
    )


def install_old(folder: Path, lines: Sequence[str], version: str, log: Path) -> None:
    """Install pinned lines, from what the resolution fetched where all are there, else from the index."""
    python = folder / "bin" / "python"
    listed = log.parent / "install.txt"
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    words: list[str | Path] = ["install", "--no-deps", "--find-links", downloads(version), "--requirement", listed]
    ran = run_pip(python, [*words, "--no-index"], log=log)
    if not ran.ok:
        ran = run_pip(python, words, log=log)
    if not ran.ok:
        raise explain_failure(ran, "installing packages") or _failed(ran, "a package could not be built or installed")
    make_movable(folder)


def install_old_project(folder: Path, project: Path, log: Path) -> bool:
    """Install the project itself, editable, with the setuptools that is there; whether that went well."""
    words: list[str | Path] = ["install", "--no-deps", "--no-build-isolation", "--editable", project]
    ran = run_pip(folder / "bin" / "python", words, log=log)
    make_movable(folder)
    return ran.ok


def make_movable(folder: Path) -> None:
    """Let the scripts of an environment find their Python beside them, as its folder is yet to be moved into place."""
    first = re.compile(rb"^#!" + re.escape(str(folder).encode()) + rb"/bin/python[\d.]*\n")
    for script in (folder / "bin").iterdir():
        if script.is_symlink() or not script.is_file():
            continue
        body = script.read_bytes()
        if first.match(body):
            script.write_bytes(first.sub(lambda _: SELF_STARTING.encode(), body, count=1))


def _failed(ran: Ran, what: str) -> EnvironmentFailedError:
    hint = advice_for(ran.tail(400)) or "Read the log; `djup doctor` shows what this machine has."
    return EnvironmentFailedError(
        f"{what}. The log ends:\n{ran.tail(12)}\nThe whole log: {ran.log or 'none'}.", hint=hint
    )
