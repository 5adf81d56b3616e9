"""``djup changes``: looks into everything djup knows of Django's releases."""

from __future__ import annotations

from djup.knowledge.changes import Change, all_changes
from djup.knowledge.coverage import ChangeCoverage, coverage_by_release, coverage_of, documented_changes
from djup.model import Release
from djup.report.changes import ChangeLine, ChangesPage, StatsPage


def list_changes(release: Release | None, *, fixable: bool) -> ChangesPage:
    """The changes, oldest release first: those of one release, or of all; ``fixable`` leaves out what is by hand."""
    found = [
        change
        for change in all_changes()
        if (release is None or change.release == release) and (change.fixable or not fixable)
    ]
    return ChangesPage(changes=tuple(_line(change) for change in found))


def _line(change: Change) -> ChangeLine:
    return ChangeLine(
        id=change.id,
        summary=change.summary,
        removed=change.removed,
        deprecated=change.deprecated,
        severity=change.severity,
        fixed_by_djup=change.fixable,
    )


def count_changes() -> StatsPage:
    """What Django documents against what djup knows, finds and rewrites."""
    whole = coverage_of(documented_changes())
    counts = {name: getattr(whole, name) for name in ChangeCoverage.__struct_fields__}
    return StatsPage(**counts, releases=coverage_by_release())
