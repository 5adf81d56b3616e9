"""``urlsafe_base64_encode(x).decode()`` is ``urlsafe_base64_encode(x)``: a text already."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.tree import field, text_of


def encoded_text(patch: Patch) -> None:
    """``urlsafe_base64_encode(x).decode()`` is ``urlsafe_base64_encode(x)``: a text already."""
    for call in patch.module.calls("django.utils.http.urlsafe_base64_encode"):
        attribute = call.node.parent
        outer = call_of(attribute) if attribute is not None and attribute.type == "attribute" else None
        if outer is None or text_of(field(outer.function, "attribute")) != b"decode" or patch.skips(call.node):
            continue
        patch.edit(Edit(start=call.node.end_byte, end=outer.node.end_byte, text=b""))
