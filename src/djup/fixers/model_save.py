"""``Model.save()`` takes its arguments by keyword only; an overriding ``save`` passes them on so.

https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
"""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.source import tree as syntax
from djup.source.edits import Edit
from djup.source.tree import field, text_of

NAMES = ("force_insert", "force_update", "using", "update_fields")


def save_keywords(patch: Patch) -> None:
    """Name the arguments of ``super().save(…)`` in a method that has these very parameters."""
    for name in ("save", "asave"):
        for call in patch.module.calls(f".{name}"):
            definition = syntax.within(call.node, "function_definition")
            if definition is None or patch.skips(call.node) or text_of(field(definition, "name")).decode() != name:
                continue
            if not text_of(field(call.function, "object")).startswith(b"super(") or not call.positional:
                continue
            if NAMES[0].encode() not in text_of(field(definition, "parameters")):
                continue
            for place, one in enumerate(call.positional[: len(NAMES)]):
                start = one.node.start_byte
                patch.edit(Edit(start=start, end=start, text=f"{NAMES[place]}=".encode()))
