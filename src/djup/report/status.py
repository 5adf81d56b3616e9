"""The page of ``djup status``: what a project is, where each fact was read, and the one next command."""

from __future__ import annotations

from typing import Literal

from djup.lifecycle.judgement import Judged
from djup.model import Record
from djup.report import document as doc
from djup.report.check import standing

SCHEMA_VERSION = 1

ISSUES = 3
"""How many security issues a status names; a check names all."""


class Row(Record):
    """One line of the page: the value, where it was read, and whether it is a guess."""

    label: str
    value: str
    why: str = ""
    certain: bool = True


class LatestRun(Record):
    """The latest upgrade run on record; ``state`` is ``running`` for one at work now, ``stopped`` for one cut short."""

    state: Literal["running", "stopped", "blocked", "baseline-red", "environment-failed", "green", "merged"]
    branch: str
    target: str
    reason: str = ""


class StatusPage(Record):
    """What ``djup status`` shows. ``standing`` tells of each thing in use until when it is supported."""

    project: str
    django: str | None
    python: str | None
    support: str
    supported: bool | None
    latest_patch: str | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    next_command: str
    next_why: str = ""
    run: LatestRun | None = None
    standing: tuple[Judged, ...] = ()
    schema_version: int = SCHEMA_VERSION


STATES: dict[str, tuple[str, doc.Style]] = {
    "running": ("An upgrade to Django {target} is running now on {branch}.", "info"),
    "stopped": ("The upgrade to Django {target} on {branch} was interrupted.", "attention"),
    "blocked": ("The upgrade to Django {target} on {branch} needs a person.", "attention"),
    "baseline-red": ("The upgrade to Django {target} did not start: the project is not green as it is.", "bad"),
    "environment-failed": ("The upgrade to Django {target} stopped: an environment could not be built.", "bad"),
    "green": ("The upgrade to Django {target} on {branch} is green and waits to be merged.", "good"),
    "merged": ("The upgrade to Django {target} on {branch} is merged.", "good"),
}


def document(page: StatusPage) -> doc.Document:
    """The facts, until when each thing is supported, the state of the latest run, and the next command."""
    return doc.document(
        page.project,
        doc.facts((row.label, row.value, _source(row)) for row in page.rows),
        doc.section("Support", *standing(page.standing, ISSUES)) if page.standing else None,
        doc.notes(page.notes),
        _run(page.run) if page.run else None,
        doc.next_step(page.next_command, page.next_why),
    )


def _source(row: Row) -> doc.Line:
    return doc.line("" if row.certain else doc.Span(text="guessed: ", style="attention"), doc.faint(row.why))


def _run(run: LatestRun) -> doc.Section | None:
    words, style = STATES[run.state]
    return doc.section(
        "Latest upgrade",
        doc.paragraph(doc.Span(text=words.format(target=run.target, branch=run.branch), style=style)),
        doc.paragraph(run.reason) if run.state not in ("green", "merged", "running") else None,
    )
