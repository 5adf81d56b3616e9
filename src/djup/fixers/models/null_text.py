"""Point at text fields that may be left blank and may be null: forms save null for them."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of


def null_text(patch: Patch) -> None:
    """Point at text fields that may be left blank and may be null: forms save null for them."""
    for call in patch.module.calls("django.db.models.CharField"):
        given = {one.name: text_of(one.value) for one in call.arguments}
        if given.get("null") == given.get("blank") == b"True":
            patch.report(call.node)
