"""A checkup as text, Markdown, CSV, and as a calendar of what is to come."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

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
HEAD = ("What", "Version", "Status", "Until", "Left", "Newest patch", "Security issues")
SHOWN = 12
"""How many packages without a page a text names."""


def cells(judged: Judged) -> tuple[str, ...]:
    """A row of the table."""
    subject = judged.subject
    version = (subject.version or subject.allowed or "?") + (
        "" if subject.certain or not subject.version else " (guess)"
    )
    return (
        subject.title,
        version,
        judged.phase,
        judged.until,
        left(judged.days_left),
        judged.latest,
        str(len(judged.missed)) if judged.missed else "",
    )


def left(days: int | None) -> str:
    """How many days a phase still holds, or since when it is over."""
    if days is None:
        return ""
    count = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
    return count if days >= 0 else f"over for {count}"


def details(judged: Judged, most: int | None = None) -> list[str]:
    """What a row does not hold: issues by name (``most`` of them), combinations, notes, the place of a guess."""
    names = ", ".join(issue.name for issue in judged.missed[:most])
    names += f" and {len(judged.missed) - most} more" if most is not None and len(judged.missed) > most else ""
    count = f"{len(judged.missed)} security issue{'s' if len(judged.missed) > 1 else ''}"
    lines = [f"{count}, fixed in versions up to {judged.latest or 'the newest patch'}: {names}"] if names else []
    guess = f"guessed from {judged.subject.place or judged.subject.why}"
    return [
        *lines,
        *judged.conflicts,
        *([judged.note] if judged.note else []),
        *([guess] if judged.subject.version and not judged.subject.certain else []),
    ]


def print_checkup(console: Console, checkup: Checkup) -> None:
    """Print a checkup for people."""
    console.print(Text(f"{checkup.name} on {checkup.day.isoformat()}", style="bold"))
    print_standing(console, checkup.judged)
    if checkup.unlisted:
        more = "" if len(checkup.unlisted) <= SHOWN else f" and {len(checkup.unlisted) - SHOWN} more"
        some = ", ".join(checkup.unlisted[:SHOWN]) + more
        console.print(Text(f"Nothing is known of the support of: {some}", style="dim"), soft_wrap=True)


def print_standing(console: Console, found: Sequence[Judged], most: int | None = None) -> None:
    """Print what is in use and where it stands, and below it what a table does not hold, with ``most`` issues each."""
    table = Table(*HEAD, box=None, pad_edge=False, header_style="dim")
    for judged in found:
        row = [Text(cell) for cell in cells(judged)]
        row[2].stylize(COLOURS[judged.phase])
        table.add_row(*row)
    console.print(table)
    for judged in found:
        for line in details(judged, most):
            console.print(Text(f"{judged.subject.title}: {line}"), soft_wrap=True)


def checkup_markdown(checkup: Checkup) -> str:
    """A checkup as Markdown."""
    parts = [f"## {checkup.name} on {checkup.day.isoformat()}", standing_markdown(checkup.judged)]
    if checkup.unlisted:
        parts.append(f"Nothing is known of the support of: {', '.join(checkup.unlisted)}.")
    return "\n\n".join(parts) + "\n"


def standing_markdown(found: Sequence[Judged], most: int | None = None) -> str:
    """What is in use and where it stands, as a table, and as a list what the table does not hold."""
    lines = [f"- {judged.subject.title}: {line}" for judged in found for line in details(judged, most)]
    table = markdown_table(HEAD, [cells(judged) for judged in found])
    return "\n\n".join([table, *(["\n".join(lines)] if lines else [])])


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
