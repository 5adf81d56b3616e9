"""``add_item(…, enclosure=x)`` of a feed is ``add_item(…, enclosures=[x])``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of


def feed_enclosure(patch: Patch) -> None:
    """``add_item(…, enclosure=x)`` of a feed is ``add_item(…, enclosures=[x])``."""
    for call in patch.module.calls(".add_item"):
        named = call.keyword("enclosure")
        if named is None or patch.skips(call.node):
            continue
        if call.keyword("enclosures") is not None:
            patch.report(call.node)
        else:
            patch.replace(named.node, f"enclosures=[{text_of(named.value).decode()}]")
