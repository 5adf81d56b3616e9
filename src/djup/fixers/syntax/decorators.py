"""Take a decorator out with its line; any other use of the name is left to a person."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit, whole_lines


def drop_decorator(patch: Patch, node: Node) -> None:
    """Take a decorator out with its line; any other use of the name is left to a person."""
    decorator = node.parent
    if decorator is None or decorator.type != "decorator":
        patch.report(node)
        return
    start, end = decorator.start_byte, decorator.end_byte
    comment = decorator.next_sibling
    if comment is not None and comment.type == "comment" and comment.start_point[0] == decorator.end_point[0]:
        end = comment.end_byte
    start, end = whole_lines(patch.module.body, start, end)
    patch.edit(Edit(start=start, end=end, text=b""))
