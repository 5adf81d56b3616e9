"""Findings from warnings at run time, where the search in the text has none at that place already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from djup.knowledge.changes import Change
from djup.model import Finding, Place, WarningSeen
from djup.verify.counts import about_removal


def from_warnings(
    warnings: Iterable[WarningSeen], changes: Sequence[Change], known: Iterable[Finding]
) -> list[Finding]:
    """Return a finding for each own place that warns of a removal and that no other finding names."""
    taken = {(str(finding.place.path), finding.place.line) for finding in known if finding.place}
    found: dict[tuple[str, int, str], Finding] = {}
    for warning in warnings:
        if warning.owner != "own" or not about_removal(warning):
            continue
        if (warning.path, warning.line) in taken:
            continue
        found.setdefault((warning.path, warning.line, warning.text), _finding(warning, changes))
    return list(found.values())


def _finding(warning: WarningSeen, changes: Sequence[Change]) -> Finding:
    change = next(
        (
            known_change
            for known_change in changes
            if known_change.seen.warning and known_change.seen.warning in warning.text
        ),
        None,
    )
    place = (
        None
        if PurePosixPath(warning.path).is_absolute()
        else Place(path=PurePosixPath(warning.path), line=warning.line)
    )
    return Finding(
        change=change.id if change else f"warning/{_release_of(warning)}",
        summary=change.summary if change else warning.text,
        severity="should",
        place=place,
        source="warning",
        hint=change.advice if change else "",
        link=change.notes if change else "",
    )


def _release_of(warning: WarningSeen) -> str:
    found = re.search(r"RemovedInDjango(\d+)Warning", warning.category)
    return found.group(1) if found else "next"
