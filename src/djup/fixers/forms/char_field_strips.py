"""A password keeps the spaces around it: ``CharField(widget=PasswordInput, strip=False)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items
from djup.source.tree import text_of


def char_field_strips(patch: Patch) -> None:
    """A password keeps the spaces around it: ``CharField(widget=PasswordInput, strip=False)``."""
    for home in ("django.forms", "django.forms.fields"):
        for call in patch.module.calls(f"{home}.CharField"):
            widget = call.keyword("widget")
            if widget is None or call.unpacks or call.keyword("strip") or patch.skips(call.node):
                continue
            if b"PasswordInput" in text_of(widget.value):
                patch.edit(append_items(patch.module.body, call.brackets, ["strip=False"]))
