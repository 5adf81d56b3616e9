"""Byte edits: what stands between two offsets is replaced; everything else stays as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from djup.model import Record

_WORD = re.compile(rb"[\w\x80-\xff]")


class Edit(Record):
    """Replace the bytes from ``start`` to ``end`` (exclusive) by ``text``; an insertion has start == end."""

    start: int
    end: int
    text: bytes


class OverlapError(ValueError):
    """Two edits claim the same bytes."""


def settled(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of their places, removals that overlap as one. Raises OverlapError for others that do."""
    found: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        last = found[-1] if found else None
        if last is None or last.end <= edit.start:
            found.append(edit)
        elif last.text or edit.text:
            raise OverlapError(f"two edits overlap at byte {edit.start}")
        else:
            found[-1] = Edit(start=last.start, end=max(last.end, edit.end), text=b"")
    return found


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the data with all edits made; insertions at one place keep their order. Raises OverlapError."""
    pieces: list[bytes] = []
    position = 0
    for edit in settled(edits):
        pieces += (data[position : edit.start], edit.text)
        position = edit.end
    pieces.append(data[position:])
    return b"".join(pieces)


def parted(data: bytes, edits: Iterable[Edit]) -> list[Edit]:
    """The edits, with a blank where one would make a single word of two: ``return('a')`` that returns a name now.

    What is only inserted may be meant to go on with a word.
    """
    found = list(edits)
    ends = Counter(place for one in found for place in {one.start, one.end})
    return [_parted(data, edit, ends) if edit.start < edit.end else edit for edit in found]


def _parted(data: bytes, edit: Edit, ends: Mapping[int, int]) -> Edit:
    """One edit with its blanks, but where another edit begins or ends at the same place."""
    before, after = data[max(edit.start - 1, 0) : edit.start], data[edit.end : edit.end + 1]
    text = edit.text
    if _is_apart(data, edit.start) and ends[edit.start] == 1:
        text = _between(before, text or after) + text
    if text and _is_apart(data, edit.end) and ends[edit.end] == 1:
        text += _between(text, after)
    return Edit(start=edit.start, end=edit.end, text=text)


def _is_apart(data: bytes, at: int) -> bool:
    """Whether the bytes on both sides of a place are not of the same word."""
    return not (at and _WORD.match(data[at - 1 : at]) and _WORD.match(data[at : at + 1]))


def _between(left: bytes, right: bytes) -> bytes:
    return b" " if _WORD.match(left[-1:]) and _WORD.match(right[:1]) else b""


def whole_lines(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Widen a span to whole lines with their line end, where nothing else stands on them; else return it unchanged."""
    first = data.rfind(b"\n", 0, start) + 1
    last = data.find(b"\n", end)
    last = len(data) if last < 0 else last + 1
    if data[first:start].strip(b" \t\f") or data[end:last].strip():
        return start, end
    return first, last
