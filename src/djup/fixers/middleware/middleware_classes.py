"""Middleware of the old style: classes that work under ``MIDDLEWARE`` too, by ``MiddlewareMixin``.

https://docs.djangoproject.com/en/1.10/topics/http/middleware/#upgrading-pre-django-1-10-style-middleware
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.tree import field, text_of, walk

_HOOKS = {"process_request", "process_response", "process_view", "process_exception", "process_template_response"}


def old_style_middleware(patch: Patch) -> None:
    """Let classes with the hooks of middleware, and no other base, derive from ``MiddlewareMixin``."""
    for definition in patch.module.classes():
        body, name = field(definition, "body"), field(definition, "name")
        methods = _methods(body) if body is not None else {}
        if name is None or not _HOOKS & {*methods} or "__call__" in methods or patch.skips(definition):
            continue
        bases = field(definition, "superclasses")
        given = [text_of(one) for one in bases.named_children if one.type != "comment"] if bases is not None else []
        if given not in ([], [b"object"]) or not text_of(name).endswith((b"Middleware", b"Mixin")):
            if given in ([], [b"object"]):
                patch.report(definition)
            continue
        own = methods.get("__init__")
        if own is not None and not _takes_response(patch, own, text_of(name).decode()):
            patch.report(definition)
            continue
        mixin = patch.need("django.utils.deprecation", "MiddlewareMixin", definition)
        if bases is not None:
            patch.replace(bases, f"({mixin})")
        else:
            patch.edit(Edit(start=name.end_byte, end=name.end_byte, text=f"({mixin})".encode()))


def _methods(body: Node) -> dict[str, Node]:
    found = {}
    for statement in body.named_children:
        inner = field(statement, "definition") if statement.type == "decorated_definition" else statement
        if inner is not None and inner.type == "function_definition":
            found[text_of(field(inner, "name")).decode()] = inner
    return found


def _takes_response(patch: Patch, own: Node, name: str) -> bool:
    """Let ``__init__(self)`` take ``get_response`` and pass it on; False where it takes or calls something else."""
    parameters, body = field(own, "parameters"), field(own, "body")
    if parameters is None or body is None or [text_of(one) for one in parameters.named_children] != [b"self"]:
        return False
    calls = [one for one in walk(body) if one.type == "call" and text_of(field(one, "function")).endswith(b"__init__")]
    if any(text_of(field(one, "arguments")) != b"()" for one in calls) or len(calls) > 1:
        return False
    last = parameters.named_children[-1]
    patch.edit(Edit(start=last.end_byte, end=last.end_byte, text=b", get_response=None"))
    if calls:
        brackets = field(calls[0], "arguments")
        if brackets is not None:
            patch.replace(brackets, "(get_response)")
        return True
    first = body.named_children[0]
    text = patch.module.body
    indent = text[text.rfind(b"\n", 0, first.start_byte) + 1 : first.start_byte].decode()
    if indent.strip():
        return False
    line = f"super({name}, self).__init__(get_response)\n{indent}"
    patch.edit(Edit(start=first.start_byte, end=first.start_byte, text=line.encode()))
    return True
