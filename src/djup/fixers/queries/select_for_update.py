"""Point at ``select_for_update()`` with no ``atomic`` around it in the file."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.queries.select_related import AROUND
from djup.source.calls import call_of
from djup.source.tree import ancestors, text_of


def select_for_update(patch: Patch) -> None:
    """Point at ``select_for_update()`` with no ``atomic`` around it in the file."""
    for node in patch.module.attributes("select_for_update"):
        if call_of(node) is None:
            continue
        heads = [child for one in ancestors(node) if one.type in AROUND for child in one.named_children[:-1]]
        if not any(b"atomic" in text_of(head) or b"commit_on_success" in text_of(head) for head in heads):
            patch.report(node)
