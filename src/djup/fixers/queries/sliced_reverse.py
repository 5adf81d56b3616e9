"""Point at ``x[:2].reverse()`` and ``x[:2].last()``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import field


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
