"""``post_syncdb.connect(receiver)`` is ``post_migrate.connect(receiver)``, where it needs nothing that is gone."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.imports import Wanted
from djup.source.tree import field, text_of, walk

_SIGNALS = {"pre_syncdb": "pre_migrate", "post_syncdb": "post_migrate"}
_HOME = "django.db.models.signals"
_GONE = {"app", "created_models", "db"}


def sync_signals(patch: Patch) -> None:
    """``post_syncdb.connect(receiver)`` is ``post_migrate.connect(receiver)``, where it needs nothing that is gone.

    That are a sender, a module before and an AppConfig now, and receivers that read ``app`` or ``created_models``.
    """
    for old, new in _SIGNALS.items():
        uses = patch.module.uses(f"{_HOME}.{old}")
        if not uses or not all(_plain_connect(patch, node) for node in uses):
            continue
        for one in patch.module.imported(f"{_HOME}.{old}"):
            if not one.conditional and not patch.skips(one.item):
                alias = one.alias if one.alias != new else ""
                patch.rename_import(one, Wanted(module=_HOME, name=new, alias=alias, after=one.statement))
        for node in uses:
            name = node if node.type == "identifier" else field(node, "attribute")
            if name is not None and text_of(name).decode() == old and not patch.skips(node):
                patch.replace(name, new)


def _plain_connect(patch: Patch, node: Node) -> bool:
    """Whether a use connects a receiver of this file to every sender."""
    attribute = node.parent
    if attribute is None or attribute.type != "attribute" or text_of(field(attribute, "attribute")) != b"connect":
        return False
    call = call_of(attribute)
    if call is None or call.unpacks or call.keyword("sender") or len(call.positional) != 1:
        return False
    definition = _function(patch, call.positional[0].value)
    if definition is None:
        return False
    return not any(one.type == "identifier" and text_of(one).decode() in _GONE for one in walk(definition))


def _function(patch: Patch, name: Node) -> Node | None:
    """The one function of the module that a name stands for."""
    if name.type != "identifier":
        return None
    found = [
        node.parent
        for node in patch.module.spelled(text_of(name).decode())
        if node.parent is not None and node.parent.type == "function_definition" and field(node.parent, "name") == node
    ]
    return found[0] if len(found) == 1 else None
