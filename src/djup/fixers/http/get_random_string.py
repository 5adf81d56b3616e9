"""``get_random_string()`` had a length of 12."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items


def random_string_length(patch: Patch) -> None:
    """``get_random_string()`` had a length of 12."""
    for call in patch.module.calls("django.utils.crypto.get_random_string"):
        if patch.skips(call.node) or call.positional or call.keyword("length"):
            continue
        if call.unpacks or call.arguments:
            patch.report(call.node)
        else:
            patch.edit(append_items(patch.module.body, call.brackets, ["12"]))
