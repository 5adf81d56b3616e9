"""``query.add_filter((lookup, value))`` takes both one by one."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.tree import field, text_of


def add_filter(patch: Patch) -> None:
    """``query.add_filter((lookup, value))`` takes both one by one.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#miscellaneous
    """
    for call in patch.module.calls(".add_filter"):
        receiver = text_of(field(call.function, "object")).decode().rpartition(".")[2]
        if receiver not in {"query", "_query"} or len(call.arguments) != 1 or patch.skips(call.node):
            continue
        pair = call.arguments[0].value
        if pair.type != "tuple" or len([one for one in pair.named_children if one.type != "comment"]) != len("lr"):
            patch.report(call.node)
            continue
        first, last = pair.named_children[0], pair.named_children[-1]
        patch.edit(Edit(start=pair.start_byte, end=first.start_byte, text=b""))
        patch.edit(Edit(start=last.end_byte, end=pair.end_byte, text=b""))
