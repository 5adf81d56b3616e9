"""``HttpResponse(generator())`` is ``StreamingHttpResponse(generator())``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of, walk, within

_RESPONSE = ("django.http.HttpResponse", "django.http.response.HttpResponse")
_WRAPPERS = {"FileWrapper"}


def streamed_responses(patch: Patch) -> None:
    """``HttpResponse(generator())`` is ``StreamingHttpResponse(generator())``.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#explicit-streaming-responses
    """
    for home in _RESPONSE:
        for node in patch.module.uses(home):
            outer = node.parent
            if outer is None or outer.type != "call" or field(outer, "function") != node or patch.skips(node):
                continue
            brackets = field(outer, "arguments")
            if brackets is not None and _is_streamed(patch, brackets):
                patch.replace(node, patch.need("django.http", "StreamingHttpResponse", node))


def _is_streamed(patch: Patch, brackets: Node) -> bool:
    """Whether the first argument of a call is a generator, or a file read bit by bit."""
    if brackets.type == "generator_expression":
        return True
    first = next((one for one in brackets.named_children if one.type != "comment"), None)
    if first is not None and first.type == "keyword_argument" and text_of(field(first, "name")) == b"content":
        first = field(first, "value")
    if first is None or first.type != "call":
        return first is not None and first.type == "generator_expression"
    function = field(first, "function")
    if function is None or function.type != "identifier":
        return False
    return text_of(function).decode() in _WRAPPERS or _generates(patch, text_of(function).decode())


def _generates(patch: Patch, name: str) -> bool:
    """Whether the one function of that name in the module yields."""
    found = [
        node.parent
        for node in patch.module.spelled(name)
        if node.parent is not None and node.parent.type == "function_definition" and field(node.parent, "name") == node
    ]
    if len(found) != 1:
        return False
    return any(
        one.type == "yield" and one.is_named and within(one, "function_definition") == found[0]
        for one in walk(found[0])
    )
