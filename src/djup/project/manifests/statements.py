"""The statements of a Python file of either generation, as Python 3's own syntax tree gives them."""

from __future__ import annotations

import ast
import functools

from djup.source.tree import parse


@functools.lru_cache(maxsize=32)
def statements(text: str) -> tuple[ast.stmt, ...]:
    """The statements at the top of a file; in one that only Python 2 reads, those that both read the same way.

    Lines and columns are those of the whole text.
    """
    try:
        return tuple(ast.parse(text).body)
    except (SyntaxError, ValueError):
        return tuple(
            part for node in parse(text.encode()).root_node.children for part in _alone(node.text, node.start_point)
        )


def _alone(source: bytes | None, start: tuple[int, int]) -> list[ast.stmt]:
    row, column = start
    if source is None or column:
        return []
    try:
        return ast.parse(b"\n" * row + source).body
    except (SyntaxError, ValueError):
        return []
