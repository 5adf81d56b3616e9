"""``request.REQUEST`` looked in POST, then in GET (django/core/handlers/wsgi.py of 1.8): so does what is written."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import Call, call_of
from djup.source.tree import field, text_of


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
