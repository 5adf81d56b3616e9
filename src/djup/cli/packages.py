"""``djup packages``: every package the project declares, and what a release of Django needs of it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from djup.cli.options import HELP, format_option, path_argument, project_options, source_options, target_options
from djup.cli.output import show
from djup.config import load_config
from djup.report.packages import document
from djup.tasks.packages import look_up_packages


@click.command(context_settings=HELP)
@path_argument
@target_options
@project_options
@source_options
@format_option
def packages(path: Path, form: str, *, one_hop: bool, **given: Any) -> None:
    """Show what a release of Django needs of each package.

    Each conflict is the smallest set of requirements that cannot hold together, with ways out. Nothing is changed.
    """
    root = path.resolve()
    config = load_config(root, given, os.environ)
    page = look_up_packages(root, config, dt.datetime.now(dt.UTC).date(), one_hop=one_hop)
    show(form, page, document(page))
