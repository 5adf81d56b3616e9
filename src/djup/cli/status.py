"""``djup status``: what the project here is, until when all it uses is supported, and the next command to type."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from djup.cli.options import HELP, format_option, path_argument, project_options
from djup.cli.output import show
from djup.config import load_config
from djup.report.status import document
from djup.tasks.plan import read
from djup.tasks.status import make_status


@click.command(context_settings=HELP)
@path_argument
@project_options
@format_option
def status(path: Path, form: str, **given: Any) -> None:
    """Show what a project is, until when what it uses is supported, and what to do next.

    Each fact about the project in PATH says where it was read.
    """
    config = load_config(path.resolve(), given, os.environ)
    page = make_status(read(path.resolve(), config), config, dt.datetime.now(dt.UTC).date())
    show(form, page, document(page))
