"""``djup warnings``: every warning of a project with its owner and deadline, and a ratchet for CI."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from djup.cli.options import HELP, path_argument, project_options
from djup.cli.output import show, show_findings, tell
from djup.config import load_config
from djup.report.forms import FORMS
from djup.report.terminal import make_reporter
from djup.report.warnings import WarningsPage, compared_document, compared_page, document, findings_of
from djup.tasks.warnings import measure
from djup.verify.ratchet import FILE, Compared, baseline_of, compare_baselines, read_baseline, write_baseline

FORMATS = (*FORMS, "sarif", "github")


@click.command(context_settings=HELP)
@click.argument("action", type=click.Choice(["list", "save", "compare"]), default="list")
@path_argument
@project_options
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"The baseline. [default: PATH/{FILE}]",
)
@click.option("--no-tests", is_flag=True, help="Run only the checks and sweeps.")
@click.option("--search-index", is_flag=True, help="Look in later versions of packages for one without each warning.")
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
    """Collect every warning of a project on its present release.

    list shows them by owner, save keeps them as a baseline, compare exits with 1 if there are new ones. The checks, the
    sweeps and the tests run in a copy of the project in PATH.
    """
    root = path.resolve()
    file = baseline or root / FILE
    before = read_baseline(file) if action == "compare" else None
    config = load_config(root, given, os.environ)
    today = dt.datetime.now(dt.UTC).date()
    page = measure(root, config, today, make_reporter(quiet=quiet), tests=not no_tests, search=search_index)
    now = baseline_of(page.entries, page.django)
    if before is not None:
        return _compare(form, page, compare_baselines(before, now))
    if action == "save":
        write_baseline(file, now)
        tell(f"{len(now.warnings)} warnings kept in {file}")
    elif form in FORMS:
        show(form, page, document(page))
    else:
        show_findings(form, findings_of(page.entries))
    return 0


def _compare(form: str, found: WarningsPage, compared: Compared) -> int:
    page = compared_page(found, compared)
    if form in FORMS:
        show(form, page, compared_document(page))
    else:
        show_findings(form, findings_of(page.new))
    return 1 if compared.new else 0
