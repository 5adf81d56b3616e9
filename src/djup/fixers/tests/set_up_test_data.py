"""Point at files and generators that ``setUpTestData()`` keeps on the class."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.tree import field, text_of


def test_data_copies(patch: Patch) -> None:
    """Point at files and generators that ``setUpTestData()`` keeps on the class."""
    for definition in patch.module.methods("setUpTestData"):
        for node in syntax.walk(definition):
            left, right = (field(node, "left"), field(node, "right")) if node.type == "assignment" else (None, None)
            if left is None or right is None or not text_of(left).startswith(b"cls."):
                continue
            opens = right.type == "call" and text_of(field(right, "function")) == b"open"
            if opens or right.type == "generator_expression":
                patch.report(node)
