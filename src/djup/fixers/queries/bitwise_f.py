"""``F("a") & 4`` is ``F("a").bitand(4)``, ``|`` is ``bitor``; Q objects stay as they are."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of

_F = ("django.db.models.F", "django.db.models.expressions.F")


def bitwise_f(patch: Patch) -> None:
    """``F("a") & 4`` is ``F("a").bitand(4)``, ``|`` is ``bitor``; Q objects stay as they are."""
    for dotted in _F:
        for call in patch.module.calls(dotted):
            outer = call.node.parent
            if outer is None or outer.type != "binary_operator" or patch.skips(outer):
                continue
            left, right = field(outer, "left"), field(outer, "right")
            sign = text_of(field(outer, "operator")).decode()
            if sign not in {"&", "|"} or left != call.node or right is None:
                continue
            method = "bitand" if sign == "&" else "bitor"
            patch.replace(outer, f"{text_of(left).decode()}.{method}({text_of(right).decode()})")
