"""``djup plan``: the hops, why each is there, and what has to change."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from djup.cli.options import HELP, format_option, path_argument, project_options, target_options
from djup.cli.output import show
from djup.config import load_config
from djup.report.plan import document
from djup.tasks.plan import make_plan_page, survey


@click.command(context_settings=HELP)
@path_argument
@target_options
@project_options
@format_option
def plan(path: Path, form: str, *, one_hop: bool, **given: Any) -> None:
    """Show the way to a release, and what it takes.

    It starts from where the project in PATH stands. Nothing is changed.
    """
    root = path.resolve()
    config = load_config(root, given, os.environ)
    planned = survey(root, config, dt.datetime.now(dt.UTC).date(), one_hop=one_hop)
    page = make_plan_page(planned, config)
    show(form, page, document(page))
