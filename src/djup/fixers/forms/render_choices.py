"""``render()`` of a widget gets no ``choices``: take the parameter out where it is only passed on."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.methods import owner_of, parameters_of, uses_of
from djup.knowledge.search import has_base, parameter_name
from djup.source.calls import remove_item
from djup.source.tree import field, text_of


def render_choices(patch: Patch) -> None:
    """``render()`` of a widget gets no ``choices``: take the parameter out where it is only passed on.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous
    """
    for definition in patch.module.methods("render"):
        owner, parameters = owner_of(definition), field(definition, "parameters")
        given = [one for one in parameters_of(definition) if parameter_name(one) == "choices"]
        if owner is None or parameters is None or not given or patch.skips(definition):
            continue
        if not has_base(patch.module, owner, ("Widget", "Select", "SelectMultiple", "RadioSelect", "Input")):
            continue
        uses = uses_of(definition, b"choices")
        passed = [_argument_of(one) for one in uses]
        if None in passed:
            patch.report(definition)
            continue
        patch.edit(remove_item(patch.module.body, parameters, given[0]))
        for argument in passed:
            if argument is not None and argument.parent is not None:
                patch.edit(remove_item(patch.module.body, argument.parent, argument))


def _argument_of(node: Node) -> Node | None:
    """The argument by which a name is passed on to the overridden ``render()``."""
    parent = node.parent
    argument = parent if parent is not None and parent.type == "keyword_argument" else node
    if argument != node and parent is not None and field(parent, "value") != node:
        return argument if field(parent, "name") == node else None
    brackets = argument.parent
    call = brackets.parent if brackets is not None and brackets.type == "argument_list" else None
    function = text_of(field(call, "function")) if call is not None else b""
    return argument if function.startswith(b"super(") and function.endswith(b".render") else None
