"""Point at aggregates that were methods of geographic querysets."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import field, text_of


def geo_aggregates(patch: Patch) -> None:
    """Point at aggregates that were methods of geographic querysets."""
    if not any(one.origin.startswith("django.contrib.gis") for one in patch.module.imports):
        return
    for name in patch.change.seen.words:
        for node in patch.module.attributes(name):
            owner = text_of(field(node, "object"))
            if call_of(node) is not None and (b"objects" in owner or owner.endswith((b"qs", b"queryset", b")"))):
                patch.report(node)
