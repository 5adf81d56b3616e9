"""Objects of early releases whose work others do: request.REQUEST, get_cache(), memoize(), SortedDict."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.patch import Patch, receiver_of
from djup.source.calls import Call, call_of
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk, within

_ALIAS = re.compile(r"[\w-]+\Z")


def merged_request(patch: Patch) -> None:
    """``request.REQUEST`` looked in POST, then in GET (django/core/handlers/wsgi.py of 1.8): so does what is written.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#merging-of-post-and-get-arguments-into-wsgirequest-request
    """
    for node in patch.module.attributes("REQUEST"):
        outer = node.parent
        request = receiver_of(node)
        if outer is None or patch.skips(node) or not request.rpartition(".")[2].isidentifier():
            continue
        if outer.type == "subscript" and field(outer, "value") == node:
            keys = outer.children_by_field_name("subscript")
            target = outer.parent is not None and outer.parent.type in {"assignment", "delete_statement"}
            if len(keys) == 1 and not (target and outer.parent and field(outer.parent, "right") != outer):
                key = text_of(keys[0]).decode()
                patch.replace(node, f"({request}.POST if {key} in {request}.POST else {request}.GET)")
        elif outer.type == "comparison_operator":
            _membership(patch, outer, request)
        elif outer.type == "attribute" and text_of(field(outer, "attribute")) == b"get":
            _get(patch, call_of(outer), request)


def _membership(patch: Patch, comparison: Node, request: str) -> None:
    parts = comparison.named_children
    sign = text_of(field(comparison, "operators"))
    if len(parts) != len(["key", "request"]) or receiver_of(parts[1]) != request:
        return
    key = text_of(parts[0]).decode()
    if sign == b"in":
        patch.replace(comparison, f"({key} in {request}.POST or {key} in {request}.GET)")
    elif sign.startswith(b"not"):
        patch.replace(comparison, f"({key} not in {request}.POST and {key} not in {request}.GET)")


def _get(patch: Patch, call: Call | None, request: str) -> None:
    if call is None or len(call.positional) != len(call.arguments) or len(call.arguments) not in {1, 2}:
        return
    key, *default = (text_of(one.value).decode() for one in call.arguments)
    inner = ", ".join([key, *default])
    patch.replace(call.node, f"{request}.POST.get({key}, {request}.GET.get({inner}))")


def get_cache(patch: Patch) -> None:
    """``get_cache("alias")`` is ``caches["alias"]``; caches made on the spot have to be declared by a person.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#django-core-cache-get-cache
    """
    for node in patch.module.uses("django.core.cache.get_cache"):
        call = call_of(node)
        if patch.skips(node):
            continue
        plain = call is not None and len(call.arguments) == len(call.positional) == 1
        if call is None or not plain or not _is_alias(call.arguments[0].value):
            patch.report(node)
            continue
        alias = text_of(call.arguments[0].value).decode()
        patch.replace(call.node, f"{patch.need('django.core.cache', 'caches', node)}[{alias}]")


def _is_alias(value: Node) -> bool:
    """Whether an argument is the alias of a cache: written out, or under a name that says so."""
    text = string_value(value)
    if text is not None:
        return bool(_ALIAS.match(text))
    name = text_of(value).decode().rpartition(".")[2].lower()
    return value.type in {"identifier", "attribute"} and any(word in name for word in ("alias", "name"))


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


def sorted_dict(patch: Patch) -> None:
    """``form.fields.keyOrder = names`` is a new OrderedDict of the fields in that order.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#django-utils-datastructures-sorteddict
    """
    for node in patch.module.attributes("keyOrder"):
        outer, fields = node.parent, receiver_of(node)
        value = field(outer, "right") if outer is not None and outer.type == "assignment" else None
        if outer is None or value is None or field(outer, "left") != node or not _is_settled(value, fields):
            patch.report(node)
        elif not patch.skips(node):
            ordered = patch.need("collections", "OrderedDict", node)
            names = text_of(value).decode()
            patch.replace(outer, f"{fields} = {ordered}((key, {fields}[key]) for key in {names})")
    for name in ("value_for_index",):
        for node in patch.module.attributes(name):
            patch.report(node)


def _is_settled(value: Node, fields: str) -> bool:
    """Whether the names stand in brackets or under a name, and have nothing to do with the old order."""
    if value.type not in {"list", "tuple", "identifier", "attribute", "call", "subscript"}:
        return False
    return not any(text_of(one) == b"keyOrder" for one in walk(value)) and fields.rpartition(".")[2].endswith("fields")
