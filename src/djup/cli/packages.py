"""``djup packages``: every package the project declares, and what a release of Django needs of it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from djup.cli.options import format_option, path_argument, project_options, source_options, target_options
from djup.cli.output import print_as
from djup.config import Config, load_config
from djup.environments.interpreters import interpreters, need_interpreter
from djup.knowledge.support import load_support
from djup.model import Record
from djup.packages.index import Index
from djup.packages.look_alikes import refuse_look_alikes
from djup.packages.origins import sources_of
from djup.packages.table import PackageTable, TableAsk, package_table
from djup.report.markdown import table
from djup.report.run import SCHEMA_VERSION
from djup.tasks.plan import Survey, outline

COLUMNS = ("package", "now", "needed", "newest", "declared by", "verdict", "why")


class PackagesPage(Record):
    """What ``djup packages`` shows."""

    schema_version: int
    project: str
    table: PackageTable


@click.command()
@path_argument
@target_options
@project_options
@source_options
@format_option
def packages(path: Path, form: str, *, one_hop: bool, **given: Any) -> None:
    """Show what a release of Django needs of each package.

    Conflicts are told as the smallest set that cannot hold together, with the ways out. Nothing is changed.
    """
    root = path.resolve()
    config = load_config(root, given, os.environ)
    today = dt.datetime.now(dt.UTC).date()
    planned = outline(root, config, today, one_hop=one_hop)
    refuse_look_alikes(planned.project, config.requirements, config.allowed_packages)
    page = PackagesPage(
        schema_version=SCHEMA_VERSION, project=planned.project.name, table=package_table(_ask(planned, config, today))
    )
    print_as(form, page, text=lambda out: _print(out, page), markdown=lambda: _markdown(page))


def _ask(planned: Survey, config: Config, today: dt.date) -> TableAsk:
    found = interpreters()
    start, end = planned.path.start, planned.path.hops[-1].end if planned.path.hops else planned.path.target
    sources = sources_of(planned.project, find_links=config.find_links, offline=config.offline)
    stops = [hop.end.django for hop in planned.path.hops[:-1]]
    return TableAsk(
        project=planned.project,
        start=start,
        end=end,
        interpreter=need_interpreter(end.python, found),
        here=next((one for one in found if one.release == start.python), None),
        others=tuple(one for one in found if one.release > end.python),
        earlier=tuple(dict.fromkeys([*reversed(stops), start.django])),
        index=Index.of(sources),
        sources=sources,
        as_of=load_support().mid_life(start.release, today),
        as_of_end=load_support().mid_life(end.release, today),
        today=today,
    )


def _cells(page: PackagesPage) -> list[tuple[str, ...]]:
    return [
        (
            row.name,
            row.now or "?",
            row.needed or "-",
            row.newest or "-",
            ", ".join(row.declared_by),
            row.verdict,
            row.why,
        )
        for row in page.table.rows
    ]


def _print(out: Console, page: PackagesPage) -> None:
    out.print(Text(f"{page.project} for Django {page.table.django} on Python {page.table.python}", style="bold"))
    shown = Table(*COLUMNS, box=None, pad_edge=False)
    for cells in _cells(page):
        shown.add_row(*cells)
    out.print(shown)
    for conflict in page.table.conflicts:
        out.print(Text(f"conflict: {conflict.why}", style="red"))
        for line in conflict.requirements:
            out.print(f"  {line}")
        for number, way in enumerate(conflict.ways, start=1):
            out.print(f"  {number}. {way.what}{f' (changes {way.changes})' if way.changes else ''}")
    for note in page.table.notes:
        out.print(f"note: {note}")


def _markdown(page: PackagesPage) -> str:
    parts = [f"## {page.project} for Django {page.table.django} on Python {page.table.python}"]
    parts.append(table(COLUMNS, _cells(page)))
    for conflict in page.table.conflicts:
        ways = [f"{number}. {way.what}" for number, way in enumerate(conflict.ways, start=1)]
        core = [f"- `{line}`" for line in conflict.requirements]
        parts.append("\n".join([f"### Conflict: {conflict.why}", "", *core, "", *ways]))
    parts += [f"> {note}" for note in page.table.notes]
    return "\n\n".join(parts) + "\n"
