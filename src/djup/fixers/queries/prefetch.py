"""Managers and descriptors that prefetch by themselves: they are given a list of querysets now.

https://docs.djangoproject.com/en/5.0/releases/5.0/#features-deprecated-in-5-0
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.knowledge.search import parameter_name, parameters_in
from djup.source.calls import Call
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, text_of

_OLD = "get_prefetch_queryset"
_NEW = "get_prefetch_querysets"
_QUERYSETS = {
    "all",
    "annotate",
    "exclude",
    "filter",
    "get_queryset",
    "none",
    "only",
    "order_by",
    "select_related",
    "using",
}


def prefetch_querysets(patch: Patch) -> None:
    """Rename the overrides, take their queryset out of the list, and put it into one where it is passed on."""
    for definition in patch.module.methods(_OLD):
        parameters, name = field(definition, "parameters"), field(definition, "name")
        given = parameters_in(parameters) if parameters is not None else []
        if name is None or [parameter_name(one) for one in given] != ["self", "instances", "queryset"]:
            patch.report(definition)
            continue
        if not patch.skips(definition):
            patch.replace(name, _NEW)
            patch.replace(given[2], "querysets=None")
            _unpack(patch, definition)
    for call in patch.module.calls(f".{_OLD}"):
        _pass_on(patch, call)


def _unpack(patch: Patch, definition: Node) -> None:
    """Give the old name its meaning at the top of the method, below its docstring."""
    body = field(definition, "body")
    if body is None or not body.named_children:
        return
    first = body.named_children[0]
    is_text = first.type == "expression_statement" and first.named_children[0].type == "string"
    place = body.named_children[1] if is_text and body.named_child_count > 1 else first
    indent = patch.module.body[: place.start_byte].rpartition(b"\n")[2].decode()
    text = f"queryset = querysets[0] if querysets else None{line_end(patch.module.body).decode()}{indent}"
    patch.edit(Edit(start=place.start_byte, end=place.start_byte, text=text.encode()))


def _pass_on(patch: Patch, call: Call) -> None:
    given = call.keyword("queryset") or (call.positional[1] if len(call.positional) > 1 else None)
    name = field(call.function, "attribute")
    listed = None if given is None else _listed(given.value)
    if call.unpacks or name is None or patch.skips(call.node) or (given is not None and listed is None):
        patch.report(call.node)
        return
    patch.replace(name, _NEW)
    if given is not None and listed is not None:
        patch.replace(given.node, f"querysets={listed}" if given.name else listed)


def _listed(value: Node) -> str | None:
    """A queryset as the list of it; None where it may be nothing and cannot be named twice."""
    text = text_of(value).decode()
    if text == "None":
        return text
    if value.type == "identifier":
        return f"[{text}] if {text} is not None else None"
    function = field(value, "function")
    method = text_of(field(function, "attribute")).decode() if function is not None else ""
    if function is not None and method == "get_current_queryset":
        arguments = text_of(field(value, "arguments")).decode()
        return f"{receiver_of(function)}.get_current_querysets{arguments}"
    return f"[{text}]" if method in _QUERYSETS else None


def current_querysets(patch: Patch) -> None:
    """``prefetch.get_current_queryset(level)`` is the first of ``get_current_querysets(level)``."""
    for call in patch.module.calls(".get_current_queryset"):
        if len(call.arguments) != 1 or call.unpacks or receiver_of(call.function).startswith("super("):
            patch.report(call.node)
        elif not patch.skips(call.node):
            level = text_of(call.arguments[0].node).decode()
            new = f"({receiver_of(call.function)}.get_current_querysets({level}) or [None])[0]"
            patch.replace(call.node, new)
