"""Queries and addresses that raise, or come out otherwise, and that only a person can mend."""

from __future__ import annotations

import re

from djup.fixers.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import field, text_of, walk

_SEARCH = re.compile(rb"\b(\w+__search)\s*=[^=]")
_REVERSE = (
    "django.urls.reverse", "django.urls.reverse_lazy", "django.core.urlresolvers.reverse",
    "django.core.urlresolvers.reverse_lazy", "django.shortcuts.redirect",
)  # fmt: skip


def search_lookup(patch: Patch) -> None:
    """Point at ``name__search=…`` given as a keyword."""
    for match in _SEARCH.finditer(patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(1), match.end(1))
        parent = node.parent if node is not None else None
        if node is not None and parent is not None and parent.type == "keyword_argument" and not patch.skips(parent):
            patch.report(parent)


def sliced_reverse(patch: Patch) -> None:
    """Point at ``x[:2].reverse()`` and ``x[:2].last()``."""
    for name in ("reverse", "last"):
        for node in patch.module.attributes(name):
            call, inner = call_of(node), field(node, "object")
            if call is None or call.arguments or inner is None or inner.type != "subscript":
                continue
            subscript = field(inner, "subscript")
            if subscript is not None and subscript.type == "slice":
                patch.report(call.node)


def bytes_in_reverse(patch: Patch) -> None:
    """Point at bytes, written out or made by ``encode()``, among the arguments of ``reverse()``."""
    for dotted in _REVERSE:
        for call in patch.module.calls(dotted):
            inner = [node for one in call.arguments[1:] for node in walk(one.value)]
            written = any(node.type == "string_start" and b"b" in text_of(node).lower() for node in inner)
            encoded = any(
                node.type == "call" and text_of(field(node, "function")).endswith(b".encode") for node in inner
            )
            if written or encoded:
                patch.report(call.node)
