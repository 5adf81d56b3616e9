"""``allow_migrate(self, db, model)`` of a router gets ``app_label, model_name=None, **hints`` instead of the model."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.methods import parameters_of, uses_of
from djup.knowledge.search import parameter_name
from djup.source.tree import field, text_of


def allow_migrate(patch: Patch) -> None:
    """``allow_migrate(self, db, model)`` of a router gets ``app_label, model_name=None, **hints`` instead of the model.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#signature-of-the-allow-migrate-router-method
    """
    for definition in patch.module.methods("allow_migrate"):
        given = parameters_of(definition)
        if (
            len(given) != len(["self", "db", "model"])
            or parameter_name(given[2]).startswith("*")
            or patch.skips(definition)
        ):
            continue
        model = parameter_name(given[2])
        places = [_asked_of(one, model) for one in uses_of(definition, model.encode())]
        if given[2].type != "identifier" or any(one is None for one in places):
            patch.report(definition)
            continue
        patch.replace(given[2], "app_label, model_name=None, **hints")
        for place in places:
            if place is not None:
                patch.replace(*place)
    for call in patch.module.calls("django.db.router.allow_migrate"):
        name = field(call.function, "attribute")
        if len(call.arguments) == len(call.positional) == len(["db", "model"]) and name and not patch.skips(call.node):
            patch.replace(name, "allow_migrate_model")


def _asked_of(node: Node, model: str) -> tuple[Node, str] | None:
    """``model._meta.app_label`` and ``model._meta.model_name`` with what stands for them; None for anything else."""
    meta = node.parent
    asked = meta.parent if meta is not None and meta.type == "attribute" else None
    if meta is None or asked is None or asked.type != "attribute" or text_of(meta) != f"{model}._meta".encode():
        return None
    names = {b"app_label": "app_label", b"model_name": "model_name", b"module_name": "model_name"}
    new = names.get(text_of(field(asked, "attribute")))
    return (asked, new) if new else None
