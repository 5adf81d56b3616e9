"""The value lines of an ini file, each with its section, its key and the offset it stands at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from djup.model import Record

SECTION = re.compile(r"^\[([^\]]+)\]")
KEY = re.compile(r"^([\w.-]+)\s*[=:]\s*(.*)$")


class Line(Record):
    """A line of a value without its comment. ``start`` is its offset; ``number`` and ``column`` count from 1."""

    section: str
    key: str
    text: str
    start: int
    number: int
    column: int


def lines(text: str) -> Iterator[Line]:
    """Each line of each value that is not empty."""
    section = key = ""
    offset = 0
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        start, offset = offset, offset + len(raw)
        line = raw.rstrip("\r\n")
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        header, assignment = SECTION.match(line), KEY.match(line)
        if header:
            section, key, column = header.group(1).strip(), "", -1
        elif line[0].isspace():
            column = len(line) - len(line.lstrip())
        elif assignment:
            key = assignment.group(1)
            column = assignment.start(2) if assignment.group(2).strip() else -1
        else:
            column = -1
        value = re.sub(r"\s+#.*$", "", line[column:]).rstrip() if column >= 0 else ""
        if value:
            yield Line(section=section, key=key, text=value, start=start + column, number=number, column=column + 1)
