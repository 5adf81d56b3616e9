"""``djup changes``: everything djup knows about Django's releases: listed, shown, counted."""

from __future__ import annotations

from collections.abc import Mapping

import click
from rich.console import Console
from rich.table import Table

from djup.cli.explain import explain
from djup.cli.options import format_option
from djup.cli.output import print_as
from djup.knowledge.changes import Change, all_changes
from djup.knowledge.coverage import Coverage, coverage_by_release, coverage_of, documented_changes
from djup.model import Record, parse_release
from djup.report.markdown import table as markdown_table
from djup.report.run import SCHEMA_VERSION


class Line(Record):
    """A change in the list."""

    id: str
    summary: str
    removed: str
    deprecated: str
    severity: str
    fixed_by_djup: bool


class Lines(Record):
    """What ``djup changes list`` shows."""

    schema_version: int
    changes: tuple[Line, ...]


class Stats(Coverage):
    """What ``djup changes stats`` shows: the counts over all releases, and the same for each."""

    schema_version: int = SCHEMA_VERSION
    releases: Mapping[str, Coverage] = {}


COLUMNS = ("release", "documented", "known", "found in files", "rewritten", "on the timeline", "of these rewritten")


@click.group()
def changes() -> None:
    """Show what djup knows of Django's releases."""


@changes.command("list")
@click.option("--release", metavar="RELEASE", help="Only the changes that take effect in a release.")
@click.option("--fixable", is_flag=True, help="Only those that djup rewrites.")
@format_option
def list_changes(release: str | None, form: str, *, fixable: bool) -> None:
    """List the changes, oldest release first."""
    wanted = parse_release(release) if release else None
    found = [
        change
        for change in all_changes()
        if (wanted is None or change.release == wanted) and (change.fixable or not fixable)
    ]
    page = Lines(schema_version=SCHEMA_VERSION, changes=tuple(_line(change) for change in found))
    print_as(form, page, text=lambda out: _print(out, page), markdown=lambda: _markdown(page))


def _line(change: Change) -> Line:
    return Line(
        id=change.id,
        summary=change.summary,
        removed=change.removed,
        deprecated=change.deprecated,
        severity=change.severity,
        fixed_by_djup=change.fixable,
    )


def _print(console: Console, page: Lines) -> None:
    table = Table("id", "", "summary", box=None, pad_edge=False)
    for line in page.changes:
        table.add_row(line.id, "fixed" if line.fixed_by_djup else "", line.summary)
    console.print(table)


def _markdown(page: Lines) -> str:
    rows = [(f"`{line.id}`", line.summary, "yes" if line.fixed_by_djup else "") for line in page.changes]
    return markdown_table(("Change", "Summary", "Rewritten"), rows) + "\n"


@changes.command("stats")
@format_option
def stats(form: str) -> None:
    """Count what Django documents against what djup knows, finds and rewrites."""
    whole = coverage_of(documented_changes())
    page = Stats(**{name: getattr(whole, name) for name in Coverage.__struct_fields__}, releases=coverage_by_release())
    rows = [*((release, *_counts(one)) for release, one in page.releases.items()), ("all", *_counts(whole))]
    print_as(
        form,
        page,
        text=lambda out: _print_stats(out, rows),
        markdown=lambda: markdown_table(COLUMNS, rows) + "\n",
    )


def _counts(one: Coverage) -> tuple[str, ...]:
    return tuple(str(getattr(one, name)) for name in Coverage.__struct_fields__)


def _print_stats(console: Console, rows: list[tuple[str, ...]]) -> None:
    table = Table(*COLUMNS, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    console.print(table)


changes.add_command(explain, "show")
