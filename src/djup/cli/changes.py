"""``djup changes``: everything djup knows about Django's releases: listed, shown, counted."""

from __future__ import annotations

import click

from djup.cli.explain import explain
from djup.cli.options import HELP, format_option
from djup.cli.output import show
from djup.model import parse_release
from djup.report.changes import document, stats_document
from djup.tasks.changes import count_changes
from djup.tasks.changes import list_changes as find


@click.group(context_settings=HELP)
def changes() -> None:
    """Show what djup knows of Django's releases."""


@changes.command("list", context_settings=HELP)
@click.option("--release", metavar="RELEASE", help="Only the changes that take effect in this release.")
@click.option("--fixable", is_flag=True, help="Only the changes that djup rewrites.")
@format_option
def list_changes(release: str | None, form: str, *, fixable: bool) -> None:
    """List the changes, oldest release first."""
    page = find(parse_release(release) if release else None, fixable=fixable)
    show(form, page, document(page))


@changes.command("stats", context_settings=HELP)
@format_option
def stats(form: str) -> None:
    """Count what Django documents against what djup knows, finds and rewrites."""
    page = count_changes()
    show(form, page, stats_document(page))


changes.add_command(explain, "show")
