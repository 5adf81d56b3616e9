"""``djup tests``: what a project's tests reach, and a smoke suite made from the running project."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path, PurePosixPath
from typing import Any

import click

from djup.cli.options import HELP, format_option, path_argument, project_options
from djup.cli.output import show
from djup.config import load_config
from djup.errors import UsageError
from djup.report.terminal import make_reporter
from djup.report.tests import document
from djup.tasks.tests import measure


@click.command(context_settings=HELP)
@path_argument
@project_options
@click.option("--write", metavar="FILE", help="Write the smoke suite to this file, and a fixture beside it.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
@format_option
def tests(path: Path, form: str, *, write: str | None, quiet: bool, **given: Any) -> None:
    """Show what a project's tests reach, and make smoke tests from it.

    djup starts the project in PATH and requests every address as an anonymous visitor, as a user and as staff. It sends
    forms, saves models and compiles templates. With --write it keeps the suite as a plain Django test module.
    """
    root = path.resolve()
    file = PurePosixPath(write) if write else None
    if file is not None and (file.is_absolute() or file.suffix != ".py"):
        raise UsageError(f"'{write}' is not a Python file in the project.", hint="Name one like tests/test_smoke.py.")
    if file is not None and (root / file).exists():
        raise UsageError("this file exists.", path=root / file, hint="Name another, or move that one away.")
    config = load_config(root, given, os.environ)
    today = dt.datetime.now(dt.UTC).date()
    page = measure(root, config, today, make_reporter(quiet=quiet), write=file)
    show(form, page, document(page))
