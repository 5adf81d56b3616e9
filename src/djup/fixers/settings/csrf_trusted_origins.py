"""``CSRF_TRUSTED_ORIGINS`` names schemes: until 3.2 its hosts were only asked for over HTTPS."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import setting_literals
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.tree import field

LISTS = {"list", "tuple", "set"}


def trusted_origins(patch: Patch) -> None:
    """``CSRF_TRUSTED_ORIGINS`` names schemes: until 3.2 its hosts were only asked for over HTTPS.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#csrf-trusted-origins-changes
    """
    for assignment in setting_literals(patch, "CSRF_TRUSTED_ORIGINS"):
        value = field(assignment, "right")
        items = [one for one in value.named_children if one.type != "comment"] if value is not None else []
        if value is None or value.type not in LISTS or any(literal(one) is None for one in items):
            patch.report(assignment)
            continue
        for item in items:
            one = literal(item)
            if one is not None and "://" not in one.value:
                host = f"*{one.value}" if one.value.startswith(".") else one.value
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=f"https://{host}".encode()))
