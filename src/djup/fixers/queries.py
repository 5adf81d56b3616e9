"""Calls of querysets that only a person can complete: they have to name fields."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.source import tree as syntax
from djup.source.tree import field, text_of


def select_related_all(patch: Patch) -> None:
    """Point at ``select_related()`` without fields, and at ``list_select_related = True`` of an admin."""
    for call in patch.module.calls(".select_related"):
        if not call.arguments:
            patch.report(call.node)
    for assignment in patch.module.assignments("list_select_related"):
        inside = syntax.within(assignment, "class_definition") is not None
        if inside and text_of(field(assignment, "right")) == b"True":
            patch.report(assignment)


def values_list_flat(patch: Patch) -> None:
    """Point at ``values_list(flat=True)`` without a field."""
    for call in patch.module.calls(".values_list"):
        flat = call.keyword("flat")
        if flat is not None and text_of(flat.value) == b"True" and len(call.arguments) == 1:
            patch.report(call.node)
