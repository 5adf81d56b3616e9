"""Point at names of annotations with a percent sign."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.query_chains import name_of
from djup.source import tree as syntax
from djup.source.calls import call_of
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_RAW = ("django.db.models.expressions.RawSQL", "django.db.models.RawSQL")
_AGGREGATE = re.compile(r"\b(?:SUM|COUNT|AVG|MIN|MAX|GROUP_CONCAT)\s*\(", re.IGNORECASE)


def percent_alias(patch: Patch) -> None:
    """Point at names of annotations with a percent sign."""
    for name in ("annotate", "aggregate", "alias", "extra"):
        for call in patch.module.calls(f".{name}"):
            for one in call.arguments:
                named = one.stars == "**" or (name == "extra" and one.name == "select")
                if named and one.value.type == "dictionary":
                    keys = (field(pair, "key") for pair in one.value.named_children if pair.type == "pair")
                    if any("%" in (string_value(key) or "") for key in keys):
                        patch.report(one.node)


def quoted_aliases(patch: Patch) -> None:
    """Point at raw SQL that names an annotation of the same module whose name has capitals."""
    calls = [call for name in ("annotate", "alias") for call in patch.module.calls(f".{name}")]
    names = {one.name for call in calls for one in call.arguments if one.name != one.name.lower()}
    raw = [call for home in _RAW for call in patch.module.calls(home)] + patch.module.calls(".extra")
    for call in raw if names else ():
        words = set(re.findall(r"\w+", text_of(call.brackets).decode()))
        if words & names:
            patch.report(call.node)


def raw_aggregates(patch: Patch) -> None:
    """Point at ``RawSQL()`` with an aggregate in it."""
    for call in (one for home in _RAW for one in patch.module.calls(home)):
        if call.positional and _AGGREGATE.search(string_value(call.positional[0].value) or ""):
            patch.report(call.node)


def mixed_types(patch: Patch) -> None:
    """Point at arithmetic of two fields in an annotation, where nothing around it names the type of its result."""
    fields = {"django.db.models.F", "django.db.models.expressions.F"}
    for call in (one for home in sorted(fields) for one in patch.module.calls(home)):
        around = call.node.parent
        if around is None or around.type != "binary_operator" or field(around, "left") != call.node:
            continue
        right = field(around, "right")
        function = field(right, "function") if right is not None and right.type == "call" else None
        if function is None or not fields.intersection(patch.module.origins(function)):
            continue
        if not _is_typed(around):
            patch.report(around)


def _is_typed(expression: Node) -> bool:
    """Whether a call around an expression names ``output_field``, or updates rows, where no type is asked for."""
    inside = False
    for one in syntax.ancestors(expression):
        function = field(one, "function") if one.type == "call" else None
        call = call_of(function) if function is not None else None
        if call is None:
            continue
        if call.keyword("output_field") is not None or name_of(call) in {"update", "filter", "exclude"}:
            return True
        inside = inside or name_of(call) in {"annotate", "aggregate", "alias"}
    return not inside
