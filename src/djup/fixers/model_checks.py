"""What models, fields and widgets of one's own do that Django no longer lets them."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.class_bodies import attributes_of
from djup.fixers.patch import Patch
from djup.source.tree import field, text_of, within

_WIDGETS = re.compile(rb"Widget|Input|Select|Textarea")
_ASKED = rb"\b(?:if|not|and|or)\s+(?:not\s+)?%s\b(?:\s+is\s+(?:not\s+)?None|\s*[:)]|\s*$)"


def get_model_none(patch: Patch) -> None:
    """Point at results of ``get_model()`` that are compared with None, or asked whether there is one."""
    for home in ("django.db.models", "django.db.models.loading", "django.apps.apps"):
        for call in patch.module.calls(f"{home}.get_model"):
            assignment, function = call.node.parent, within(call.node, "function_definition")
            if assignment is None or assignment.type != "assignment" or function is None:
                continue
            name = text_of(field(assignment, "left"))
            asked = re.compile(_ASKED % re.escape(name), re.MULTILINE)
            if asked.search(text_of(function)):
                patch.report(call.node)


def check_methods(patch: Patch) -> None:
    """Point at methods named ``check`` of models, fields and managers that do not take what Django gives them."""
    for definition in patch.module.methods("check"):
        owner, parameters = within(definition, "class_definition"), field(definition, "parameters")
        if owner is None or parameters is None or b"**" in text_of(parameters):
            continue
        if any(base.startswith("django.db.models.") for base in patch.module.bases(owner)):
            patch.report(definition)


def widget_is_hidden(patch: Patch) -> None:
    """Point at ``widget.is_hidden = …``."""
    for node in patch.module.attributes("is_hidden"):
        outer = node.parent
        if outer is None or outer.type != "assignment" or field(outer, "left") != node:
            continue
        owner = text_of(field(node, "object")).rpartition(b".")[2]
        definition = within(node, "class_definition")
        bases = text_of(field(definition, "superclasses")) if definition is not None else b""
        if owner.endswith(b"widget") or (owner == b"self" and _WIDGETS.search(bases)):
            patch.report(outer)


def shadowed_fields(patch: Patch) -> None:
    """Point at fields that a model of the same module, which this one derives from, has already."""
    for definition in patch.module.classes():
        own = _fields(definition)
        for base in patch.module.bases(definition):
            parents = patch.module.classes(base) if own and base.isidentifier() else []
            for name in own if len(parents) == 1 else ():
                if name in _fields(parents[0]):
                    patch.report(own[name])


def _fields(definition: Node) -> dict[str, Node]:
    """The attributes of a class that are fields of ``models``."""
    found = {}
    for name, value in attributes_of(definition).items():
        function = text_of(field(value, "function")) if value.type == "call" else b""
        if function.startswith(b"models.") and function.endswith((b"Field", b"ForeignKey")):
            found[name] = value
    return found
