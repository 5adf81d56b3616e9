"""``@models.permalink``: ``reverse()`` of what the method returned.

https://docs.djangoproject.com/en/1.11/releases/1.11/#models-permalink-decorator
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import returns
from djup.fixers.syntax.statements import drop_statement
from djup.source.calls import Call, call_of
from djup.source.edits import Edit, whole_lines
from djup.source.tree import field, text_of, within

_EMPTY = {b"()", b"[]", b"None", b"{}", b""}


def permalink(patch: Patch) -> None:
    """Rewrite methods that return plain tuples; others are left to a person."""
    for home in ("django.db.models.permalink", "django.db.permalink"):
        for node in patch.module.uses(home):
            decorator = node.parent
            around = decorator.parent if decorator is not None and decorator.type == "decorator" else None
            definition = field(around, "definition") if around is not None else None
            if patch.skips(node):
                continue
            wrapped = call_of(node)
            if wrapped is not None:
                definition = _wrapped(patch, wrapped)
            if decorator is None or definition is None or definition.type != "function_definition":
                patch.report(node)
                continue
            found = [_tuple(one) for one in returns(definition)]
            if not found or None in found:
                patch.report(node)
                continue
            for one in found:
                if one is not None:
                    patch.replace(one, _address(patch, one))
            if wrapped is not None:
                _unwrap(patch, wrapped)
            else:
                start, end = whole_lines(patch.module.body, decorator.start_byte, decorator.end_byte)
                patch.edit(Edit(start=start, end=end, text=b""))


def _wrapped(patch: Patch, call: Call) -> Node | None:
    """The method of the same class that ``get_absolute_url = permalink(method)`` wraps, where nothing else uses it."""
    body, assignment = within(call.node, "block"), call.node.parent
    name = text_of(call.positional[0].value) if len(call.arguments) == len(call.positional) == 1 else b""
    if body is None or assignment is None or assignment.type != "assignment":
        return None
    methods = [one for one in body.named_children if text_of(field(one, "name")) == name]
    mentions = [one for one in patch.module.spelled(name.decode()) if body.start_byte <= one.start_byte < body.end_byte]
    itself = text_of(field(assignment, "left")) == name
    alone = itself or len(mentions) == len(["its definition", "its wrapping"])
    return methods[0] if len(methods) == 1 and alone else None


def _unwrap(patch: Patch, call: Call) -> None:
    """Take ``name = permalink(name)`` out; of another name only the call goes."""
    assignment, given = call.node.parent, call.positional[0].value
    if assignment is not None and text_of(field(assignment, "left")) == text_of(given):
        drop_statement(patch, assignment)
    else:
        patch.replace(call.node, text_of(given).decode())


def _tuple(statement: Node) -> Node | None:
    """What a ``return`` gives, where it is a name with, at most, arguments and keywords."""
    value = statement.named_children[0] if statement.named_children else None
    if value is None or value.type not in {"tuple", "expression_list", "list"}:
        return None
    parts = [one for one in value.named_children if one.type != "comment"]
    if not 1 <= len(parts) <= len(["name", "args", "kwargs"]) or any(one.type == "list_splat" for one in parts):
        return None
    return value


def _address(patch: Patch, value: Node) -> str:
    name, *rest = [text_of(one).decode() for one in value.named_children if one.type != "comment"]
    given = [
        f"{key}={text}" for key, text in zip(("args", "kwargs"), rest, strict=False) if text.encode() not in _EMPTY
    ]
    return f"{patch.need('django.urls', 'reverse', value)}({', '.join([name, *given])})"
