"""Chains of queryset methods: what one of them means depends on those before it."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.patch import Patch
from djup.source.calls import Call, append_items, call_of
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.tree import field, text_of


def chain(call: Call) -> Iterator[Call]:
    """The calls before one in its chain of methods, the nearest first."""
    current: Node | None = call.function
    while current is not None:
        current = field(current, "object") if current.type == "attribute" else None
        function = field(current, "function") if current is not None and current.type == "call" else None
        before = call_of(function) if function is not None else None
        if before is None:
            return
        yield before
        current = before.function


def name_of(call: Call) -> str:
    """The name of the method that is called."""
    return text_of(field(call.function, "attribute") or call.function).decode()


def iterator_chunk_size(patch: Patch) -> None:
    """``iterator()`` after ``prefetch_related()`` gets the size it had by default.

    https://docs.djangoproject.com/en/4.1/releases/4.1/#features-deprecated-in-4-1
    """
    for call in patch.module.calls(".iterator"):
        if call.arguments or patch.skips(call.node):
            continue
        prefetch = [one for one in chain(call) if name_of(one) == "prefetch_related"]
        if any(one.arguments and text_of(one.arguments[0].value) != b"None" for one in prefetch):
            patch.edit(append_items(patch.module.body, call.brackets, ["chunk_size=2000"]))


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


def add_filter(patch: Patch) -> None:
    """``query.add_filter((lookup, value))`` takes both one by one.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#miscellaneous
    """
    for call in patch.module.calls(".add_filter"):
        receiver = text_of(field(call.function, "object")).decode().rpartition(".")[2]
        if receiver not in {"query", "_query"} or len(call.arguments) != 1 or patch.skips(call.node):
            continue
        pair = call.arguments[0].value
        if pair.type != "tuple" or len([one for one in pair.named_children if one.type != "comment"]) != len("lr"):
            patch.report(call.node)
            continue
        first, last = pair.named_children[0], pair.named_children[-1]
        patch.edit(Edit(start=pair.start_byte, end=first.start_byte, text=b""))
        patch.edit(Edit(start=last.end_byte, end=pair.end_byte, text=b""))


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
