"""``memoize(function, cache, n)`` is ``lru_cache(maxsize=None)(function)`` for a function of n arguments."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import field, text_of, within


def memoize(patch: Patch) -> None:
    """``memoize(function, cache, n)`` is ``lru_cache(maxsize=None)(function)`` for a function of n arguments.

    The cache must be read by nobody else.
    https://docs.djangoproject.com/en/1.8/releases/1.7/#django-utils-functional-memoize-function
    """
    for node in patch.module.uses("django.utils.functional.memoize"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or len(call.positional) != len(call.arguments) or len(call.arguments) != len("fcn"):
            patch.report(node)
            continue
        function, cache, count = (one.value for one in call.arguments)
        if not _takes(patch, function, text_of(count)) or not _is_own(patch, cache):
            patch.report(node)
            continue
        decorator = patch.need("django.utils.lru_cache", "lru_cache", node)
        patch.replace(call.node, f"{decorator}(maxsize=None)({text_of(function).decode()})")


def _takes(patch: Patch, function: Node, count: bytes) -> bool:
    """Whether a name is that of a function of the module with so many plain parameters."""
    for node in patch.module.spelled(text_of(function).decode()) if function.type == "identifier" else ():
        definition = node.parent
        if definition is None or definition.type != "function_definition" or field(definition, "name") != node:
            continue
        parameters = field(definition, "parameters")
        plain = [one for one in parameters.named_children if one.type != "comment"] if parameters is not None else []
        stars = any("splat" in one.type for one in plain)
        return not stars and str(len(plain)).encode() == count
    return False


def _is_own(patch: Patch, cache: Node) -> bool:
    """Whether nothing but memoize() and its own assignment knows a cache."""
    if cache.type == "dictionary":
        return True
    if cache.type != "identifier" or patch.is_exported(text_of(cache).decode()):
        return False
    for node in patch.module.spelled(text_of(cache).decode()):
        outer = node.parent
        if node == cache or (outer is not None and outer.type == "assignment" and field(outer, "left") == node):
            continue
        call = within(node, "call")
        if call is None or text_of(field(call, "function")).rpartition(b".")[2] != b"memoize":
            return False
    return True
