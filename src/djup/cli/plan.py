"""``djup plan``: the hops, why each is there, and what has to change."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from djup.cli.options import format_option, path_argument, project_options, target_options
from djup.cli.output import print_as
from djup.config import load_config
from djup.knowledge.changes import all_changes
from djup.plan.estimate import estimate
from djup.report.plan import PlanPage, plan_markdown, plan_page, print_plan
from djup.tasks.plan import Survey, survey


@click.command()
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
    page = make_plan_page(survey(root, config, dt.datetime.now(dt.UTC).date(), one_hop=one_hop))
    print_as(form, page, text=lambda out: print_plan(out, page), markdown=lambda: plan_markdown(page))


def make_plan_page(planned: Survey) -> PlanPage:
    """Make the page of a survey."""
    summaries = {change.id: (change.summary, change.fixable) for change in all_changes()}
    guess = estimate(planned.path, planned.findings)
    return plan_page(planned.project.name, planned.path, planned.counts, summaries, guess)
