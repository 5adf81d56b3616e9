"""``djup fix``: rewrite files for another release of Django, without git and without an environment."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath
from typing import Any

import click

from djup.cli.output import print_json
from djup.errors import FoundSomething, UsageError
from djup.fixers.skips import UnusedSkip
from djup.knowledge.changes import all_changes
from djup.knowledge.support import load_support
from djup.model import Finding, Record, Release, parse_release, release_text
from djup.report.diff import unified_diff
from djup.report.forms import FINDINGS
from djup.report.run import SCHEMA_VERSION
from djup.tasks.fix import (
    Order,
    Rewritten,
    changes_for,
    check,
    release_of_project,
    rewrite,
    rewrite_text,
    root_of,
    write,
)


class FixPage(Record):
    """What ``djup fix --format json`` shows."""

    schema_version: int
    start: str
    target: str
    files: int
    changed: tuple[str, ...]
    edits: dict[str, int]
    findings: tuple[Finding, ...]
    unreadable: dict[str, str]
    unused_skips: tuple[UnusedSkip, ...]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--from", "start", metavar="RELEASE", help="The Django the code is written for. [default: the project's]")
@click.option("--to", "target", metavar="RELEASE", help="The Django it is to run on. [default: the newest]")
@click.option("--only", metavar="IDS", help="Only these changes, separated by commas.")
@click.option("--skip", metavar="IDS", help="Not these changes, separated by commas.")
@click.option(
    "--safety",
    type=click.Choice(["safe", "review"]),
    default="review",
    show_default=True,
    help="safe leaves out rewritings that a person should look at.",
)
@click.option(
    "--collapse", is_flag=True, help="Take out code for other versions: conditional imports, tests of a version."
)
@click.option("--diff", "mode", flag_value="diff", help="Show what would be rewritten; write nothing.")
@click.option("--check", "mode", flag_value="check", help="Write nothing; exit 1 if something would be rewritten.")
@click.option("--list", "mode", flag_value="list", help="List every place where a change applies; write nothing.")
@click.option("--statistics", "mode", flag_value="statistics", help="Count by change; write nothing.")
@click.option("--cache/--no-cache", default=True, help="With --check: keep verdicts on files for the next time.")
@click.option("--stdin-filename", metavar="PATH", help="With - for PATHS: the name of the file read from stdin.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github", "gitlab"]),
    default="text",
    show_default=True,
    help="How to print places and counts.",
)
def fix(paths: tuple[Path, ...], **given: Any) -> None:
    """Rewrite files for another release of Django.

    PATHS are files or folders, by default the current folder, or - for stdin. Needs neither git nor an environment.
    """
    chosen = paths or (Path(),)
    missing = [path for path in chosen if str(path) != "-" and not path.exists()]
    if missing:
        raise UsageError("there is no such file or folder.", path=missing[0])
    order = _order(chosen, given)
    if str(chosen[0]) == "-":
        _filter(order, given["stdin_filename"])
        return
    if given["mode"] == "check" and given["form"] == "text":
        _check(chosen, order, keep=given["cache"])
        return
    result = rewrite(chosen, order)
    _tell(result, order, given["mode"] or "write", given["form"])


def _check(paths: tuple[Path, ...], order: Order, *, keep: bool) -> None:
    """Name the files that would be rewritten, as CI and commit hooks ask."""
    looked_at, changed = check(paths, order, keep=keep)
    for path in changed:
        click.echo(str(path))
    if changed:
        raise FoundSomething(f"{len(changed)} of {looked_at} files would be rewritten.")


def _order(paths: tuple[Path, ...], given: dict[str, Any]) -> Order:
    target = parse_release(given["target"]) if given["target"] else _newest()
    order = Order(
        start=_start(paths, given["start"], target),
        target=target,
        only=_ids(given["only"]),
        skip=_ids(given["skip"]),
        safety=given["safety"],
        collapse=given["collapse"],
    )
    if order.start > order.target:
        text = f"--from {release_text(order.start)} is newer than --to {release_text(order.target)}."
        raise UsageError(text, hint="djup rewrites towards newer releases only.")
    return order


def _newest() -> Release:
    """The newest release that is out and known."""
    newest = max(change.release for change in all_changes())
    return max(release for release in load_support().rows if release <= newest)


def _start(paths: tuple[Path, ...], given: str | None, target: Release) -> Release:
    if given:
        return parse_release(given)
    found = None if str(paths[0]) == "-" else release_of_project(root_of(paths))
    if found is None:
        raise UsageError("no file here says which Django this is written for.", hint="Give it with --from.")
    return min(found, target)


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip()) if text else ()


def _filter(order: Order, name: str | None) -> None:
    """Read a file from stdin and write what it becomes to stdout."""
    if not name:
        raise UsageError("a file from stdin needs a name.", hint="Give it with --stdin-filename.")
    fixed = rewrite_text(sys.stdin.buffer.read(), PurePosixPath(name), order)
    sys.stdout.buffer.write(fixed.text)


def _tell(result: Rewritten, order: Order, mode: str, form: str) -> None:
    if mode == "write":
        write(result)
    if form == "json":
        print_json(_page(result, order))
    elif form != "text":
        click.echo(FINDINGS[form](result.findings), nl=False)
    elif mode == "diff":
        click.echo(unified_diff(result.root, result.changed), nl=False)
    elif mode == "list":
        click.echo(FINDINGS["lines"](_listed(result, order)), nl=False)
    else:
        _summarise(result, order, mode)
    if mode == "check" and result.changed:
        raise FoundSomething(f"{len(result.changed)} of {result.files} files would be rewritten.")


def _listed(result: Rewritten, order: Order) -> tuple[Finding, ...]:
    """The places that are left to a person; what a fixer takes is in --diff."""
    known = {change.id for change in changes_for(order)}
    return tuple(finding for finding in result.findings if finding.change in known)


def _page(result: Rewritten, order: Order) -> FixPage:
    return FixPage(
        schema_version=SCHEMA_VERSION,
        start=release_text(order.start),
        target=release_text(order.target),
        files=result.files,
        changed=tuple(sorted(map(str, result.changed))),
        edits=dict(sorted(result.edits.items())),
        findings=result.findings,
        unreadable={str(path): reason for path, reason in result.unreadable.items()},
        unused_skips=result.unused,
    )


def _summarise(result: Rewritten, order: Order, mode: str) -> None:
    done = "rewrote" if mode == "write" else "would rewrite"
    edits = sum(result.edits.values())
    way = f"Django {release_text(order.start)} to {release_text(order.target)}"
    click.echo(f"{way}: {done} {edits} places in {len(result.changed)} of {result.files} files")
    if mode != "check":
        for change, count in sorted(result.edits.items(), key=lambda pair: (-pair[1], pair[0])):
            click.echo(f"{count:6}  {change}")
        if result.findings:
            click.echo(f"{len(result.findings)} places are left for a person (--list shows them)")
            for change, count in sorted(result.left.items(), key=lambda pair: (-pair[1], pair[0])):
                click.echo(f"{count:6}  {change}")
    for path, reason in sorted(result.unreadable.items()):
        click.echo(f"{path}: left alone, {reason}", err=True)
    for one in result.unused:
        what = "any change" if one.change == "*" else one.change
        click.echo(f"{one.path}:{one.line}: there is no place of {what} for this comment to skip", err=True)
