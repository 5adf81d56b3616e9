"""The page of ``djup plan``: the hops, why each is there, what has to change, and what that takes."""

from __future__ import annotations

from djup.model import Record
from djup.plan.estimate import Estimate
from djup.report import document as doc
from djup.report.upgrade import At
from djup.report.words import count

SCHEMA_VERSION = 1


class PlannedHop(Record, rename={"start": "from", "end": "to"}):
    """A hop as planned."""

    number: int
    kind: str
    start: At
    end: At
    why: str
    supported_until: str


class PlannedChange(Record):
    """A change that the path asks for, and how often."""

    id: str
    summary: str
    places: int
    fixed_by_djup: bool


class PlanPage(Record, rename={"start": "from"}):
    """What ``djup plan`` shows; ``next_command`` is empty where the page is only shown to be agreed to."""

    project: str
    start: At
    target: At
    hops: tuple[PlannedHop, ...]
    changes: tuple[PlannedChange, ...]
    estimate: Estimate
    notes: tuple[str, ...]
    next_command: str = ""
    schema_version: int = SCHEMA_VERSION


def document(page: PlanPage) -> doc.Document:
    """The hops, the changes in the code, and the estimate."""
    title = (
        f"{page.project}: Django {page.start.django} on Python {page.start.python}"
        f" → {page.target.django} on {page.target.python}"
    )
    if not page.hops:
        return doc.document(
            title,
            doc.paragraph("Nothing to do: the project is there."),
            doc.notes(page.notes),
            _next(page),
        )
    return doc.document(
        title,
        _hops(page),
        doc.section("Changes in the code", _changes(page)),
        doc.section("What it takes", doc.bullets(describe_estimate(page.estimate))),
        doc.notes(page.notes),
        _next(page),
    )


def _hops(page: PlanPage) -> doc.Table | None:
    """The hops; why each is there tells until when its release is supported."""
    columns = (doc.Column(title="hop", align="right"), "Django", "Python", doc.Column(title="why", prose=True))
    return doc.table(columns, ((str(hop.number), hop.end.django, hop.end.python, hop.why) for hop in page.hops))


def _changes(page: PlanPage) -> doc.Table | None:
    columns = (doc.Column(title="places", align="right"), "by", "change", doc.Column(title="what", prose=True))
    return doc.table(
        columns,
        ((str(change.places), _by(change), doc.code(change.id), change.summary) for change in page.changes),
    )


def _by(change: PlannedChange) -> doc.Span:
    return doc.Span(text="djup", style="good") if change.fixed_by_djup else doc.Span(text="you", style="attention")


def describe_estimate(estimate: Estimate) -> tuple[str, str]:
    """The estimate in words, with what it rests on: the machine's part, and a person's."""
    read, by_hand = count(estimate.fixable, "place"), count(estimate.by_hand, "place")
    return (
        f"About {count(estimate.run_minutes, 'minute')} of running, if one run of the tests takes a minute.",
        f"About {estimate.person_hours} hours of a person: {read} rewritten by djup to read, {by_hand} to mend.",
    )


def _next(page: PlanPage) -> doc.Paragraph | None:
    return doc.next_step(page.next_command)
