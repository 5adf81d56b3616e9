"""Rows of data as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from djup.report.visible import visible

FORMULA = ("=", "+", "-", "@")
"""What makes a spreadsheet run a cell instead of showing it."""


def render(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the rows under a head line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula; negative numbers stay numbers."""
    shown = visible(cell)
    return f"'{shown}" if shown.startswith(FORMULA) and not shown.removeprefix("-").isdigit() else shown
