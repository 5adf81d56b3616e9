"""``make_random_password(length=10)`` of user managers drew from letters that are hard to mix up."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import text_of

_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def random_password(patch: Patch) -> None:
    """``make_random_password(length=10)`` of user managers drew from letters that are hard to mix up."""
    for node in patch.module.attributes("make_random_password"):
        call = call_of(node)
        if patch.skips(node):
            continue
        length = call.keyword("length") or (call.positional[0] if call.positional else None) if call else None
        if call is None or call.unpacks or len(call.arguments) > (1 if length else 0):
            patch.report(node)
            continue
        function = patch.need("django.utils.crypto", "get_random_string", node)
        size = text_of(length.value).decode() if length else "10"
        patch.replace(call.node, f'{function}({size}, "{_LETTERS}")')
