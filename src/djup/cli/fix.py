"""``djup fix``: rewrite files for another release of Django, without git and without an environment."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import click

from djup.cli.options import HELP, names
from djup.cli.output import put, show, show_findings, show_patch
from djup.errors import FoundSomething, UsageError
from djup.report.diff import unified_diff
from djup.report.fix import document
from djup.report.forms import FINDINGS, FORMS
from djup.report.visible import visible
from djup.tasks.fix import Order, Rewritten, check, rewrite, rewrite_text, write
from djup.tasks.fix_order import STDIN, left_to_a_person, make_fix_page, make_order

FORMATS = (*FORMS, "sarif", "github", "gitlab")


@click.command(context_settings=HELP)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--from", "start", metavar="RELEASE", help="The Django the code is written for. [default: the project's]")
@click.option("--to", "target", metavar="RELEASE", help="The Django it is to run on. [default: the newest]")
@click.option("--only", metavar="IDS", multiple=True, callback=names, help="Only these changes, separated by commas.")
@click.option("--skip", metavar="IDS", multiple=True, callback=names, help="Not these changes, separated by commas.")
@click.option(
    "--safety",
    type=click.Choice(["safe", "review"]),
    default="review",
    show_default=True,
    help="safe leaves out rewritings that a person should look at.",
)
@click.option(
    "--collapse", is_flag=True, help="Remove code for other versions: conditional imports and tests of a version."
)
@click.option("--diff", "mode", flag_value="diff", help="Show what would be rewritten; write nothing.")
@click.option("--check", "mode", flag_value="check", help="Exit with 1 if anything would be rewritten; write nothing.")
@click.option("--list", "mode", flag_value="list", help="List the places that are left to a person; write nothing.")
@click.option("--statistics", "mode", flag_value="statistics", help="Count by change; write nothing.")
@click.option("--cache/--no-cache", default=True, help="With --check: keep the verdicts on files for the next time.")
@click.option("--stdin-filename", metavar="PATH", help="With - for PATHS: the name of the file read from stdin.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to print places and counts.",
)
def fix(paths: tuple[Path, ...], start: str | None, target: str | None, mode: str | None, **given: Any) -> None:
    """Rewrite files for another release of Django.

    PATHS are files or folders, by default the current folder, or - for stdin. Needs neither git nor an environment.
    """
    chosen = paths or (Path(),)
    wishes = {name: given[name] for name in ("only", "skip", "safety", "collapse")}
    order = make_order(chosen, start, target, **wishes)
    if chosen[0] == STDIN:
        _filter(order, given["stdin_filename"])
    elif mode == "check" and given["form"] == "text":
        _check(chosen, order, keep=given["cache"])
    else:
        _fix(chosen, order, mode or "write", given["form"])


def _filter(order: Order, name: str | None) -> None:
    """Read a file from stdin and write what it becomes to stdout."""
    if not name:
        raise UsageError("a file from stdin needs a name.", hint="Give it with --stdin-filename.")
    fixed = rewrite_text(sys.stdin.buffer.read(), PurePosixPath(name), order)
    sys.stdout.buffer.write(fixed.text)


def _check(paths: Sequence[Path], order: Order, *, keep: bool) -> None:
    """Name the files that would be rewritten, as CI and commit hooks ask."""
    looked_at, changed = check(paths, order, keep=keep)
    put("".join(f"{visible(str(path))}\n" for path in changed))
    _fail_on(len(changed), looked_at)


def _fix(paths: Sequence[Path], order: Order, mode: str, form: str) -> None:
    result = rewrite(paths, order)
    if mode == "write":
        write(result)
    _show(result, order, mode, form)
    if mode == "check":
        _fail_on(len(result.changed), result.files)


def _show(result: Rewritten, order: Order, mode: str, form: str) -> None:
    if form in FINDINGS:
        show_findings(form, result.findings)
    elif mode == "diff" and form == "text":
        show_patch(unified_diff(result.root, result.changed))
    elif mode == "list" and form == "text":
        show_findings("lines", left_to_a_person(result, order))
    else:
        page = make_fix_page(result, order, written=mode == "write")
        show(form, page, document(page))


def _fail_on(changed: int, looked_at: int) -> None:
    if changed:
        raise FoundSomething(f"{changed} of {looked_at} files would be rewritten.")
