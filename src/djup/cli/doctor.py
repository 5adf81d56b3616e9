"""``djup doctor``: what this machine has of what djup needs."""

from __future__ import annotations

import click

from djup.cli.options import HELP, format_option
from djup.cli.output import show
from djup.report.doctor import document
from djup.tasks.doctor import examine


@click.command(context_settings=HELP)
@format_option
def doctor(form: str) -> int:
    """Show what this machine has of what djup needs.

    Exits with 1 if something is missing.
    """
    page = examine()
    show(form, page, document(page))
    return 0 if all(each.ok for each in page.examined) else 1
