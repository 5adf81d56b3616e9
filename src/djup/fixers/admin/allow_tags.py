"""``allow_tags`` of columns in the admin: the text itself says that it is safe.

https://docs.djangoproject.com/en/1.9/releases/1.9/#miscellaneous-2
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.statements import drop_statement
from djup.source.tree import field, statement_of, text_of, walk

_SAFE = {"mark_safe", "format_html", "format_html_join", "SafeText", "SafeString", "render_to_string"}
_ESCAPING = {"format", "join", "replace", "strip"}
_NONE = {b"None", b"''", b'""', b"u''", b'u""'}


def allow_tags(patch: Patch) -> None:
    """Mark as safe the texts that the function returns, and take the attribute away; unsure ones are a person's.

    The admin did the same to the result of such a function (``display_for_value`` and ``mark_safe``).
    """
    for node in patch.module.attributes("allow_tags"):
        assignment = node.parent
        if assignment is None or assignment.type != "assignment" or field(assignment, "left") != node:
            continue
        if patch.skips(node):
            continue
        if text_of(field(assignment, "right")) == b"False":
            drop_statement(patch, assignment)
            continue
        function = _function(assignment, text_of(field(node, "object")))
        texts = list(_returned(function)) if function is not None else []
        if function is None or text_of(field(assignment, "right")) != b"True" or not texts:
            patch.report(node)
            continue
        if not all(_is_text(one, function) or _is_safe(one) or text_of(one) in _NONE for one in texts):
            patch.report(node)
            continue
        for one in texts:
            if not _is_safe(one) and text_of(one) not in _NONE:
                mark_safe = patch.need("django.utils.safestring", "mark_safe", one)
                patch.replace(one, f"{mark_safe}{_bracketed(one)}")
        drop_statement(patch, assignment)


def _bracketed(node: Node) -> str:
    text = text_of(node).decode()
    return text if node.type == "parenthesized_expression" else f"({text})"


def _function(assignment: Node, name: bytes) -> Node | None:
    """The function of that name defined in the block in which its attribute is set."""
    block = statement_of(assignment).parent
    found = None
    for statement in block.named_children if block is not None else ():
        inner = field(statement, "definition") if statement.type == "decorated_definition" else statement
        if inner is not None and inner.type == "function_definition" and text_of(field(inner, "name")) == name:
            found = inner
    return found


def _returned(function: Node) -> Iterator[Node]:
    """What a function returns, those of functions within it left out."""
    stack = [*function.named_children]
    while stack:
        node = stack.pop(0)
        if node.type == "return_statement" and node.named_children:
            yield node.named_children[0]
        elif node.type not in {"function_definition", "lambda", "class_definition"}:
            stack = [*node.named_children, *stack]


def _is_safe(node: Node) -> bool:
    function = field(node, "function") if node.type == "call" else None
    return text_of(function).decode().rpartition(".")[2] in _SAFE


def _is_text(node: Node, function: Node) -> bool:
    """Whether an expression is sure to be a text, not None."""
    if node.type in {"string", "concatenated_string"}:
        return True
    if node.type == "parenthesized_expression":
        return _is_text(node.named_children[0], function)
    if node.type == "binary_operator":
        left, right = field(node, "left"), field(node, "right")
        sides = [one for one in (left, right) if one is not None]
        if text_of(field(node, "operator")) == b"%":
            sides = sides[:1]
        return any(_is_text(one, function) for one in sides)
    if node.type == "conditional_expression":
        return all(_is_text(one, function) for one in (node.named_children[0], node.named_children[2]))
    if node.type == "call":
        called = field(node, "function")
        inner = field(called, "object") if called is not None and called.type == "attribute" else None
        name = text_of(field(called, "attribute")).decode() if inner is not None and called is not None else ""
        return inner is not None and name in _ESCAPING and _is_text(inner, function)
    return node.type == "identifier" and _holds_text(node, function)


def _holds_text(name: Node, function: Node) -> bool:
    """Whether a name gets nothing but texts in a function."""
    given = []
    for node in walk(function):
        if node.type == "assignment" and text_of(field(node, "left")) == text_of(name):
            value = field(node, "right")
            given.append(value is not None and value.type != "identifier" and _is_text(value, function))
        bound = field(node, "left") if node.type == "for_statement" else node if node.type == "parameters" else None
        if bound is not None and text_of(name) in [text_of(one) for one in walk(bound)]:
            return False
    return bool(given) and all(given)
