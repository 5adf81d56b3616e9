"""A page as JSON: its record, with the page's schema version."""

from __future__ import annotations

import json
from typing import Any

from djup.model import to_builtins
from djup.report.document import Document
from djup.report.visible import is_hidden


def render(page: Any, _document: Document | None = None) -> str:
    """Return the record as JSON; letters of all scripts stay readable, what hides in a terminal is escaped."""
    text = json.dumps(to_builtins(page), indent=2, ensure_ascii=False)
    if text.isascii():  # json escapes the controls of ASCII itself
        return text.replace("\x7f", "\\u007f") + "\n"
    return "".join(_escaped(char) if char != "\n" and is_hidden(char) else char for char in text) + "\n"


def _escaped(char: str) -> str:
    """The JSON escape of a character (a pair beyond the basic plane); only strings can hold one."""
    return json.dumps(char)[1:-1] if char != "\x7f" else "\\u007f"
