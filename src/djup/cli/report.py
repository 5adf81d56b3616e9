"""``djup report``: what the latest run did."""

from __future__ import annotations

from pathlib import Path

import click

from djup.cli.options import HELP, format_option, path_argument
from djup.cli.output import show
from djup.report.upgrade import document
from djup.tasks.plan import git_of
from djup.tasks.runs import report_of


@click.command(context_settings=HELP)
@path_argument
@format_option
@click.option("--branch", metavar="NAME", help="The run on this branch. [default: the latest]")
@click.option("--timings", is_flag=True, help="Show how long each step took, and how much of it was djup's own.")
def report(path: Path, form: str, branch: str | None, *, timings: bool) -> None:
    """Show what the latest run did, and what is left.

    Hops, commits, changes, packages, tests, and what a person must, should or may look at.
    """
    page = report_of(path.resolve(), git_of(path.resolve()).common_dir, branch)
    show(form, page, document(page, timings=timings))
