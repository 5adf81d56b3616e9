"""Point at arguments of ``reverse()`` that are quoted already."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of, walk


def quoted_reverse(patch: Patch) -> None:
    """Point at arguments of ``reverse()`` that are quoted already."""
    for dotted in ("django.core.urlresolvers.reverse", "django.urls.reverse"):
        for call in patch.module.calls(dotted):
            inner = [node for node in walk(call.brackets) if node.type == "call"]
            if any(text_of(field(one, "function")).rpartition(b".")[2] in {b"urlquote", b"quote"} for one in inner):
                patch.report(call.node)


_REVERSE = (
    "django.urls.reverse", "django.urls.reverse_lazy", "django.core.urlresolvers.reverse",
    "django.core.urlresolvers.reverse_lazy", "django.shortcuts.redirect",
)  # fmt: skip


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
