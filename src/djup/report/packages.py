"""The page of ``djup packages``: what a release of Django needs of each package."""

from __future__ import annotations

from collections.abc import Mapping

from djup.model import Record
from djup.packages.faults import Conflict
from djup.packages.table import PackageRow, PackageTable, Verdict
from djup.report import document as doc

SCHEMA_VERSION = 1

STYLES: Mapping[Verdict, doc.Style] = {
    "fine": "good",
    "raise": "info",
    "replace": "attention",
    "absorbed": "info",
    "abandoned": "attention",
    "blocks": "bad",
    "unknown": "attention",
}


class PackagesPage(Record):
    """What ``djup packages`` shows."""

    project: str
    table: PackageTable
    schema_version: int = SCHEMA_VERSION


def document(page: PackagesPage) -> doc.Document:
    """A row for each package, then the conflicts with their ways out."""
    why, places = doc.Column(title="why", prose=True), doc.Column(title="declared by", prose=True)
    columns = ("package", "verdict", "now", "needed", "newest", why, places)
    return doc.document(
        f"{page.project}: packages for Django {page.table.django} on Python {page.table.python}",
        doc.table(columns, map(_row, page.table.rows)) or doc.paragraph("The project declares no packages."),
        *(_conflict(conflict) for conflict in page.table.conflicts),
        doc.notes(page.table.notes),
        doc.next_step("djup plan") if not page.table.conflicts else None,
    )


def _row(row: PackageRow) -> tuple[doc.Text, ...]:
    verdict = doc.Span(text=row.verdict, style=STYLES[row.verdict])
    places = ", ".join(row.declared_by)
    return (doc.code(row.name), verdict, row.now or "?", row.needed or "–", row.newest or "–", row.why, places)


def _conflict(conflict: Conflict) -> doc.Section | None:
    ways = [
        doc.line(way.what, *((" (changes ", doc.code(way.changes), ")") if way.changes else ()))
        for way in conflict.ways
    ]
    return doc.section(
        doc.line(doc.Span(text="Conflict", style="bad"), f": {conflict.why}"),
        doc.paragraph("These cannot hold together:"),
        doc.bullets(doc.code(requirement) for requirement in conflict.requirements),
        doc.paragraph("Ways out, best first:") if ways else None,
        doc.bullets(ways, numbered=True),
    )
