"""Calls of querysets: lookups and fields that must be said in another way, or that only a person can name."""

from __future__ import annotations

import re

from djup.fixers.patch import Patch
from djup.source import tree as syntax
from djup.source.calls import insert_first
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_ISNULL = re.compile(rb"\b(\w+__isnull)\s*=\s*[01]\b")


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
    """``values_list(flat=True)`` without a field gave the first one, which is the key of most models."""
    for call in patch.module.calls(".values_list"):
        flat = call.keyword("flat")
        if (
            flat is not None
            and text_of(flat.value) == b"True"
            and len(call.arguments) == 1
            and not patch.skips(call.node)
        ):
            patch.edit(insert_first(patch.module.body, call.brackets, '"pk"'))


def latest_fields(patch: Patch) -> None:
    """``latest(field_name="date")`` is ``latest("date")``; so with ``earliest()``."""
    for name in (".latest", ".earliest"):
        for call in patch.module.calls(name):
            named = call.keyword("field_name")
            if named is None or patch.skips(call.node):
                continue
            if len(call.arguments) == 1:
                patch.edit(Edit(start=named.node.start_byte, end=named.value.start_byte, text=b""))
            else:
                patch.report(call.node)


def isnull_boolean(patch: Patch) -> None:
    """``x__isnull=1`` is ``x__isnull=True``, ``0`` is ``False``; other values are left as they are."""
    for match in _ISNULL.finditer(patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(1), match.end(1))
        argument = node.parent if node is not None else None
        if node is None or argument is None or argument.type != "keyword_argument" or patch.skips(argument):
            continue
        value = field(argument, "value")
        if field(argument, "name") == node and value is not None:
            patch.replace(value, "True" if text_of(value) == b"1" else "False")
