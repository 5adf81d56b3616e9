"""The pages of ``djup changes``: what djup knows of Django's releases, listed and counted."""

from __future__ import annotations

from collections.abc import Mapping

from djup.knowledge.coverage import ChangeCoverage
from djup.model import Record
from djup.report import document as doc

SCHEMA_VERSION = 1


class ChangeLine(Record):
    """A change in the list."""

    id: str
    summary: str
    removed: str
    deprecated: str
    severity: str
    fixed_by_djup: bool


class ChangesPage(Record):
    """What ``djup changes list`` shows."""

    changes: tuple[ChangeLine, ...]
    schema_version: int = SCHEMA_VERSION


class StatsPage(ChangeCoverage):
    """What ``djup changes stats`` shows: the counts over all releases, and the same for each."""

    releases: Mapping[str, ChangeCoverage] = {}
    schema_version: int = SCHEMA_VERSION


COUNTS = ("documented", "known", "found in files", "rewritten", "on the timeline", "of these rewritten")
"""What the fields of ``Coverage`` count, in their order."""


def document(page: ChangesPage) -> doc.Document:
    """The list, oldest release first."""
    fixed = sum(line.fixed_by_djup for line in page.changes)
    columns = ("change", "rewritten", doc.Column(title="what", prose=True))
    rows = [(doc.code(line.id), "yes" if line.fixed_by_djup else "", line.summary) for line in page.changes]
    return doc.document(
        f"{len(page.changes)} changes, {fixed} of them rewritten by djup",
        doc.table(columns, rows) or doc.paragraph("No change fits."),
        doc.next_step(f"djup explain {page.changes[0].id}") if page.changes else None,
    )


def stats_document(page: StatsPage) -> doc.Document:
    """The counts, a row for each release."""
    columns: list[doc.Column | str] = ["release", *(doc.Column(title=name, align="right") for name in COUNTS)]
    rows = [(release, *_counts(counts)) for release, counts in page.releases.items()]
    return doc.document("What Django documents, and what djup does with it", doc.table(columns, [*rows, _sum(page)]))


def _sum(page: StatsPage) -> tuple[doc.Text, ...]:
    return (doc.strong("all"), *(doc.strong(count) for count in _counts(page)))


def _counts(counts: ChangeCoverage) -> tuple[str, ...]:
    return tuple(str(getattr(counts, name)) for name in ChangeCoverage.__struct_fields__)
