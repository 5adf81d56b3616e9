"""Functions and attributes of ``django.db`` that were never meant for projects, and are gone."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import keys
from djup.source.calls import call_of
from djup.source.tree import field, text_of, walk


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


def pooled_connections(patch: Patch) -> None:
    """Point at PostgreSQL databases behind pgBouncer, as far as its name or its port tells."""
    for assignment in (
        patch.module.assignments("DATABASES") if patch.module.path in patch.facts.settings.modules else ()
    ):
        value = field(assignment, "right")
        for node in walk(value) if value is not None else ():
            given = keys(node) if node.type == "dictionary" else {}
            place = [text_of(given[key]) for key in ("HOST", "PORT", "NAME") if key in given]
            pooled = any(b"bouncer" in one.lower() or b"6432" in one for one in place)
            if pooled and "DISABLE_SERVER_SIDE_CURSORS" not in given:
                patch.report(node)
