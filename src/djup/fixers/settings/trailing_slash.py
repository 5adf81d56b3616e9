"""``MEDIA_URL`` and ``STATIC_URL`` end with a slash."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned
from djup.source.edits import Edit
from djup.source.strings import literal, string_value


def trailing_slash(patch: Patch) -> None:
    """``MEDIA_URL`` and ``STATIC_URL`` end with a slash."""
    for name in ("MEDIA_URL", "STATIC_URL"):
        for assignment, value in assigned(patch, name):
            one = literal(value)
            if one is None:
                last = value.named_children[-1] if value.type == "binary_operator" else None
                if last is not None and (string_value(last) or "/")[-1:] != "/":
                    patch.report(assignment)
            elif one.value and not one.value.endswith("/"):
                patch.edit(Edit(start=one.content_end, end=one.content_end, text=b"/"))
