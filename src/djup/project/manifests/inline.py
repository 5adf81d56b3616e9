"""Where a string that is a requirement has its name and its version part."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from djup.model import Place

HEAD = re.compile(r"\s*(?P<name>[A-Za-z0-9][\w.-]*)\s*(?P<extras>\[[^\]]*\])?\s*\(?\s*(?P<specifier>[^;#@()]*)")


def place_at(text: str, offset: int, path: PurePosixPath) -> Place:
    """The place of an offset of a text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path=path, line=text.count("\n", 0, offset) + 1, column=offset - line_start + 1)
