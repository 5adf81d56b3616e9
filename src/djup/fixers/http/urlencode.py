"""Point at ``urlencode()`` of lists without ``doseq``: they are encoded as they are written now."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field


def urlencode_lists(patch: Patch) -> None:
    """Point at ``urlencode()`` of lists without ``doseq``: they are encoded as they are written now."""
    for call in patch.module.calls("django.utils.http.urlencode"):
        query = call.positional[0].value if call.positional else None
        if query is None or query.type != "dictionary" or len(call.arguments) > 1:
            continue
        values = [field(one, "value") for one in query.named_children if one.type == "pair"]
        if any(one is not None and one.type in {"list", "tuple", "list_comprehension"} for one in values):
            patch.report(call.node)
