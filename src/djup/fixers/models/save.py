"""``Model.save()`` takes its arguments by keyword only; an overriding ``save`` passes them on so.

https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, subclasses
from djup.source import tree as syntax
from djup.source.edits import Edit
from djup.source.tree import field, text_of

NAMES = ("force_insert", "force_update", "using", "update_fields")


def save_keywords(patch: Patch) -> None:
    """Name the arguments of ``super().save(…)`` in a method that has these very parameters."""
    for name in ("save", "asave"):
        for call in patch.module.calls(f".{name}"):
            definition = syntax.within(call.node, "function_definition")
            if definition is None or patch.skips(call.node) or text_of(field(definition, "name")).decode() != name:
                continue
            if not text_of(field(call.function, "object")).startswith(b"super(") or not call.positional:
                continue
            if NAMES[0].encode() not in text_of(field(definition, "parameters")):
                continue
            for place, one in enumerate(call.positional[: len(NAMES)]):
                start = one.node.start_byte
                patch.edit(Edit(start=start, end=start, text=f"{NAMES[place]}=".encode()))


_MODELS = ("Model", "django.db.models.Model", "models.Model")


def default_keys(patch: Patch) -> None:
    """Point at primary keys with a default: a new instance with such a key is always inserted."""
    for owner in subclasses(patch.module, *_MODELS):
        for node in syntax.walk(owner):
            name = text_of(field(node, "name")) if node.type == "keyword_argument" else b""
            call = node.parent.parent if name == b"primary_key" and node.parent is not None else None
            if call is None or text_of(field(node, "value")) != b"True":
                continue
            given = {text_of(field(one, "name")) for one in syntax.walk(call) if one.type == "keyword_argument"}
            if b"default" in given:
                patch.report(call)


def save_update_fields(patch: Patch) -> None:
    """Point at ``save()`` of models that sets fields and knows nothing of ``update_fields``."""
    for owner in subclasses(patch.module, *_MODELS):
        for definition in patch.module.methods("save"):
            if (
                class_of(definition) == owner
                and b"update_fields" not in text_of(definition)
                and _sets_fields(definition)
            ):
                patch.report(definition)


def _sets_fields(definition: Node) -> bool:
    for node in syntax.walk(definition):
        left = field(node, "left") if node.type in {"assignment", "augmented_assignment"} else None
        if left is not None and left.type == "attribute" and text_of(field(left, "object")) == b"self":
            return not text_of(field(left, "attribute")).startswith(b"_")
    return False
