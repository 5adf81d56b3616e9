"""``model._meta.has_auto_field`` is ``model._meta.auto_field is not None``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.fixers.http.is_ajax import SAFE_AROUND


def has_auto_field(patch: Patch) -> None:
    """``model._meta.has_auto_field`` is ``model._meta.auto_field is not None``."""
    for node in patch.module.attributes("has_auto_field"):
        receiver = receiver_of(node)
        if not receiver.endswith(("_meta", "opts", ".meta")) or patch.skips(node):
            continue
        text, around = f"{receiver}.auto_field is not None", node.parent
        patch.replace(node, text if around is not None and around.type in SAFE_AROUND else f"({text})")
