"""The class that a method is defined in."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import parameters_in
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, text_of, walk, within


def owner_of(definition: Node) -> Node | None:
    """The class that a method is defined in."""
    return within(definition, "class_definition")


def parameters_of(definition: Node) -> list[Node]:
    """The parameters of a function, one by one."""
    parameters = field(definition, "parameters")
    return [] if parameters is None else parameters_in(parameters)


def uses_of(definition: Node, word: bytes) -> list[Node]:
    """Where a name is read in the body of a function."""
    body = field(definition, "body")
    return [one for one in walk(body) if one.type == "identifier" and text_of(one) == word] if body is not None else []


def line_before(patch: Patch, statement: Node, line: str) -> None:
    """Put a line before a statement, at its indent."""
    body, start = patch.module.body, statement.start_byte
    indent = body[body.rfind(b"\n", 0, start) + 1 : start]
    patch.edit(Edit(start=start, end=start, text=line.encode() + line_end(body) + indent))


def first_statement(definition: Node) -> Node | None:
    """The first statement of a function after its docstring, where it stands on a line of its own."""
    body = field(definition, "body")
    found = [one for one in body.named_children if one.type != "comment"] if body is not None else []
    if found and found[0].type == "expression_statement" and found[0].named_children[0].type == "string":
        found = found[1:]
    if not found or found[0].start_point[0] == definition.start_point[0]:
        return None
    return found[0]
