"""``djup explain``: what a change is, and what djup does about it."""

from __future__ import annotations

import difflib

import click
from rich.console import Console
from rich.text import Text

from djup.cli.options import format_option
from djup.cli.output import print_as
from djup.errors import UsageError
from djup.knowledge.changes import Change
from djup.knowledge.package_changes import every_change
from djup.model import Record
from djup.report.run import SCHEMA_VERSION


class Explanation(Record):
    """What ``djup explain`` shows of a change."""

    schema_version: int
    id: str
    summary: str
    kind: str
    severity: str
    deprecated: str
    removed: str
    runs_from: str
    fixed_by_djup: bool
    advice: str
    link: str
    before: str
    after: str


@click.command()
@click.argument("change_id", metavar="CHANGE-ID")
@format_option
def explain(change_id: str, form: str) -> None:
    """Explain a change by its id.

    Ids are named by reports and commits, such as 4.0/ugettext.
    """
    known = {change.id: change for change in every_change()}
    if change_id not in known:
        near = difflib.get_close_matches(change_id, known, n=3, cutoff=0.4)
        hint = (
            f"Did you mean {', '.join(near)}?"
            if near
            else "Ids look like 4.0/ugettext; `djup plan` lists those that apply."
        )
        raise UsageError(f"there is no change '{change_id}'.", hint=hint)
    page = _explanation(known[change_id])
    print_as(form, page, text=lambda out: _print(out, page), markdown=lambda: _markdown(page))


def _explanation(change: Change) -> Explanation:
    example = next((example for example in change.examples if example.after), None)
    return Explanation(
        schema_version=SCHEMA_VERSION,
        id=change.id,
        summary=change.summary,
        kind=change.kind,
        severity=change.severity,
        deprecated=change.deprecated,
        removed=change.removed,
        runs_from=change.runs_from,
        fixed_by_djup=change.fixable,
        advice=change.advice or change.why_not,
        link=change.notes,
        before=example.before if example else "",
        after=example.after if example else "",
    )


def _lines(page: Explanation) -> list[str]:
    since = f"deprecated in {page.deprecated}, " if page.deprecated else ""
    lines = [
        f"{since}in effect from {page.removed}; the new form runs from {page.runs_from} on",
        "djup rewrites it" if page.fixed_by_djup else "djup finds it; a person decides",
    ]
    return [*lines, *([page.advice] if page.advice else []), page.link]


def _print(console: Console, page: Explanation) -> None:
    console.print(Text(f"{page.id}: {page.summary}", style="bold"))
    for line in _lines(page):
        console.print(Text(line), soft_wrap=True)
    for title, text in (("before", page.before), ("after", page.after)):
        if text:
            console.print(Text(title, style="dim"))
            console.print(Text("    " + text.strip().replace("\n", "\n    ")))


def _markdown(page: Explanation) -> str:
    example = f"\n```python\n{page.before.strip()}\n```\n\n```python\n{page.after.strip()}\n```\n" if page.after else ""
    return f"## {page.id}\n\n{page.summary}\n\n" + "\n".join(f"- {line}" for line in _lines(page)) + f"\n{example}"
