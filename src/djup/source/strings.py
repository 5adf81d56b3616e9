"""String literals of Python source: their value, prefix and quotes."""

from __future__ import annotations

import ast

from tree_sitter import Node

from djup.model import Record


class Literal(Record):
    """One string literal as written. ``value`` is its text (bytes literals are read as Latin-1)."""

    value: str
    prefix: str
    quotes: str
    start: int
    end: int
    content_start: int
    content_end: int

    @property
    def raw(self) -> bool:
        """Whether backslashes stand for themselves."""
        return "r" in self.prefix.lower()


def literal(node: Node) -> Literal | None:
    """Read a single, plain string literal; None for f-strings, concatenations and anything that is not a string."""
    if node.type != "string" or not node.children:
        return None
    opening, closing = node.children[0], node.children[-1]
    if opening.type != "string_start" or closing.type != "string_end":
        return None
    start_text = (opening.text or b"").decode()
    quotes = start_text.lstrip("rRbBuUfFtT")
    prefix = start_text[: len(start_text) - len(quotes)]
    value = _value(node, prefix)
    if value is None or quotes.startswith("`"):
        return None
    return Literal(
        value=value,
        prefix=prefix,
        quotes=quotes,
        start=node.start_byte,
        end=node.end_byte,
        content_start=opening.end_byte,
        content_end=closing.start_byte,
    )


def _value(node: Node, prefix: str) -> str | None:
    """Evaluate a literal without its ``u``: Python 3 has no ``ur''``; its backslashes are read as a raw string's."""
    if "f" in prefix.lower() or "t" in prefix.lower():
        return None
    source = (node.text or b"").decode(errors="replace")
    text = "".join(one for one in prefix if one not in "uU") + source[len(prefix) :]
    try:
        found = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return None
    if isinstance(found, bytes):
        return found.decode("latin-1")
    return found if isinstance(found, str) else None


def string_value(node: Node | None) -> str | None:
    """Return the text of a literal or of several joined by standing side by side; None for anything else."""
    if node is None:
        return None
    if node.type == "parenthesized_expression" and node.named_child_count == 1:
        return string_value(node.named_child(0))
    if node.type == "concatenated_string":
        parts = [literal(child) for child in node.named_children if child.type != "comment"]
        return None if None in parts else "".join(part.value for part in parts if part is not None)
    one = literal(node)
    return None if one is None else one.value
