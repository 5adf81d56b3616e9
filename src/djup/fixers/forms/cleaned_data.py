"""Point at code that asks whether a form has ``cleaned_data`` to learn whether it is valid."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of, within


def cleaned_data(patch: Patch) -> None:
    """Point at code that asks whether a form has ``cleaned_data`` to learn whether it is valid."""
    for node in patch.module.strings("cleaned_data"):
        call = within(node, "call")
        if call is not None and text_of(field(call, "function")) == b"hasattr":
            patch.report(node)
