"""``latest(field_name="date")`` is ``latest("date")``; so with ``earliest()``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit


def latest_fields(patch: Patch) -> None:
    """``latest(field_name="date")`` is ``latest("date")``; so with ``earliest()``."""
    for name in (".latest", ".earliest"):
        for call in patch.module.calls(name):
            named = call.keyword("field_name")
            if named is None or patch.skips(call.node):
                continue
            if len(call.arguments) == 1:
                patch.edit(Edit(start=named.node.start_byte, end=named.value.start_byte, text=b""))
            else:
                patch.report(call.node)
