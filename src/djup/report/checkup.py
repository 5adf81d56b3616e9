"""A checkup as text, Markdown, CSV, and as a calendar of what is to come."""

from __future__ import annotations

import csv
import io

from rich.console import Console
from rich.table import Table
from rich.text import Text

from djup.lifecycle.judgement import Checkup, Judged
from djup.report.markdown import table as markdown_table

COLOURS = {
    "active": "green",
    "security": "yellow",
    "extended": "yellow",
    "eol": "red",
    "planned": "blue",
    "unknown": "magenta",
}
HEAD = ("What", "Version", "Status", "Until", "Days left", "Newest patch", "Security issues")


def cells(judged: Judged) -> tuple[str, ...]:
    """A row of the table."""
    subject = judged.subject
    version = (subject.version or subject.allowed or "?") + (
        "" if subject.certain or not subject.version else " (guess)"
    )
    left = "" if judged.days_left is None else str(judged.days_left)
    return (
        subject.title,
        version,
        judged.phase,
        judged.until,
        left,
        judged.latest if judged.behind else "",
        str(len(judged.missed)) if judged.missed else "",
    )


def details(judged: Judged) -> list[str]:
    """What a row does not hold: issues by name, combinations, and notes."""
    names = ", ".join(issue.name for issue in judged.missed)
    lines = [f"fixed by a later patch: {names}"] if names else []
    return [*lines, *judged.conflicts, *([judged.note] if judged.note else [])]


def print_checkup(console: Console, checkup: Checkup) -> None:
    """Print a checkup for people."""
    console.print(Text(f"{checkup.name} on {checkup.day.isoformat()}", style="bold"))
    table = Table(*HEAD, box=None, pad_edge=False, header_style="dim")
    for judged in checkup.judged:
        row = [Text(cell) for cell in cells(judged)]
        row[2].stylize(COLOURS[judged.phase])
        table.add_row(*row)
    console.print(table)
    for judged in checkup.judged:
        for line in details(judged):
            console.print(Text(f"{judged.subject.title}: {line}"), soft_wrap=True)
    if checkup.unlisted:
        some = ", ".join(checkup.unlisted[:12]) + (" …" if len(checkup.unlisted) > 12 else "")  # noqa: PLR2004  # one line
        console.print(Text(f"No page tells of {len(checkup.unlisted)} packages: {some}", style="dim"), soft_wrap=True)


def checkup_markdown(checkup: Checkup) -> str:
    """A checkup as Markdown."""
    parts = [
        f"## {checkup.name} on {checkup.day.isoformat()}",
        markdown_table(HEAD, [cells(judged) for judged in checkup.judged]),
    ]
    lines = [f"- {judged.subject.title}: {line}" for judged in checkup.judged for line in details(judged)]
    parts += ["\n".join(lines)] if lines else []
    if checkup.unlisted:
        parts.append(f"No page tells of {len(checkup.unlisted)} packages: {', '.join(checkup.unlisted)}.")
    return "\n\n".join(parts) + "\n"


def checkup_csv(checkup: Checkup) -> str:
    """A checkup as CSV with a head line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "product",
            "version",
            "release",
            "status",
            "until",
            "days_left",
            "latest",
            "issues",
            "conflicts",
            "note",
            "place",
        ]
    )
    for judged in checkup.judged:
        subject = judged.subject
        row = [
            subject.product,
            subject.version or "",
            judged.release or "",
            judged.phase,
            judged.until,
            "" if judged.days_left is None else judged.days_left,
            judged.latest,
            " ".join(issue.name for issue in judged.missed),
            "; ".join(judged.conflicts),
            judged.note,
            str(subject.place or ""),
        ]
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: object) -> object:
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "@") else cell
