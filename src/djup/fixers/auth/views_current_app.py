"""The views of ``django.contrib.auth``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import field, text_of, within

VIEWS = "django.contrib.auth.views."


def auth_current_app(patch: Patch) -> None:
    """Point at ``current_app`` given to these views: in a call, or in the values of a route."""
    for node in patch.module.spelled("current_app"):
        argument = node.parent
        if argument is None or argument.type != "keyword_argument" or field(argument, "name") != node:
            continue
        call = within(argument, "call")
        function = field(call, "function") if call is not None else None
        if function is not None and any(one.startswith(VIEWS) for one in patch.module.origins(function)):
            patch.report(argument)
    for node in patch.module.strings("current_app"):
        call = within(node, "call", "tuple")
        is_key = node.parent is not None and node.parent.type == "pair" and field(node.parent, "key") == node
        if call is None or not is_key:
            continue
        brackets = field(call, "arguments") if call.type == "call" else call
        values = brackets.named_children[1:2] if brackets is not None else []
        origins = [origin for one in values for origin in (*patch.module.origins(one), string_value(one) or "")]
        if any(one.startswith(VIEWS) for one in origins) and b"url" in text_of(field(call, "function") or call):
            patch.report(node)
