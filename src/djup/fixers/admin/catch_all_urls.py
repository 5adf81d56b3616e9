"""Point at routes below the admin's own that stand after it."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import arguments_in
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_ROUTES = {"path", "re_path", "url"}


def after_admin_urls(patch: Patch) -> None:
    """Point at routes below the admin's own that stand after it."""
    for node in patch.module.attributes("urls"):
        route = node.parent.parent if node.parent is not None else None
        if route is None or route.type != "call" or not receiver_of(node).endswith("site"):
            continue
        prefix = _route(route)
        after = route.next_named_sibling
        while after is not None and prefix:
            if _route(after).startswith(prefix):
                patch.report(after)
            after = after.next_named_sibling


def _route(call: Node) -> str:
    """What the URLs of a route begin with, "" where that is not written out."""
    brackets = field(call, "arguments")
    if call.type != "call" or brackets is None or text_of(field(call, "function")).decode() not in _ROUTES:
        return ""
    given = arguments_in(brackets)
    return (string_value(given[0].value) or "").removeprefix("^") if given else ""
