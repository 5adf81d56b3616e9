"""``cmp()`` and the comparison functions that sorting took."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, Call, call_of
from djup.source.edits import Edit
from djup.source.names import expression_at
from djup.source.tree import field, text_of

_NAMES = ("identifier", "attribute", "subscript", "call", "integer", "string")


def comparisons(patch: Patch) -> None:
    """``rows.sort(by_name)`` is ``rows.sort(key=cmp_to_key(by_name))``; ``cmp(a, b)`` is written out.

    https://docs.python.org/3/whatsnew/3.0.html#ordering-comparisons
    """
    for call in (*patch.module.calls(".sort"), *_builtin_calls(patch, "sorted")):
        given = _comparison(call)
        if given is None or patch.skips(call.node):
            continue
        wrapped = patch.need("functools", "cmp_to_key", call.node)
        patch.edit(Edit(start=given.node.start_byte, end=given.value.start_byte, text=f"key={wrapped}(".encode()))
        patch.edit(Edit(start=given.value.end_byte, end=given.value.end_byte, text=b")"))
    for call in _builtin_calls(patch, "cmp"):
        values = [one.value for one in call.positional]
        if patch.skips(call.node):
            continue
        if len(values) != len(["left", "right"]) or any(one.type not in _NAMES for one in values):
            patch.report(call.node)
            continue
        left, right = (text_of(one).decode() for one in values)
        patch.replace(call.node, f"(({left} > {right}) - ({left} < {right}))")


def _builtin_calls(patch: Patch, name: str) -> list[Call]:
    """The calls of a builtin, by a name that the module gives to nothing else."""
    nodes = [node for node in patch.module.spelled(name) if expression_at(node) == node]
    found = [call_of(node) for node in nodes if not patch.module.bound_at(name, node)]
    return [one for one in found if one is not None]


def _comparison(call: Call) -> Argument | None:
    """The comparison function that a sorting is given, by its keyword or its place."""
    named = call.keyword("cmp")
    if named is not None:
        return named
    place = 0 if call.function.type == "attribute" else 1
    if len(call.positional) != place + 1 or call.keyword("key") is not None:
        return None
    value = call.positional[place].value
    parameters = field(value, "parameters") if value.type == "lambda" else None
    pair = parameters is not None and len(parameters.named_children) == len(["left", "right"])
    named_so = re.search(rb"cmp|compar", text_of(value), re.IGNORECASE) is not None
    if value.type in {"identifier", "attribute"} and (place == 1 or named_so):
        return call.positional[place]
    return call.positional[place] if pair else None
