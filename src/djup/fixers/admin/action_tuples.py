"""Point at the values of ``get_actions()`` being unpacked or indexed, in the function that asks for them."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.tree import field, text_of


def action_tuples(patch: Patch) -> None:
    """Point at the values of ``get_actions()`` being unpacked or indexed, in the function that asks for them."""
    for call in patch.module.calls(".get_actions"):
        scope = syntax.within(call.node, "function_definition")
        target = call.node.parent
        if scope is None or target is None or target.type != "assignment":
            continue
        name = text_of(field(target, "left"))
        for node in syntax.walk(scope):
            if node.type == "for_statement" and text_of(field(node, "right")) in {
                name + b".values()",
                name + b".items()",
            }:
                left = field(node, "left")
                if (
                    left is not None
                    and any(one in text_of(left) for one in (b"(", b","))
                    and _unpacks(node, left, name)
                ):
                    patch.report(node)
            elif node.type == "subscript" and text_of(field(field(node, "value") or node, "value")) == name:
                patch.report(node)


def _unpacks(loop: Node, left: Node, name: bytes) -> bool:
    """Whether a loop takes the values themselves apart: those of ``items()`` come in pairs anyway."""
    return text_of(field(loop, "right")) == name + b".values()" or b"(" in text_of(left)
