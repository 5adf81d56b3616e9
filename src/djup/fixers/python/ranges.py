"""``xrange`` became ``range``, and the list that this gave is asked for where one is needed."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.names import expression_at
from djup.source.tree import field, text_of


def ranges(patch: Patch) -> None:
    """``xrange(9)`` is ``range(9)``; ``range(9)`` that is added to, kept or changed is a list.

    https://docs.python.org/3/whatsnew/3.0.html#views-and-iterators-instead-of-lists
    """
    for old in ("xrange", "range"):
        for node in patch.module.spelled(old):
            if expression_at(node) != node or patch.module.bound_at(old, node) or patch.skips(node):
                continue
            call = call_of(node)
            if old == "xrange":
                patch.replace(node, "range")
            elif call is not None and _needs_list(call.node):
                patch.replace(call.node, f"list({text_of(call.node).decode()})")


def _needs_list(call: Node) -> bool:
    outer = call.parent
    if outer is None:
        return False
    if outer.type == "binary_operator" or (outer.type == "attribute" and field(outer, "object") == call):
        return True
    return outer.type == "assignment" and field(outer, "right") == call
