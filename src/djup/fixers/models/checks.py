"""Point at methods named ``check`` of models, fields and managers that do not take what Django gives them."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of
from djup.source.tree import field, text_of, within


def check_methods(patch: Patch) -> None:
    """Point at methods named ``check`` of models, fields and managers that do not take what Django gives them."""
    for definition in patch.module.methods("check"):
        owner, parameters = within(definition, "class_definition"), field(definition, "parameters")
        if owner is None or parameters is None or b"**" in text_of(parameters):
            continue
        if any(base.startswith("django.db.models.") for base in patch.module.bases(owner)):
            patch.report(definition)


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
