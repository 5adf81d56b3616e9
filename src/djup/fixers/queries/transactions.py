"""Transactions as they were until 1.5: decorators, commits that were pending, and the middleware.

https://docs.djangoproject.com/en/1.8/releases/1.6/#transaction-management-apis
"""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.decorators import drop_decorator
from djup.fixers.syntax.setting_values import assigned, keys
from djup.fixers.syntax.statements import drop_call
from djup.source.calls import append_items, call_of, remove_item
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk, within

_HOME = "django.db.transaction"
_BY_HAND = re.compile(rb"\b(commit|rollback|enter_transaction_management|set_dirty|is_dirty)\(")
_MIDDLEWARE = "django.middleware.transaction.TransactionMiddleware"


def transactions(patch: Patch) -> None:
    """Blocks become atomic; what only told that all is committed at once goes; commits by hand are left to a person."""
    for node in patch.module.uses(f"{_HOME}.commit_on_success"):
        if patch.skips(node):
            continue
        block = _block(patch, node)
        if block is None or _BY_HAND.search(text_of(block)):
            patch.report(node)
        elif node.type == "attribute":
            patch.replace(field(node, "attribute") or node, "atomic")
        else:
            patch.replace(node, patch.need(_HOME, "atomic", node))
    _drop_autocommit(patch)


def _drop_autocommit(patch: Patch) -> None:
    """What told that all is committed at once, which is so by itself now."""
    for node in patch.module.uses(f"{_HOME}.autocommit"):
        call = call_of(node)
        if not patch.skips(node):
            drop_decorator(patch, node if call is None or call.arguments else call.node)
    for name in ("commit_unless_managed", "rollback_unless_managed"):
        for node in patch.module.uses(f"{_HOME}.{name}"):
            call = call_of(node)
            if call is None:
                patch.report(node)
            elif not patch.skips(node):
                drop_call(patch, call.node)


def _block(patch: Patch, node: Node) -> Node | None:
    """What a use makes a transaction of: the function it decorates, the block of a ``with``, else the module."""
    decorated = within(node, "decorator", "with_clause", "call")
    if decorated is not None and decorated.type == "call" and decorated.parent is not None:
        decorated = within(decorated.parent, "decorator", "with_clause")
    return decorated.parent if decorated is not None else patch.module.tree.root_node


def transaction_middleware(patch: Patch) -> None:
    """The middleware goes from the settings, and each database makes requests atomic."""
    if patch.module.path not in patch.facts.settings.modules:
        return
    listed = [node for _, value in assigned(patch, "MIDDLEWARE_CLASSES") for node in _items(value)]
    databases = [one for _, value in assigned(patch, "DATABASES") for one in _databases(value)]
    if not listed or not databases or None in databases:
        return
    for node in listed:
        if node.parent is not None:
            patch.edit(remove_item(patch.module.body, node.parent, node))
    for database in databases:
        if database is None or "ATOMIC_REQUESTS" in keys(database):
            continue
        mark = "'" if b"'" in text_of(database) else '"'
        patch.edit(append_items(patch.module.body, database, [f"{mark}ATOMIC_REQUESTS{mark}: True"]))


def _items(value: Node) -> list[Node]:
    return [
        node
        for node in walk(value)
        if node.type == "string"
        and string_value(node) == _MIDDLEWARE
        and node.parent is not None
        and node.parent.type in {"list", "tuple"}
    ]


def _databases(value: Node) -> list[Node | None]:
    """The dictionaries of the databases; None for one that is not written out."""
    if value.type != "dictionary":
        return [None]
    return [one if one.type == "dictionary" else None for one in keys(value).values()]
