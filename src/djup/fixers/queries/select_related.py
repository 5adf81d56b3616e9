"""Point at ``select_related()`` without fields, and at ``list_select_related = True`` of an admin."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.calls import call_of
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk


def select_related_all(patch: Patch) -> None:
    """Point at ``select_related()`` without fields, and at ``list_select_related = True`` of an admin."""
    for call in patch.module.calls(".select_related"):
        if not call.arguments:
            patch.report(call.node)
    for assignment in patch.module.assignments("list_select_related"):
        inside = syntax.within(assignment, "class_definition") is not None
        if inside and text_of(field(assignment, "right")) == b"True":
            patch.report(assignment)


AROUND = {"decorated_definition", "with_statement"}


def select_related_chain(patch: Patch) -> None:
    """Point at ``select_related()`` where the same chain calls it a second time."""
    for node in patch.module.attributes("select_related"):
        call, inner = call_of(node), field(node, "object")
        if call is None or inner is None or not call.arguments:
            continue
        for one in walk(inner):
            if one.type == "attribute" and text_of(field(one, "attribute")) == b"select_related":
                before = call_of(one)
                if before is not None and [text_of(each.node) for each in before.arguments] != [b"None"]:
                    patch.report(node)


def select_related_plain_fields(patch: Patch) -> None:
    """Point at fields given to ``select_related()`` that the module declares, and that are no relation."""
    plain = patch.facts.models.plain_fields
    for call in patch.module.calls(".select_related"):
        names = [string_value(one.value) or "" for one in call.positional]
        if any(name.partition("__")[0] in plain for name in names):
            patch.report(call.node)
