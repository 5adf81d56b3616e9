"""``order_by().first()`` ordered by the key until then, so did ``last()``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of
from djup.fixers.syntax.query_chains import chain, name_of
from djup.source.calls import append_items
from djup.source.strings import literal
from djup.source.tree import field, text_of


def first_without_order(patch: Patch) -> None:
    """``order_by().first()`` ordered by the key until then, so did ``last()``.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#models
    """
    for name in ("first", "last", "afirst", "alast"):
        for call in patch.module.calls(f".{name}"):
            before = next(chain(call), None)
            if before is None or call.arguments or before.arguments or name_of(before) != "order_by":
                continue
            if not patch.skips(call.node):
                patch.edit(append_items(patch.module.body, before.brackets, ['"pk"']))


def union_ordering(patch: Patch) -> None:
    """Point at combinations of querysets that are not ordered afterwards; of what else has such methods, at none."""
    for name in ("union", "intersection", "difference"):
        for call in patch.module.calls(f".{name}"):
            if not any(b".objects" in text_of(one.function) or name_of(one) == "filter" for one in chain(call)):
                continue
            after = call.node.parent
            if after is None or after.type != "attribute" or text_of(field(after, "attribute")) != b"order_by":
                patch.report(call.node)


def raw_columns(patch: Patch) -> None:
    """``order_by("table.column")`` is ``order_by(RawSQL("table.column", []))``, ``-`` before it is ``desc()``.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#features-deprecated-in-3-1
    """
    foreign = any(one.module.startswith("sqlalchemy") for one in patch.module.imports)
    for call in patch.module.calls(".order_by") if not foreign else ():
        for given in call.positional:
            one = literal(given.value)
            parts = one.value.removeprefix("-").split(".") if one is not None else []
            if one is None or len(parts) != len("tc") or not all(part.isidentifier() for part in parts):
                continue
            if patch.skips(given.node):
                continue
            raw = patch.need("django.db.models.expressions", "RawSQL", given.node)
            text = f'{raw}("{".".join(parts)}", [])'
            patch.replace(given.value, f"{text}.desc()" if one.value.startswith("-") else text)


def ordering_group_by(patch: Patch) -> None:
    """Point at groups, in a module that gives models an ordering, that do not say their own."""
    if not any(class_of(one) is not None for one in patch.module.assignments("ordering")):
        return
    for call in patch.module.calls(".annotate"):
        if not any(name_of(one) in {"values", "values_list"} and one.arguments for one in chain(call)):
            continue
        if any(name_of(one) == "order_by" for one in chain(call)):
            continue
        after = call.node.parent
        if after is None or after.type != "attribute" or text_of(field(after, "attribute")) != b"order_by":
            patch.report(call.node)
