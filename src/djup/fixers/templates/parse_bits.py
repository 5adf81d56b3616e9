"""Take ``takes_context`` out of ``parse_bits()`` where it is nothing."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import remove_item
from djup.source.tree import text_of


def parse_bits_context(patch: Patch) -> None:
    """Take ``takes_context`` out of ``parse_bits()`` where it is nothing.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#miscellaneous
    """
    old = 10
    for call in patch.module.calls("django.template.library.parse_bits"):
        given = call.keyword("takes_context") or (call.positional[8] if len(call.positional) == old else None)
        if given is None or patch.skips(call.node):
            continue
        if text_of(given.value) in {b"False", b"None"}:
            patch.edit(remove_item(patch.module.body, call.brackets, given.node))
        else:
            patch.report(call.node)
