"""``inline_admin_formset.non_form_errors`` is a method now."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.tree import field, text_of


def inline_formset_errors(patch: Patch) -> None:
    """``inline_admin_formset.non_form_errors`` is a method now.

    https://docs.djangoproject.com/en/4.1/releases/4.1/#miscellaneous
    """
    for node in patch.module.attributes("non_form_errors"):
        called = node.parent is not None and node.parent.type == "call" and field(node.parent, "function") == node
        if not called and receiver_of(node).endswith("inline_admin_formset") and not patch.skips(node):
            patch.replace(node, f"{text_of(node).decode()}()")
