"""Which objects of a module are made by calling a class or function, as far as one scope tells."""

from __future__ import annotations

from tree_sitter import Node

from djup.source import tree as syntax
from djup.source.calls import call_of
from djup.source.names import root_of
from djup.source.python import Module
from djup.source.tree import field, text_of


def is_made_by(module: Module, expression: Node | None, makers: tuple[str, ...]) -> bool:
    """Whether an expression is a call of one of the dotted names, or a name that its scope gives such a call only."""
    if expression is None:
        return False
    if expression.type in {"call", "await"}:
        return _calls(module, expression, makers)
    if expression.type == "attribute":
        return _is_attribute_made(module, expression, makers)
    if expression.type != "identifier":
        return False
    scope = _scope(expression)
    values = [
        _value(node)
        for node in module.spelled(text_of(expression).decode())
        if _scope(node) == scope and node != expression and _value(node) is not None
    ]
    return bool(values) and all(value is not None and _calls(module, value, makers) for value in values)


def _is_attribute_made(module: Module, expression: Node, makers: tuple[str, ...]) -> bool:
    """The same for ``self.name``, anywhere in the class around it."""
    name, owner = field(expression, "attribute"), syntax.within(expression, "class_definition")
    if name is None or owner is None or text_of(root_of(expression)) != b"self":
        return False
    values = []
    for node in module.attributes(text_of(name).decode()):
        if text_of(node) == text_of(expression) and syntax.within(node, "class_definition") == owner:
            value = _value(node)
            values += [] if value is None else [value]
    return bool(values) and all(_calls(module, value, makers) for value in values)


def _calls(module: Module, value: Node, makers: tuple[str, ...]) -> bool:
    function = field(value, "function") if value.type == "call" else None
    if function is None or call_of(function) is None:
        return False
    return any(one in makers for one in module.origins(function))


def _value(target: Node) -> Node | None:
    """What an assignment gives the target."""
    parent = target.parent
    if parent is None or parent.type != "assignment" or field(parent, "left") != target:
        return None
    return field(parent, "right")


def _scope(node: Node) -> int:
    return next((one.id for one in syntax.ancestors(node) if one.type in syntax.SCOPES), 0)
