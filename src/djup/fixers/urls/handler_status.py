"""Views of ``handler404`` and its kin: they give their answers the status themselves."""

from __future__ import annotations

from tree_sitter import Node

from djup.facts.files import module_stem
from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items, call_of
from djup.source.tree import field, text_of, walk, within

_RENDER = "django.shortcuts.render"
_RESPONSES = ("django.http.HttpResponse", "django.http.response.HttpResponse")


def handler_status(patch: Patch) -> None:
    """``render()`` in the view of ``handler404`` gets ``status=404``; other answers without one are left to a person.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#miscellaneous
    """
    for stem, name in patch.facts.urls.handlers_404:
        if stem != module_stem(patch.module.path):
            continue
        for node in patch.module.spelled(name):
            definition = node.parent
            if definition is None or definition.type != "function_definition" or field(definition, "name") != node:
                continue
            for statement in walk(definition):
                if statement.type == "return_statement" and within(statement, "function_definition") == definition:
                    _answer(patch, statement)


def _answer(patch: Patch, statement: Node) -> None:
    value = statement.named_children[0] if statement.named_child_count == 1 else None
    function = field(value, "function") if value is not None and value.type == "call" else None
    call = call_of(function) if function is not None else None
    if call is None or function is None or call.keyword("status") or patch.skips(call.node):
        return
    origins = patch.module.origins(function)
    if _RENDER in origins and not call.unpacks:
        patch.edit(append_items(patch.module.body, call.brackets, ["status=404"]))
    elif set(_RESPONSES).intersection(origins) or text_of(function) == b"render_to_response":
        patch.report(call.node)
