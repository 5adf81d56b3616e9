"""``values_list(flat=True)`` without a field gave the first one, which is the key of most models."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import insert_first
from djup.source.tree import text_of


def values_list_flat(patch: Patch) -> None:
    """``values_list(flat=True)`` without a field gave the first one, which is the key of most models."""
    for call in patch.module.calls(".values_list"):
        flat = call.keyword("flat")
        if (
            flat is not None
            and text_of(flat.value) == b"True"
            and len(call.arguments) == 1
            and not patch.skips(call.node)
        ):
            patch.edit(insert_first(patch.module.body, call.brackets, '"pk"'))
