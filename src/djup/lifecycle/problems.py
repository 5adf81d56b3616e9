"""What is wrong with a product page, each with its place, its rule and a way out."""

from __future__ import annotations

from typing import Literal

from djup.model import Record


class Problem(Record):
    """One thing to mend in a page. ``line`` counts from 1, 0 is the file as a whole; ``key`` names what it is about.

    An error makes part of the page unusable or untrue; a warning says that something was read as meant, or ignored.
    """

    path: str
    line: int
    key: str
    rule: str
    message: str
    hint: str = ""
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.level}: {self.key}: {self.message}{' ' + self.hint if self.hint else ''} [{self.rule}]"
