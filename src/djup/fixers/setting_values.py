"""Settings whose value has another form now."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.source.calls import arguments_in
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of

_LISTS = {"list", "tuple", "set"}


def trusted_origins(patch: Patch) -> None:
    """``CSRF_TRUSTED_ORIGINS`` names schemes: until 3.2 its hosts were only asked for over HTTPS.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#csrf-trusted-origins-changes
    """
    for assignment in _assigned(patch, "CSRF_TRUSTED_ORIGINS"):
        value = field(assignment, "right")
        items = [one for one in value.named_children if one.type != "comment"] if value is not None else []
        if value is None or value.type not in _LISTS or any(literal(one) is None for one in items):
            patch.report(assignment)
            continue
        for item in items:
            one = literal(item)
            if one is not None and "://" not in one.value:
                host = f"*{one.value}" if one.value.startswith(".") else one.value
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=f"https://{host}".encode()))


def reset_timeout(patch: Patch) -> None:
    """``PASSWORD_RESET_TIMEOUT_DAYS`` became ``PASSWORD_RESET_TIMEOUT``, in seconds.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#features-deprecated-in-3-1
    """
    for assignment in _assigned(patch, "PASSWORD_RESET_TIMEOUT_DAYS"):
        name, value = field(assignment, "left"), field(assignment, "right")
        if name is None or value is None:
            continue
        days = text_of(value).decode()
        text = f"60 * 60 * 24 * {days}" if value.type == "integer" else f"60 * 60 * 24 * ({days})"
        patch.replace(name, "PASSWORD_RESET_TIMEOUT")
        patch.replace(value, text)


def admin_addresses(patch: Patch) -> None:
    """``ADMINS`` and ``MANAGERS`` are lists of addresses: Django never used the names.

    https://docs.djangoproject.com/en/6.0/releases/6.0/#features-deprecated-in-6-0
    """
    for setting in ("ADMINS", "MANAGERS"):
        for assignment in _assigned(patch, setting):
            value = field(assignment, "right")
            if value is None or value.type not in _LISTS:
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


def _assigned(patch: Patch, name: str) -> list[Node]:
    if patch.module.path not in patch.facts.settings:
        return []
    return [one for one in patch.module.assignments(name) if not patch.skips(one)]
