"""The YAML of a page as a tree that knows its lines and keeps every scalar as it is written.

Scalars stay text, so ``4.10`` is not 4.1 and a date not another one; aliases are refused and depth is bounded, so no
page can blow up its reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import yaml

from djup.lifecycle.problems import Problem

FENCE = re.compile(r"^\ufeff?---[ \t]*\r?$", re.MULTILINE)
BOOLEANS = {
    word: truth for truth, words in {True: "true yes on", False: "false no off"}.items() for word in words.split()
}
NUMBER = re.compile(r"[-+]?(\d[\d_]*)?\.?\d[\d_]*([eE][-+]?\d+)?$|0x[0-9a-fA-F]+$")
DEEPEST = 24

Plain = str | bool | None | list["Plain"] | dict[str, "Plain"]


class Item(NamedTuple):
    """A value and where it is written: ``line`` from 1 in the page, ``start`` and ``end`` as characters of the YAML."""

    value: str | bool | list[Item] | dict[str, Item] | None
    line: int
    kind: Literal["text", "number", "bool", "null", "list", "map"]
    start: int
    end: int
    key_line: int = 0

    def plain(self) -> Plain:
        """The value without its places."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        return self.value


class Split(NamedTuple):
    """The two halves of a page; ``offset`` is where the YAML starts, in characters."""

    front: str
    body: str
    offset: int


class UnreadableError(Exception):
    """A page without usable front matter: why, and at which line."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.message = message
        self.line = line
        super().__init__(message)


def split_page(text: str) -> Split:
    """Split a page at its ``---`` fences; raises UnreadableError where they are missing."""
    fences = FENCE.finditer(text)
    first = next(fences, None)
    if first is None or text[: first.start()].strip():
        raise UnreadableError("the page does not begin with a line of three dashes", 1)
    second = next(fences, None)
    if second is None:
        raise UnreadableError("the front matter has no closing line of three dashes", 1)
    return Split(text[first.end() + 1 : second.start()], text[second.end() + 1 :], first.end() + 1)


def read_front_matter(text: str, path: str) -> tuple[Mapping[str, Item], str, list[Problem]]:
    """Return the front matter of a page as a tree, the body, and what was doubled; raises UnreadableError."""
    parts = split_page(text)
    first_line = text.count("\n", 0, parts.offset)
    reader = _Reader(parts.front, path, first_line)
    try:
        root = reader.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 + first_line if error.problem_mark else first_line
        raise UnreadableError(f"this is not YAML: {error.problem or error.context}", line) from error
    except yaml.YAMLError as error:
        raise UnreadableError(f"this is not YAML: {str(error).splitlines()[0]}", first_line) from error
    if root is None or not isinstance(root.value, dict):
        raise UnreadableError("the front matter is no mapping of keys to values", first_line + 1)
    return root.value, parts.body, reader.problems


class _Reader:
    """Turns libyaml's events into items."""

    def __init__(self, front: str, path: str, first_line: int) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(front, Loader=yaml.CSafeLoader))
        self._path = path
        self._first_line = first_line
        self.problems: list[Problem] = []

    def document(self) -> Item | None:
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                return self._item(event, 0)
        return None

    def _item(self, event: yaml.Event, depth: int, key_line: int = 0) -> Item:
        line = self._line(event)
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableError("anchors and aliases (& and *) are not read", line)
        if depth > DEEPEST:
            raise UnreadableError(f"nested more than {DEEPEST} levels deep", line)
        start, end = _span(event)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, line, key_line or line)
        if isinstance(event, yaml.SequenceStartEvent):
            items = [self._item(one, depth + 1) for one in self._until(yaml.SequenceEndEvent)]
            return Item(items, line, "list", start, end, key_line or line)
        return Item(self._mapping(depth), line, "map", start, end, key_line or line)

    def _mapping(self, depth: int) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for event in self._until(yaml.MappingEndEvent):
            line = self._line(event)
            key = self._item(event, depth + 1).value
            item = self._item(next(self._events), depth + 1, line)
            name = key if isinstance(key, str) else str(key).lower()
            if name in found:
                message = f"it is written twice, first at line {found[name].key_line}; the last one counts."
                self.problems.append(
                    Problem(path=self._path, line=line, key=name, rule="duplicate-key", message=message)
                )
            found[name] = item
        return found

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + 1 + self._first_line


def _scalar(event: yaml.ScalarEvent, line: int, key_line: int) -> Item:
    text = event.value
    start, end = _span(event)
    if event.style in (None, "") and event.implicit[0]:
        if text in ("", "~", "null", "Null", "NULL"):
            return Item(None, line, "null", start, end, key_line)
        if text.lower() in BOOLEANS:
            return Item(BOOLEANS[text.lower()], line, "bool", start, end, key_line)
        if NUMBER.match(text):
            return Item(text, line, "number", start, end, key_line)
    return Item(text, line, "text", start, end, key_line)


def _span(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)
