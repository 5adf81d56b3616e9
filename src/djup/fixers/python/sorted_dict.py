"""``form.fields.keyOrder = names`` is a new OrderedDict of the fields in that order."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.tree import field, text_of, walk


def sorted_dict(patch: Patch) -> None:
    """``form.fields.keyOrder = names`` is a new OrderedDict of the fields in that order.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#django-utils-datastructures-sorteddict
    """
    for node in patch.module.attributes("keyOrder"):
        outer, fields = node.parent, receiver_of(node)
        value = field(outer, "right") if outer is not None and outer.type == "assignment" else None
        if outer is None or value is None or field(outer, "left") != node or not _is_settled(value, fields):
            patch.report(node)
        elif not patch.skips(node):
            ordered = patch.need("collections", "OrderedDict", node)
            names = text_of(value).decode()
            patch.replace(outer, f"{fields} = {ordered}((key, {fields}[key]) for key in {names})")
    for name in ("value_for_index",):
        for node in patch.module.attributes(name):
            patch.report(node)


def _is_settled(value: Node, fields: str) -> bool:
    """Whether the names stand in brackets or under a name, and have nothing to do with the old order."""
    if value.type not in {"list", "tuple", "identifier", "attribute", "call", "subscript"}:
        return False
    return not any(text_of(one) == b"keyOrder" for one in walk(value)) and fields.rpartition(".")[2].endswith("fields")
