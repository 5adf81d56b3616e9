"""A string in the place of a tuple becomes a tuple of one."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.tree import text_of


def tuple_settings(patch: Patch) -> None:
    """A string in the place of a tuple becomes a tuple of one.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#features-removed-in-1-7
    """
    for name in ("INSTALLED_APPS", "TEMPLATE_DIRS"):
        for _, value in assigned(patch, name):
            inner = value.named_children[0] if value.type == "parenthesized_expression" else value
            if string_value(inner) is None:
                continue
            if inner == value:
                patch.replace(value, f"({text_of(value).decode()},)")
            else:
                patch.edit(Edit(start=inner.end_byte, end=inner.end_byte, text=b","))
