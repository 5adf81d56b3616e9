"""Libraries, tags and filters of the template language that were renamed; what a template fixer works with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from djup.facts.index import Facts
from djup.fixers.migrations import Operation
from djup.fixers.patch import Report
from djup.knowledge.changes import Change
from djup.knowledge.search import lookup_uses, search_template
from djup.source.edits import Edit, whole_lines
from djup.source.templates import Bit, Token, filters, loaded, position, tokens


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


def renamed_tags(patch: TemplatePatch) -> None:
    """Carry out ``[change.templates]``: libraries, tags and filters that have a new name."""
    data = patch.change.templates
    for token in patch.tokens:
        if token.name == "load":
            _libraries(patch, token)
        elif token.name in data.tags:
            if data.tags[token.name]:
                first = token.bits[0]
                patch.replace(first.start, first.end, data.tags[token.name].encode())
            else:
                patch.report(token.start)
        for one in filters(patch.body, token):
            if data.filters.get(one.name):
                start = patch.body.index(one.name.encode(), one.start)
                patch.replace(start, start + len(one.name), data.filters[one.name].encode())
        for start, end, new in lookup_uses(data.lookups, patch.body, token):
            if new:
                patch.replace(start, end, new.encode())


def _libraries(patch: TemplatePatch, token: Token) -> None:
    """Rename the libraries of a ``load`` tag; one that would be loaded twice in it goes."""
    table = patch.change.templates.libraries
    words = loaded(token)
    kept = {bit.text for bit in words if bit.text.decode(errors="replace") not in table}
    for bit in words:
        new = table.get(bit.text.decode(errors="replace"))
        if not new:
            continue
        if new.encode() not in kept:
            kept.add(new.encode())
            patch.replace(bit.start, bit.end, new.encode())
        elif len(words) > 1:
            _drop_word(patch, token, bit)


def _drop_word(patch: TemplatePatch, token: Token, bit: Bit) -> None:
    before = token.bits[token.bits.index(bit) - 1]
    patch.replace(before.end, bit.end, b"")


def drop_tag(patch: TemplatePatch, token: Token) -> None:
    """Take a tag out of the template, with its line where it stands alone on it."""
    start, end = whole_lines(patch.body, token.start, token.end)
    patch.replace(start, end, b"")
