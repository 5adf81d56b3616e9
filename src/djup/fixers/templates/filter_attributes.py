"""``name.is_safe = True`` below a template filter becomes an argument of its ``register.filter``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.tree import field, text_of


def filter_attributes(patch: Patch) -> None:
    """``name.is_safe = True`` below a template filter becomes an argument of its ``register.filter``."""
    for option in ("is_safe", "needs_autoescape"):
        for attribute in patch.module.attributes(option):
            assignment = attribute.parent
            owner = field(attribute, "object")
            if assignment is None or assignment.type != "assignment" or field(assignment, "left") != attribute:
                continue
            if owner is None or owner.type != "identifier" or patch.skips(assignment):
                continue
            value = text_of(field(assignment, "right")).decode()
            if value in {"True", "False"} and _give_to_filter(patch, text_of(owner).decode(), f"{option}={value}"):
                _drop_line(patch, assignment)


def _give_to_filter(patch: Patch, function: str, argument: str) -> bool:
    """Add the argument to the decorator of a function; False where it has none that registers it."""
    for node in patch.module.spelled(function):
        definition = node.parent
        if definition is None or definition.type != "function_definition" or field(definition, "name") != node:
            continue
        decorated = definition.parent
        for decorator in decorated.named_children if decorated and decorated.type == "decorated_definition" else ():
            inner = decorator.named_children[0] if decorator.type == "decorator" else None
            if inner is None or not text_of(inner).split(b"(")[0].endswith(b".filter"):
                continue
            if inner.type == "call":
                brackets = field(inner, "arguments")
                if brackets is None or option_in(brackets, argument):
                    return False
                before = ", " if brackets.named_children else ""
                end = brackets.end_byte - 1
                patch.edit(Edit(start=end, end=end, text=f"{before}{argument}".encode()))
            else:
                patch.edit(Edit(start=inner.end_byte, end=inner.end_byte, text=f"({argument})".encode()))
            return True
    return False


def option_in(brackets: Node, argument: str) -> bool:
    """Whether a call has a keyword already."""
    return argument.partition("=")[0].encode() in text_of(brackets)


def _drop_line(patch: Patch, assignment: Node) -> None:
    """Take a line out, with one blank line more where blank lines stand on both sides of it."""
    body = patch.module.body
    start = body.rfind(b"\n", 0, assignment.start_byte) + 1
    end = body.find(b"\n", assignment.end_byte) + 1 or len(body)
    while start > 1 and body[start - 2 : start] == b"\n\n" and body[end : end + 1] in {b"\n", b""}:
        start -= 1
    patch.edit(Edit(start=start, end=end, text=b""))
