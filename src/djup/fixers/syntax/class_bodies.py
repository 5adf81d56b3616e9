"""Class bodies: attributes put in, and methods looked at, in the style the body is written in."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.statements import is_docstring
from djup.source.text import line_end
from djup.source.tree import field, text_of

_APART = {"function_definition", "decorated_definition", "class_definition"}


def insert_attribute(patch: Patch, definition: Node, text: str) -> bool:
    """Put an assignment at the top of a class body, below its docstring; False for a body on the class's own line."""
    body = field(definition, "body")
    first = next((one for one in body.named_children if one.type != "comment"), None) if body is not None else None
    if body is None or first is None or first.start_point[0] == definition.start_point[0]:
        return False
    newline = line_end(patch.module.body).decode()
    start = patch.module.body.rfind(b"\n", 0, first.start_byte) + 1
    indent = patch.module.body[start : first.start_byte].decode()
    if first.type == "pass_statement":
        patch.replace(first, text)
    elif is_docstring(first):
        end = first.end_byte
        patch.edit(Edit(start=end, end=end, text=f"{newline}{newline}{indent}{text}".encode()))
    else:
        gap = newline if first.type in _APART else ""
        patch.edit(Edit(start=start, end=start, text=f"{indent}{text}{newline}{gap}".encode()))
    return True


def attributes_of(definition: Node) -> dict[str, Node]:
    """The values assigned to plain names in a class body itself."""
    found = {}
    for statement in statements_of(definition):
        assignment = statement.named_children[0] if statement.type == "expression_statement" else None
        if assignment is not None and assignment.type == "assignment":
            left, right = field(assignment, "left"), field(assignment, "right")
            if left is not None and left.type == "identifier" and right is not None:
                found[text_of(left).decode()] = right
    return found


def methods_of(definition: Node) -> dict[str, Node]:
    """The functions and classes defined in a class body itself, by name."""
    found = {}
    for statement in statements_of(definition):
        inner = field(statement, "definition") if statement.type == "decorated_definition" else statement
        if inner is not None and inner.type in {"function_definition", "class_definition"}:
            found[text_of(field(inner, "name")).decode()] = inner
    return found


def statements_of(definition: Node) -> list[Node]:
    """The statements of the body of a class or function, without comments."""
    body = field(definition, "body")
    return [] if body is None else [one for one in body.named_children if one.type != "comment"]
