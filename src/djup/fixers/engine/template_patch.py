"""Libraries, tags and filters of the template language that were renamed; what a template fixer works with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from djup.facts.project import Facts
from djup.fixers.engine.migrations import Operation
from djup.fixers.engine.patch import Report
from djup.knowledge.changes import Change
from djup.knowledge.search import search_template
from djup.source.edits import Edit, whole_lines
from djup.source.templates import Token, position, tokens


class TemplatePatch:
    """The rewriting of one template for one change."""

    def __init__(
        self, body: bytes, change: Change, facts: Facts | None = None, path: PurePosixPath | None = None
    ) -> None:
        self.body = body
        self.change = change
        self.facts = facts or Facts()
        self.path = path or PurePosixPath()
        self.tokens: tuple[Token, ...] = tokens(body)
        self.reports: list[Report] = []
        self.operations: tuple[Operation, ...] = ()
        self._edits: dict[tuple[int, int], Edit] = {}

    @property
    def sites(self) -> set[int]:
        """The byte offsets that are rewritten."""
        return {start for start, _ in self._edits}

    def replace(self, start: int, end: int, text: bytes) -> None:
        """Put a text in the place of a span."""
        self._edits[start, end] = Edit(start=start, end=end, text=text)

    def report(self, offset: int, hint: str = "") -> None:
        """Leave a place to a person."""
        self.reports.append(Report(offset=offset, hint=hint or self.change.advice))

    def edits(self) -> list[Edit]:
        """All edits."""
        return list(self._edits.values())

    def places(self) -> tuple[int, ...]:
        """The byte offsets where the change applies, whether or not a fixer takes them."""
        return search_template(self.change, self.body)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of a byte offset."""
        return position(self.body, offset)

    def holds(self, edits: Sequence[Edit], after: TemplatePatch) -> bool:
        """Whether every tag that opens in the result also closes, if they did before."""
        even = self.body.count(b"{%") == self.body.count(b"%}")
        return bool(edits) and (not even or after.body.count(b"{%") == after.body.count(b"%}"))


def drop_tag(patch: TemplatePatch, token: Token) -> None:
    """Take a tag out of the template, with its line where it stands alone on it."""
    start, end = whole_lines(patch.body, token.start, token.end)
    patch.replace(start, end, b"")
