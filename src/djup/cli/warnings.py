"""``djup warnings``: every warning of a project with its owner and deadline, and a ratchet for CI."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from djup.cli.options import path_argument, project_options
from djup.cli.output import console, print_json
from djup.config import load_config
from djup.model import Record
from djup.report.forms import FINDINGS
from djup.report.terminal import make_reporter
from djup.report.warnings import compared_markdown, findings_of, listed_markdown, print_compared, print_listed
from djup.tasks.warnings import Inventory, measure
from djup.verify.inventory import Listed
from djup.verify.ratchet import (
    FILE,
    Compared,
    baseline_of,
    compare_baselines,
    read_baseline,
    write_baseline,
)

FORMATS = ("text", "json", "markdown", "sarif", "github")


class ComparedPage(Record):
    """What ``djup warnings compare --format json`` shows."""

    schema_version: int
    verdict: str
    compared: Compared
    new: tuple[Listed, ...]
    notes: tuple[str, ...]


@click.command()
@click.argument("action", type=click.Choice(["list", "save", "compare"]), default="list")
@path_argument
@project_options
@click.option("--baseline", type=click.Path(dir_okay=False, path_type=Path), help=f"The file. [default: PATH/{FILE}]")
@click.option("--no-tests", is_flag=True, help="Run only the checks and sweeps.")
@click.option("--search-index", is_flag=True, help="Look into later versions of packages for one that is free of each.")
@click.option("--network", type=click.Choice(["auto", "none", "host"]), help="What tests may reach. [default: auto]")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print the result."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def warnings(
    action: str,
    path: Path,
    *,
    baseline: Path | None,
    no_tests: bool,
    search_index: bool,
    form: str,
    quiet: bool,
    **given: Any,
) -> int:
    """Collect every warning of the project in PATH on its present release.

    ``list`` shows them by owner; ``save`` keeps them as a baseline; ``compare`` exits 1 where there are new ones. The
    checks, the sweeps and the tests run in a copy of the project.
    """
    root = path.resolve()
    file = baseline or root / FILE
    before = read_baseline(file) if action == "compare" else None
    config = load_config(root, given, os.environ)
    today = dt.datetime.now(dt.UTC).date()
    found = measure(root, config, today, make_reporter(quiet=quiet), tests=not no_tests, search=search_index)
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    now = baseline_of(found.entries, found.django)
    if before is not None:
        compared = compare_baselines(before, now)
        _print_compared(form, found, compared)
        return 1 if compared.new else 0
    if action == "save":
        write_baseline(file, now)
        click.echo(f"{len(now.warnings)} warnings kept in {file}", err=True)
        return 0
    _print_listed(form, found)
    return 0


def _print_listed(form: str, found: Inventory) -> None:
    if form == "json":
        print_json(found)
    elif form == "markdown":
        click.echo(f"## Warnings of {found.project} on Django {found.django}\n\n{listed_markdown(found.entries)}")
    elif form == "text":
        print_listed(console(), found.entries)
        click.echo(f"{len(found.entries)} warnings on Django {found.django}, {found.tests} tests", err=True)
    else:
        _print_findings(form, found.entries)


def _print_compared(form: str, found: Inventory, compared: Compared) -> None:
    keys = {(one.symbol, one.category, one.message) for one in compared.new}
    new = tuple(one for one in found.entries if one.key in keys)
    if form == "json":
        verdict = "new" if compared.new else "ok"
        version = found.schema_version
        print_json(ComparedPage(schema_version=version, verdict=verdict, compared=compared, new=new, notes=found.notes))
    elif form == "markdown":
        click.echo(compared_markdown(compared, found.entries))
    elif form == "text":
        print_compared(console(), compared, found.entries)
    else:
        _print_findings(form, new)


def _print_findings(form: str, entries: Sequence[Listed]) -> None:
    click.echo(FINDINGS[form](findings_of(entries)).rstrip("\n"))
