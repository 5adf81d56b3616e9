"""``ADMINS`` and ``MANAGERS`` are lists of addresses: Django never used the names."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.settings.csrf_trusted_origins import LISTS
from djup.fixers.syntax.setting_values import setting_literals
from djup.source.calls import arguments_in
from djup.source.strings import string_value
from djup.source.tree import field, text_of


def admin_addresses(patch: Patch) -> None:
    """``ADMINS`` and ``MANAGERS`` are lists of addresses: Django never used the names.

    https://docs.djangoproject.com/en/6.0/releases/6.0/#features-deprecated-in-6-0
    """
    for setting in ("ADMINS", "MANAGERS"):
        for assignment in setting_literals(patch, setting):
            value = field(assignment, "right")
            if value is None or value.type not in LISTS:
                continue
            for item in value.named_children:
                if item.type in {"tuple", "list"}:
                    _as_address(patch, item)


def _as_address(patch: Patch, item: Node) -> None:
    parts = [one.value for one in arguments_in(item)]
    texts = [string_value(one) for one in parts]
    if len(parts) != len(["name", "address"]) or not texts[1]:
        patch.report(item)
        return
    name, address = texts[0], texts[1]
    if name is None or not name.isascii() or any(one in name for one in "\"'\\<>@,:;") or "'" in address:
        patch.replace(item, text_of(parts[1]).decode())
    else:
        patch.replace(item, f"'\"{name}\" <{address}>'")
