"""``djup report``: what the latest run did."""

from __future__ import annotations

from pathlib import Path

import click

from djup.cli.options import format_option, path_argument
from djup.cli.output import print_as
from djup.report.markdown import report_markdown
from djup.report.text import print_report
from djup.tasks.plan import git_of
from djup.tasks.runs import report_of


@click.command()
@path_argument
@format_option
@click.option("--branch", metavar="NAME", help="The run on this branch. [default: the latest]")
@click.option("--timings", is_flag=True, help="Show how long each step took, and how much of it was djup's own.")
def report(path: Path, form: str, branch: str | None, *, timings: bool) -> None:
    """Show what the latest run did, and what is left.

    Hops, commits, changes, packages, tests, and what a person must, should or may look at.
    """
    made = report_of(path.resolve(), git_of(path.resolve()).common_dir, branch)
    print_as(
        form,
        made,
        text=lambda console: print_report(console, made, timings=timings),
        markdown=lambda: report_markdown(made),
    )
