"""``djup check``: what a project uses, until when it is supported, and a gate for CI."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from djup.cli.options import HELP, path_argument, project_options
from djup.cli.output import put, show, show_findings
from djup.config import load_config
from djup.errors import UsageError
from djup.knowledge.support import load_support
from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.gate import DEFAULT, parse_conditions
from djup.lifecycle.judgement import Checkup
from djup.lifecycle.security import load_issues
from djup.report.check import CSV_HEAD, csv_rows, document
from djup.report.forms import FORMS
from djup.report.forms import csv as csv_form
from djup.tasks.check import Yardstick, check_bill, check_project, check_stack, project_calendar, through_gate
from djup.tasks.plan import read

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORMATS = (*FORMS, "csv", "sarif", "github", "gitlab", "ics")


@click.command(context_settings=HELP)
@path_argument
@project_options
@click.option("--sbom", type=FILE, help="Check a bill of materials (CycloneDX or SPDX, JSON) instead of a project.")
@click.option("--stack", type=FILE, help="Check a table of names and versions (TOML or JSON) instead of a project.")
@click.option(
    "--fail-on",
    metavar="CONDITIONS",
    multiple=True,
    help="eol, security, unsupported, unknown, within:90d; several with commas. [default: eol,security,unsupported]",
)
@click.option("--as-of", metavar="DAY", help="Judge as of this day (2026-04-07). [default: today, in UTC]")
@click.option(
    "--pages",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Product pages of your own, a file or a folder; repeatable.",
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print the result."
)
def check(
    path: Path,
    *,
    sbom: Path | None,
    stack: Path | None,
    fail_on: tuple[str, ...],
    as_of: str | None,
    pages: tuple[Path, ...],
    form: str,
    **given: Any,
) -> int:
    """Show until when everything a project uses is supported.

    Exits with 1 if anything meets a condition of --fail-on. Unknown never passes: if djup cannot tell whether your
    Django or Python is supported, the check fails too.
    """
    conditions = parse_conditions(fail_on) or DEFAULT
    by = Yardstick(load_support(), load_catalogue(pages), load_issues(), _day(as_of))
    page = through_gate(_checkup(path, sbom, stack, by, given), conditions)
    if form in FORMS:
        show(form, page, document(page))
    elif form == "csv":
        put(csv_form.render(CSV_HEAD, csv_rows(page.checkup)))
    elif form == "ics":
        put(project_calendar(page.checkup, by.catalogue).decode())
    else:
        show_findings(form, page.findings)
    return 1 if page.findings else 0


def _checkup(path: Path, sbom: Path | None, stack: Path | None, by: Yardstick, given: dict[str, Any]) -> Checkup:
    if sbom is not None and stack is not None:
        raise UsageError("--sbom and --stack exclude each other.", hint="Give one of them.")
    if sbom is not None:
        return check_bill(sbom, by)
    if stack is not None:
        return check_stack(stack, by)
    root = path.resolve()
    return check_project(read(root, load_config(root, given, os.environ)), by)


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"'{text}' is not a day.", hint="Write it as 2026-04-07.") from error
