"""Queries that follow relations or lock rows, and mean something else than before."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import ancestors, field, text_of, walk

_AROUND = {"decorated_definition", "with_statement"}


def select_related_chain(patch: Patch) -> None:
    """Point at ``select_related()`` where the same chain calls it a second time."""
    for node in patch.module.attributes("select_related"):
        call, inner = call_of(node), field(node, "object")
        if call is None or inner is None or not call.arguments:
            continue
        for one in walk(inner):
            if one.type == "attribute" and text_of(field(one, "attribute")) == b"select_related":
                before = call_of(one)
                if before is not None and [text_of(each.node) for each in before.arguments] != [b"None"]:
                    patch.report(node)


def select_for_update(patch: Patch) -> None:
    """Point at ``select_for_update()`` with no ``atomic`` around it in the file."""
    for node in patch.module.attributes("select_for_update"):
        if call_of(node) is None:
            continue
        heads = [child for one in ancestors(node) if one.type in _AROUND for child in one.named_children[:-1]]
        if not any(b"atomic" in text_of(head) or b"commit_on_success" in text_of(head) for head in heads):
            patch.report(node)
