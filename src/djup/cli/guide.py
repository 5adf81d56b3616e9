"""``djup guide``: the guide of a release for one project: what applies, where, what djup does, what is left."""

from __future__ import annotations

from pathlib import Path

import click

from djup.cli.options import HELP, format_option, path_argument
from djup.cli.output import show
from djup.model import parse_release
from djup.report.guide import document
from djup.tasks.guide import make_guide


@click.command(context_settings=HELP)
@click.argument("release", metavar="RELEASE")
@path_argument
@click.option("--from", "start", metavar="RELEASE", help="The Django the project is on. [default: read from its files]")
@format_option
def guide(release: str, path: Path, start: str | None, form: str) -> None:
    """Write the upgrade guide of a release for a project.

    For each change that applies to the project in PATH: where, what djup does about it, and what is left to do.
    """
    page = make_guide(path.resolve(), parse_release(release), parse_release(start) if start else None)
    show(form, page, document(page))
