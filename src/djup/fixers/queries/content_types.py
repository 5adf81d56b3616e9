"""Point at queries for the name of content types."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.strings import string_value


def content_type_name(patch: Patch) -> None:
    """Point at queries for the name of content types."""
    for name in ("filter", "get", "exclude", "order_by", "get_or_create"):
        for call in patch.module.calls(f".{name}"):
            if not receiver_of(call.function).startswith("ContentType.objects"):
                continue
            named = any(one.name == "name" or one.name.startswith("name__") for one in call.arguments)
            ordered = name == "order_by" and any(
                string_value(one.value) in {"name", "-name"} for one in call.positional
            )
            if named or ordered:
                patch.report(call.node)
