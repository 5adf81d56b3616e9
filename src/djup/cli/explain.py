"""``djup explain``: what a change is, and what djup does about it."""

from __future__ import annotations

import click

from djup.cli.options import HELP, format_option
from djup.cli.output import show
from djup.report.explain import document
from djup.tasks.explain import explain as look_up


@click.command(context_settings=HELP)
@click.argument("change_id", metavar="CHANGE-ID")
@format_option
def explain(change_id: str, form: str) -> None:
    """Explain a change by its id.

    Reports and commits name the ids, such as 4.0/ugettext.
    """
    page = look_up(change_id)
    show(form, page, document(page))
