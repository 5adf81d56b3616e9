"""``get_formsets()`` of admin classes: formsets are given together with their inlines."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.knowledge.search import has_base
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.tree import field, text_of, walk, within


def get_formsets(patch: Patch) -> None:
    """An override that yields ``inline.get_formset(…)`` yields the inline with it.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#get-formsets-method-on-modeladmin
    """
    for definition in patch.module.methods("get_formsets"):
        owner, name = within(definition, "class_definition"), field(definition, "name")
        if owner is None or name is None or patch.skips(definition) or not has_base(patch.module, owner, ("Admin",)):
            continue
        yields = [one for one in walk(definition) if one.type == "yield" and one.is_named]
        inlines = [_inline(one) for one in yields]
        if not yields or "" in inlines or any(one.type == "return_statement" for one in walk(definition)):
            patch.report(definition)
            continue
        patch.replace(name, "get_formsets_with_inlines")
        for one, inline in zip(yields, inlines, strict=True):
            patch.edit(Edit(start=one.end_byte, end=one.end_byte, text=f", {inline}".encode()))


def _inline(statement: Node) -> str:
    """The inline whose formset a statement yields; "" for any other."""
    value = statement.named_children[0] if statement.named_child_count == 1 else None
    function = field(value, "function") if value is not None and value.type == "call" else None
    if function is None or call_of(function) is None or text_of(field(function, "attribute")) != b"get_formset":
        return ""
    receiver = receiver_of(function)
    return receiver if receiver.isidentifier() and receiver != "self" else ""
