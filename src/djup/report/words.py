"""How pages write numbers: with their noun, and lines of numbers as people do."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 place, 2 places, 1,200 boxes."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def spans(numbers: Iterable[int]) -> str:
    """Numbers as people write them: 1 to 5, 9."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    return ", ".join(_span(start, end) for start, end in zip(starts, ends, strict=True))


def _span(start: int, end: int) -> str:
    if start == end:
        return str(start)
    return f"{start}, {end}" if end == start + 1 else f"{start} to {end}"
