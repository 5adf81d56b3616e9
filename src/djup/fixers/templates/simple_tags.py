"""Simple template tags: what they return is escaped since 1.9."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of, walk, within

_SAFE = {
    b"mark_safe", b"format_html", b"format_html_join", b"render_to_string", b"render", b"escape", b"conditional_escape",
}  # fmt: skip


def simple_tag_escapes(patch: Patch) -> None:
    """A simple tag that returns HTML it wrote itself marks it as safe; what comes from elsewhere is left to a person.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#simple-tag-now-wraps-tag-output-in-conditional-escape
    """
    for node in patch.module.attributes("simple_tag"):
        decorator = node.parent if node.parent is not None and node.parent.type == "call" else node
        decorator = decorator.parent or decorator
        if decorator.type != "decorator" or decorator.parent is None or patch.skips(node):
            continue
        definition = field(decorator.parent, "definition")
        if definition is None:
            continue
        for statement in walk(definition):
            if statement.type == "return_statement" and within(statement, "function_definition") == definition:
                _answer(patch, statement, definition)


def _answer(patch: Patch, statement: Node, definition: Node) -> None:
    value = statement.named_children[0] if statement.named_child_count == 1 else None
    if value is None or _is_plain(value):
        return
    function = text_of(field(value, "function")).rpartition(b".")[2] if value.type == "call" else b""
    if function in _SAFE:
        return
    if _is_html(value):
        patch.replace(value, f"{patch.need('django.utils.safestring', 'mark_safe', value)}({text_of(value).decode()})")
    elif value.type in {"identifier", "binary_operator"} and b"html" in text_of(definition):
        patch.report(statement)


def _is_plain(value: Node) -> bool:
    """Whether a value holds nothing to escape: a number, a constant, a string without brackets or ampersands."""
    if value.type in {"string", "concatenated_string"}:
        return not any(one in text_of(value) for one in (b"<", b">", b"&"))
    return value.type in {"integer", "float", "none", "true", "false"}


def _is_html(value: Node) -> bool:
    """Whether a value is HTML written out, perhaps with something put into it."""
    inner: Node | None = value
    if value.type == "binary_operator":
        inner = field(value, "left")
    elif value.type == "call":
        function = field(value, "function")
        known = function is not None and text_of(field(function, "attribute")) in {b"format", b"join"}
        inner = field(function, "object") if function is not None and known else None
    if inner is not None and inner.type == "parenthesized_expression":
        inner = inner.named_children[0]
    return inner is not None and inner.type in {"string", "concatenated_string"} and b"<" in text_of(inner)
