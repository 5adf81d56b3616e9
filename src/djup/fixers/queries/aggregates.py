"""Expressions of queries: aggregates of contrib.postgres, and calls whose arguments changed."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, append_items, call_of, remove_item
from djup.source.edits import Edit
from djup.source.imports import Wanted
from djup.source.strings import literal
from djup.source.tree import text_of

_POSTGRES = ("django.contrib.postgres.aggregates", "django.contrib.postgres.aggregates.general")
_EMPTY = {"ArrayAgg": "[]", "JSONBAgg": '"[]"', "StringAgg": '""'}
_SINGLE = ("Avg", "Count", "Max", "Min", "StdDev", "Sum", "Variance")


def exists_negated(patch: Patch) -> None:
    """``Exists(…, negated=True)`` is ``~Exists(…)``, ``negated=False`` says nothing."""
    for home in ("django.db.models.Exists", "django.db.models.expressions.Exists"):
        for call in patch.module.calls(home):
            negated = call.keyword("negated")
            if negated is None or patch.skips(call.node) or text_of(negated.value) not in {b"True", b"False"}:
                continue
            patch.edit(remove_item(patch.module.body, call.brackets, negated.node))
            if text_of(negated.value) == b"True":
                patch.edit(Edit(start=call.node.start_byte, end=call.node.start_byte, text=b"~"))


def aggregate_defaults(patch: Patch) -> None:
    """Give each aggregate what it gave for no rows until then.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#features-deprecated-in-4-0
    """
    for home in _POSTGRES:
        for name, empty in _EMPTY.items():
            for call in patch.module.calls(f"{home}.{name}"):
                if call.keyword("default") or patch.skips(call.node):
                    continue
                if call.unpacks:
                    patch.report(call.node)
                    continue
                value = patch.need("django.db.models", "Value", call.node)
                patch.edit(append_items(patch.module.body, call.brackets, [f"default={value}({empty})"]))


def string_agg(patch: Patch) -> None:
    """``StringAgg`` of contrib.postgres is that of django.db.models, where a text as delimiter names a field.

    https://docs.djangoproject.com/en/6.0/releases/6.0/#features-deprecated-in-6-0
    """
    names = tuple(f"{home}.StringAgg" for home in _POSTGRES)
    nodes = [node for name in names for node in patch.module.uses(name)]
    calls = {node.id: _with_delimiter(node) for node in nodes}
    imported = [one for name in names for one in patch.module.imported(name) if not one.conditional]
    if any(calls[node.id] is None or patch.skips(node) for node in nodes):
        for node in nodes:
            patch.report(node)
        return
    for one in imported:
        wanted = Wanted(module="django.db.models", name="StringAgg", alias=one.alias, after=one.statement)
        patch.rename_import(one, wanted)
    for node in nodes:
        delimiter = calls[node.id]
        if node.type == "attribute":
            patch.replace(node, patch.need("django.db.models", "StringAgg", node))
        if delimiter is not None and literal(delimiter.value) is not None:
            value = patch.need("django.db.models", "Value", node)
            patch.replace(delimiter.value, f"{value}({text_of(delimiter.value).decode()})")


def _with_delimiter(node: Node) -> Argument | None:
    """The delimiter of the call that a use of the name is; None for any other use."""
    call = call_of(node)
    if call is None or call.unpacks:
        return None
    return call.keyword("delimiter") or (call.positional[1] if len(call.positional) > 1 else None)


def aggregate_arguments(patch: Patch) -> None:
    """Point at aggregates of one expression that are given none or several."""
    for home in ("django.db.models", "django.db.models.aggregates"):
        for name in _SINGLE:
            for call in patch.module.calls(f"{home}.{name}"):
                given = len(call.positional) + (call.keyword("expression") is not None)
                if not call.unpacks and given != 1:
                    patch.report(call.node)
