"""``iterator()`` after ``prefetch_related()`` gets the size it had by default."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.query_chains import chain, name_of
from djup.source.calls import append_items
from djup.source.tree import text_of


def iterator_chunk_size(patch: Patch) -> None:
    """``iterator()`` after ``prefetch_related()`` gets the size it had by default.

    https://docs.djangoproject.com/en/4.1/releases/4.1/#features-deprecated-in-4-1
    """
    for call in patch.module.calls(".iterator"):
        if call.arguments or patch.skips(call.node):
            continue
        prefetch = [one for one in chain(call) if name_of(one) == "prefetch_related"]
        if any(one.arguments and text_of(one.arguments[0].value) != b"None" for one in prefetch):
            patch.edit(append_items(patch.module.body, call.brackets, ["chunk_size=2000"]))
