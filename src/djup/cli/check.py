"""``djup check``: what a project uses, until when it is supported, and a gate for CI."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from djup.cli.options import path_argument, project_options
from djup.cli.output import console, print_json
from djup.config import load_config
from djup.errors import UsageError
from djup.knowledge.support import load_support
from djup.lifecycle.catalogue import Catalogue, load_catalogue
from djup.lifecycle.events import release_events
from djup.lifecycle.gate import DEFAULT, Condition, findings, parse_conditions
from djup.lifecycle.judgement import Checkup
from djup.lifecycle.security import load_issues
from djup.model import Finding, Record
from djup.report.checkup import checkup_csv, checkup_markdown, print_checkup
from djup.report.forms import FINDINGS
from djup.tasks.check import Yardstick, check_bill, check_project, check_stack
from djup.tasks.plan import read

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORMATS = ("text", "json", "markdown", "csv", "sarif", "github", "gitlab", "ics")


class CheckPage(Record):
    """What ``djup check --format json`` shows."""

    schema_version: int
    verdict: str
    checkup: Checkup
    findings: tuple[Finding, ...]


@click.command()
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
    """Tell until when all that the project in PATH uses is supported; exit 1 where the gate fails.

    Unknown is never well: a Django or a Python nobody can tell the support of fails the gate too.
    """
    conditions = parse_conditions(fail_on) or DEFAULT
    by = Yardstick(load_support(), load_catalogue(pages), load_issues(), _day(as_of))
    checkup = _checkup(path, sbom, stack, by, given)
    found = findings(checkup, conditions)
    _print(form, checkup, found, conditions, by.catalogue)
    return 1 if found else 0


def _checkup(path: Path, sbom: Path | None, stack: Path | None, by: Yardstick, given: Mapping[str, Any]) -> Checkup:
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
        raise UsageError(f"'{text}' is no day.", hint="Write it as 2026-04-07.") from error


def _print(
    form: str,
    checkup: Checkup,
    found: tuple[Finding, ...],
    conditions: tuple[Condition, ...],
    catalogue: Catalogue,
) -> None:
    if form == "json":
        print_json(
            CheckPage(
                schema_version=checkup.schema_version,
                verdict=verdict(checkup, found),
                checkup=checkup,
                findings=found,
            )
        )
    elif form == "text":
        print_checkup(console(), checkup)
        words = ", ".join(f"within:{one.days}d" if one.kind == "within" else one.kind for one in conditions)
        click.echo(f"{verdict(checkup, found)}: {len(found)} findings for {words}", err=True)
    elif form == "ics":
        click.echo(project_calendar(checkup, catalogue), nl=False)
    else:
        plain: Mapping[str, Callable[[], str]] = {
            "markdown": lambda: checkup_markdown(checkup),
            "csv": lambda: checkup_csv(checkup),
        }
        text = plain[form]() if form in plain else FINDINGS[form](found)
        click.echo(text.rstrip("\n"))


def verdict(checkup: Checkup, found: tuple[Finding, ...]) -> str:
    """``findings``, ``unknown`` where nothing was found but something is not known, else ``ok``."""
    if found:
        return "findings"
    unknown = any(judged.phase == "unknown" for judged in checkup.judged) or not checkup.judged
    return "unknown" if unknown else "ok"


def project_calendar(checkup: Checkup, catalogue: Catalogue) -> bytes:
    """The events of all releases in use, with the UIDs they have in every other calendar."""
    from djup.lifecycle.site.calendars import calendar, event_lines  # noqa: PLC0415  # the one format that needs it

    stamp = dt.datetime.combine(checkup.day, dt.time(), tzinfo=dt.UTC)
    lines: dict[str, bytes] = {}
    for judged in checkup.judged:
        product = catalogue.get(judged.subject.product)
        release = product.find(judged.release) if product and judged.release else None
        if product and release:
            lines |= {event.key: event_lines(event, "", stamp) for event in release_events(product, release)}
    return calendar(f"Lifecycles of {checkup.name}", lines.values())
