"""Functions and attributes of ``django.db`` that were never meant for projects, and are gone."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import field


def close_connection(patch: Patch) -> None:
    """``close_connection()`` is ``connection.close()``; what else names it is left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#features-removed-in-1-8
    """
    for node in patch.module.uses("django.db.close_connection"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or call.arguments:
            patch.report(node)
        else:
            patch.replace(node, f"{patch.need('django.db', 'connection', node)}.close")


def connection_queries(patch: Patch) -> None:
    """``connection.queries = []`` is ``reset_queries()``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#miscellaneous
    """
    for node in patch.module.uses("django.db.connection.queries"):
        outer = node.parent
        if outer is None or outer.type != "assignment" or field(outer, "left") != node or patch.skips(node):
            continue
        value = field(outer, "right")
        if value is not None and value.type == "list" and not value.named_children:
            patch.replace(outer, f"{patch.need('django.db', 'reset_queries', node)}()")
        else:
            patch.report(outer)
