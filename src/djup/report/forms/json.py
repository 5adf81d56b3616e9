"""A page as JSON: its record, with the page's schema version."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from djup.model import to_builtins
from djup.report.document import Document
from djup.report.visible import escape, is_hidden

SURROGATE = "Cs"


def render(page: Any, _document: Document | None = None) -> str:
    """Return the record as JSON; letters of all scripts stay readable, what acts in a terminal is escaped."""
    text = json.dumps(to_builtins(page), indent=2, ensure_ascii=False)
    return "".join(f"{_line(line)}\n" for line in text.split("\n"))


def _line(line: str) -> str:
    if line.isprintable():  # nearly every line is: no look at each character
        return line
    return "".join(_escaped(char) if is_hidden(char) else char for char in line)


def _escaped(char: str) -> str:
    """The JSON escape of a character, a pair beyond the basic plane; outside of strings there is none to escape.

    A lone surrogate stands for a byte of a file name that is no UTF-8: strict readers refuse it (RFC 7493, 2.1), so it
    becomes the text that the other forms show for it.
    """
    if unicodedata.category(char) == SURROGATE:
        return json.dumps(escape(char))[1:-1]
    return "\\u007f" if char == "\x7f" else json.dumps(char)[1:-1]
