"""How much of what Django documents is known, found and fixed: the listed changes against djup's own."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable
from importlib.resources import files

from djup.knowledge.changes import Change, DataError, all_changes
from djup.model import Record, parse_release


class DocumentedChange(Record):
    """One row of ``data/documented_changes.csv``: an item of Django's removal timeline or of its release notes."""

    release: str
    deprecated: str
    item: str
    timeline: bool

    @property
    def key(self) -> str:
        """How a change's ``rows`` name it."""
        return f"{self.release} {self.item}"


class ChangeCoverage(Record):
    """Counts of documented changes: all, those with an entry, those found in files, those rewritten.

    A row that several changes cover counts as found or rewritten when one of them is.
    """

    entries: int = 0
    known: int = 0
    detectable: int = 0
    fixed: int = 0
    timeline_entries: int = 0
    timeline_fixed: int = 0


@functools.cache
def documented_changes() -> tuple[DocumentedChange, ...]:
    """Every listed change, oldest release first."""
    text = (files("djup") / "data" / "documented_changes.csv").read_text(encoding="utf-8")
    rows = [
        DocumentedChange(
            release=row["release"],
            deprecated=row["deprecated"],
            item=row["item"],
            timeline=row["source"] == "timeline",
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return tuple(sorted(rows, key=lambda row: parse_release(row.release)))


@functools.cache
def covering() -> dict[str, tuple[Change, ...]]:
    """The changes that cover each row, by its key; raises DataError where a change names one that is not listed."""
    found: dict[str, tuple[Change, ...]] = {row.key: () for row in documented_changes()}
    for change in all_changes():
        for row in change.rows:
            if row not in found:
                raise DataError(f"'{change.id}' covers '{row}', which data/documented_changes.csv does not list.")
            found[row] += (change,)
    return found


def coverage_of(rows: Iterable[DocumentedChange]) -> ChangeCoverage:
    """Count what is known of some rows."""
    known = covering()
    listed = [(row, known[row.key]) for row in rows]
    return ChangeCoverage(
        entries=len(listed),
        known=sum(bool(changes) for _, changes in listed),
        detectable=sum(any(change.detectable for change in changes) for _, changes in listed),
        fixed=sum(any(change.fixable for change in changes) for _, changes in listed),
        timeline_entries=sum(row.timeline for row, _ in listed),
        timeline_fixed=sum(row.timeline and any(change.fixable for change in changes) for row, changes in listed),
    )


def coverage_by_release() -> dict[str, ChangeCoverage]:
    """The counts of each release, oldest first."""
    releases = dict.fromkeys(row.release for row in documented_changes())
    return {release: coverage_of(row for row in documented_changes() if row.release == release) for release in releases}
