"""The page of ``djup check``: until when all that is in use is supported, as a document and as a data table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from djup.lifecycle.judgement import Checkup, Judged
from djup.lifecycle.status import Phase
from djup.model import Finding, Record
from djup.report import document as doc
from djup.report.words import count

SCHEMA_VERSION = 1

STYLES: Mapping[Phase, doc.Style] = {
    "active": "good",
    "security": "attention",
    "extended": "attention",
    "eol": "bad",
    "planned": "info",
    "unknown": "attention",
}

SHOWN = 12
"""How many packages without a page are named."""

CSV_HEAD = (
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
)


class CheckPage(Record):
    """What ``djup check`` shows. ``gate`` names what it fails on, ``findings`` what met that."""

    verdict: Literal["findings", "unknown", "ok"]
    gate: tuple[str, ...]
    checkup: Checkup
    findings: tuple[Finding, ...]
    schema_version: int = SCHEMA_VERSION


def document(page: CheckPage) -> doc.Document:
    """The table, what it does not hold, and the verdict."""
    checkup = page.checkup
    more = len(checkup.unlisted) - SHOWN
    named = ", ".join(checkup.unlisted[:SHOWN]) + (f" and {more} more" if more > 0 else "")
    return doc.document(
        f"{checkup.name} on {checkup.day.isoformat()}",
        *standing(checkup.judged),
        doc.paragraph(doc.faint(f"djup knows nothing of the support of: {named}.")) if named else None,
        doc.paragraph(_verdict(page)),
        doc.next_step("djup plan") if page.findings else None,
    )


def _verdict(page: CheckPage) -> doc.Line:
    gate = ", ".join(page.gate)
    if page.verdict == "findings":
        found = doc.Span(text=f"Not passed: {count(len(page.findings), 'finding')}", style="bad")
        return doc.line(found, f" for {gate}.")
    if page.verdict == "unknown":
        return doc.line(doc.Span(text="Nothing found", style="attention"), f" for {gate}, but not all is known.")
    return doc.line(doc.Span(text="Passed", style="good"), f": nothing found for {gate}.")


def standing(found: Sequence[Judged], most: int | None = None) -> list[doc.Block | None]:
    """What is in use and until when it is supported, and below what a row does not hold, with ``most`` issues each."""
    columns = ("what", "version", "status", "until", "that is", "patch", doc.Column(title="issues", align="right"))
    details = [doc.line(f"{judged.subject.title}: {text}") for judged in found for text in _details(judged, most)]
    return [doc.table(columns, map(_cells, found)), doc.bullets(details)]


def _cells(judged: Judged) -> tuple[doc.Text, ...]:
    subject = judged.subject
    guess = doc.faint(" (guess)") if subject.version and not subject.certain else ""
    return (
        subject.title,
        doc.line(subject.version or subject.allowed or "?", guess),
        doc.Span(text=judged.phase, style=STYLES[judged.phase]),
        judged.until,
        left(judged.days_left),
        judged.latest,
        str(len(judged.missed)) if judged.missed else "",
    )


def left(days: int | None) -> str:
    """How far the end of a phase is away."""
    if days is None:
        return ""
    return f"in {count(days, 'day')}" if days >= 0 else f"{count(-days, 'day')} ago"


def _details(judged: Judged, most: int | None) -> list[str]:
    """What a row does not hold: issues by name (``most`` of them), combinations, notes, the place of a guess."""
    names = ", ".join(issue.name for issue in judged.missed[:most])
    names += f" and {len(judged.missed) - most} more" if most is not None and len(judged.missed) > most else ""
    many = count(len(judged.missed), "security issue")
    guess = f"guessed from {judged.subject.place or judged.subject.why}"
    return [
        *([f"{many}, fixed in versions up to {judged.latest or 'the newest patch'}: {names}"] if names else []),
        *judged.conflicts,
        *([judged.note] if judged.note else []),
        *([guess] if judged.subject.version and not judged.subject.certain else []),
    ]


def csv_rows(checkup: Checkup) -> list[tuple[str, ...]]:
    """The rows of the data table, under ``CSV_HEAD``."""
    return [
        (
            judged.subject.product,
            judged.subject.version or "",
            judged.release or "",
            judged.phase,
            judged.until,
            "" if judged.days_left is None else str(judged.days_left),
            judged.latest,
            " ".join(issue.name for issue in judged.missed),
            "; ".join(judged.conflicts),
            judged.note,
            str(judged.subject.place or ""),
        )
        for judged in checkup.judged
    ]
