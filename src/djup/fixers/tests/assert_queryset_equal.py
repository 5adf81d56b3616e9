"""``assertQuerysetEqual`` against texts: since 4.1 it no longer calls ``repr`` on the objects by itself.

https://docs.djangoproject.com/en/3.2/releases/3.2/#features-deprecated-in-3-2
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items
from djup.source.strings import string_value
from djup.source.tree import field, text_of


def queryset_repr(patch: Patch) -> None:
    """Add ``transform=repr`` where the objects are compared with their texts."""
    for name in ("assertQuerysetEqual", "assertQuerySetEqual"):
        for call in patch.module.calls(f".{name}"):
            if (
                patch.skips(call.node)
                or call.unpacks
                or call.keyword("transform")
                or len(call.positional) > len(["qs", "values"])
            ):
                continue
            values = call.keyword("values") or (call.positional[1] if len(call.positional) > 1 else None)
            if values is not None and _are_reprs(values.value):
                patch.edit(append_items(patch.module.body, call.brackets, ["transform=repr"]))


def _are_reprs(values: Node) -> bool:
    """Whether values are texts like ``<Item: a>``, or made by ``repr``."""
    if values.type in {"list", "tuple"}:
        texts = [string_value(one) for one in values.named_children if one.type != "comment"]
        return bool(texts) and all(one is not None and one.startswith("<") for one in texts)
    if values.type == "call":
        return text_of(field(values, "function")) == b"map" and text_of(field(values, "arguments")).startswith(
            b"(repr,"
        )
    if values.type == "list_comprehension":
        body = field(values, "body")
        return body is not None and text_of(field(body, "function")) == b"repr"
    return False
