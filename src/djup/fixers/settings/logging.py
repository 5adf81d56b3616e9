"""The handler that mails to the admins gets the filter that keeps it still while DEBUG is on."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned, keys
from djup.source.calls import append_items
from djup.source.strings import string_value
from djup.source.tree import walk, within

_ADMIN_HANDLER = "django.utils.log.AdminEmailHandler"


def mail_admins_filter(patch: Patch) -> None:
    """The handler that mails to the admins gets the filter that keeps it still while DEBUG is on."""
    for _, value in assigned(patch, "LOGGING"):
        for node in walk(value):
            if node.type != "string" or string_value(node) != _ADMIN_HANDLER:
                continue
            handler = within(node, "dictionary")
            if handler is None or "filters" in keys(handler) or value.type != "dictionary":
                continue
            _filter_handler(patch, value, handler)


def _filter_handler(patch: Patch, logging: Node, handler: Node) -> None:
    declared = keys(logging).get("filters")
    name = "require_debug_false"
    if declared is not None and name not in (keys(declared) if declared.type == "dictionary" else {}):
        patch.report(handler)
        return
    patch.edit(append_items(patch.module.body, handler, [f'"filters": ["{name}"]']))
    if declared is None:
        entry = f'"filters": {{"{name}": {{"()": "django.utils.log.RequireDebugFalse"}}}}'
        patch.edit(append_items(patch.module.body, logging, [entry]))
