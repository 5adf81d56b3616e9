"""How two pages differ, line by line: which tags, attributes and texts. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from djup.model import Record

LONGEST = 80
"""Characters of a text that a message shows."""

ATTRIBUTE = re.compile(r'([^\s="<>]+)(?:="([^"]*)")?')


class PageChange(Record):
    """One thing on a page that differs.

    ``kind`` is ``text``, ``tag`` (a whole tag came or went) or ``attribute``; ``tag`` the tag it is about, ``name`` the
    attribute. ``before`` and ``after`` are the texts, ``""`` for what was not there.
    """

    kind: str
    tag: str
    name: str
    before: str
    after: str

    def __str__(self) -> str:
        where = {"text": "text", "tag": f"<{self.tag}>", "attribute": f"{self.name} of <{self.tag}>"}[self.kind]
        if not self.before:
            return f"{where}: new: {_short(self.after)}"
        if not self.after:
            return f"{where}: gone: {_short(self.before)}"
        return f"{where}: {_short(self.before)} → {_short(self.after)}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def changes_of(before: Sequence[str], now: Sequence[str]) -> list[PageChange]:
    """The changes from one page to another."""
    matcher = difflib.SequenceMatcher(None, before, now, autojunk=False)
    found: list[PageChange] = []
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what != "equal":
            found += _of_block(list(before[start:end]), list(now[new_start:new_end]))
    return found


def _of_block(old: list[str], new: list[str]) -> list[PageChange]:
    """Pair the lines of a block that are about the same tag, in order; the others came or went."""
    found: list[PageChange] = []
    for line in old:
        tag = tag_of(line)
        at = next((n for n, other in enumerate(new) if tag_of(other) == tag), None)
        if at is None:
            found.append(_gone(line, tag))
        else:
            found += [_new(other, tag_of(other)) for other in new[:at]]
            found += _of_pair(line, new[at], tag)
            del new[: at + 1]
    return found + [_new(line, tag_of(line)) for line in new]


def _of_pair(old: str, new: str, tag: str) -> list[PageChange]:
    if not tag:
        return [PageChange(kind="text", tag="", name="", before=old, after=new)]
    before, after = attributes_of(old), attributes_of(new)
    return [
        PageChange(kind="attribute", tag=tag, name=name, before=before.get(name, ""), after=after.get(name, ""))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def tag_of(line: str) -> str:
    """The tag a line stands for, ``""`` for a text."""
    found = re.match(r"<([a-zA-Z][\w:-]*)[ >]", line)
    return found.group(1) if found else ""


def attributes_of(line: str) -> dict[str, str]:
    """The attributes of a tag's line; one without a value has its own name for value."""
    inside = line[1:-1].partition(" ")[2]
    return {name: value or name for name, value in ATTRIBUTE.findall(inside)}


def _gone(line: str, tag: str) -> PageChange:
    return PageChange(kind="tag" if tag else "text", tag=tag, name="", before=line, after="")


def _new(line: str, tag: str) -> PageChange:
    return PageChange(kind="tag" if tag else "text", tag=tag, name="", before="", after=line)
