"""Expect ``&#x27;`` for a quote in what tests compare with: ``escape()`` wrote ``&#39;`` until then."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.tree import field, text_of


def escaped_quotes(patch: Patch) -> None:
    """Expect ``&#x27;`` for a quote in what tests compare with: ``escape()`` wrote ``&#39;`` until then.

    https://docs.djangoproject.com/en/3.0/releases/3.0/#miscellaneous
    """
    if not any(part.startswith("test") for part in (*patch.module.path.parts[:-1], patch.module.path.stem)):
        return
    for name in ("assertContains", "assertNotContains", "assertEqual", "assertIn", "assertHTMLEqual", "assertInHTML"):
        for call in patch.module.calls(f".{name}"):
            for node in syntax.walk(call.brackets) if not patch.skips(call.node) else ():
                one = literal(node) if node.type == "string" and not _is_given(node, call.node) else None
                source = text_of(node)[: -len(one.quotes)] if one is not None else b""
                if one is not None and b"&#39;" in source:
                    text = text_of(node).replace(b"&#39;", b"&#x27;")
                    patch.edit(Edit(start=one.start, end=one.end, text=text))


def _is_given(node: Node, compared: Node) -> bool:
    """Whether a text is given to another call within a comparison: it goes in there, it is not what comes out."""
    call = syntax.within(node, "call")
    while call is not None and call != compared:
        if text_of(field(call, "function")).rpartition(b".")[2] not in {b"mark_safe", b"format", b"_"}:
            return True
        call = syntax.within(call.parent, "call") if call.parent is not None else None
    return False
