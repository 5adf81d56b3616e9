"""Methods that a project overrides, and that Django calls with one argument more or less now."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.knowledge.changes import Override
from djup.knowledge.search import override_uses, parameter_name, parameters_in
from djup.source import tree as syntax
from djup.source.calls import Call, append_items, remove_item
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_IMPORTED = re.compile(r"\{([\w.]+)\.(\w+)\}")


def overrides(patch: Patch) -> None:
    """Carry out ``[[change.overrides]]``: the parameter, and the argument passed on to the overridden method."""
    for override in patch.change.overrides:
        for definition in override_uses(override, patch.module):
            if not patch.skips(definition):
                (_drop if override.drop else _add)(patch, definition, override)


def _add(patch: Patch, definition: Node, override: Override) -> None:
    parameters = field(definition, "parameters")
    if parameters is None:
        return
    text = _IMPORTED.sub(lambda match: patch.need(match[1], match[2], definition), override.add)
    argument = f"{override.parameter}={override.parameter}" if override.by_keyword else override.parameter
    _insert(patch, parameters, parameters_in(parameters), override.at, text)
    for call in _passing_on(patch, definition, override):
        if len(call.arguments) == len(override.given) - 1 and not call.unpacks:
            _insert(patch, call.brackets, [one.node for one in call.arguments], max(override.at - 1, -1), argument)


def _insert(patch: Patch, brackets: Node, items: list[Node], at: int, text: str) -> None:
    if 0 <= at < len(items):
        patch.edit(Edit(start=items[at].start_byte, end=items[at].start_byte, text=f"{text}, ".encode()))
    else:
        patch.edit(append_items(patch.module.body, brackets, [text]))


def _drop(patch: Patch, definition: Node, override: Override) -> None:
    parameters, body = field(definition, "parameters"), field(definition, "body")
    if parameters is None or body is None:
        return
    passed = [
        (call, one)
        for call in _passing_on(patch, definition, override)
        for one in call.arguments
        if override.drop in {text_of(one.value).decode(), one.name}
    ]
    spans = [(one.node.start_byte, one.node.end_byte) for _, one in passed]
    used = [node for node in syntax.walk(body) if node.type == "identifier" and text_of(node).decode() == override.drop]
    if any(not any(start <= node.start_byte < end for start, end in spans) for node in used):
        patch.report(definition)
        return
    for call, one in passed:
        patch.edit(remove_item(patch.module.body, call.brackets, one.node))
    for parameter in parameters_in(parameters):
        if parameter_name(parameter) == override.drop:
            patch.edit(remove_item(patch.module.body, parameters, parameter))


def _passing_on(patch: Patch, definition: Node, override: Override) -> list[Call]:
    """The calls of the overridden method through ``super()`` within its override."""
    return [
        call
        for call in patch.module.calls(f".{override.method}")
        if definition.start_byte <= call.node.start_byte < definition.end_byte
        and text_of(field(call.function, "object")).startswith(b"super(")
    ]
