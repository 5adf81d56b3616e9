"""The calls before one in its chain of methods, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.source.calls import Call, call_of
from djup.source.tree import field, text_of


def chain(call: Call) -> Iterator[Call]:
    """The calls before one in its chain of methods, the nearest first."""
    current: Node | None = call.function
    while current is not None:
        current = field(current, "object") if current.type == "attribute" else None
        function = field(current, "function") if current is not None and current.type == "call" else None
        before = call_of(function) if function is not None else None
        if before is None:
            return
        yield before
        current = before.function


def name_of(call: Call) -> str:
    """The name of the method that is called."""
    return text_of(field(call.function, "attribute") or call.function).decode()
