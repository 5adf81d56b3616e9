"""In a loop over related objects, ``relation.model`` is ``relation.related_model``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import call_of
from djup.source.tree import field, text_of, within

_GIVERS = ("get_all_related_objects", "get_all_related_many_to_many_objects")


def related_object_model(patch: Patch) -> None:
    """In a loop over related objects, ``relation.model`` is ``relation.related_model``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#model-attribute-on-private-model-relations
    """
    for name in _GIVERS:
        for node in patch.module.attributes(name):
            call = call_of(node)
            loop = call.node.parent if call is not None else None
            if loop is None or call is None or loop.type not in {"for_statement", "for_in_clause"}:
                continue
            target = field(loop, "left")
            if target is None or field(loop, "right") != call.node or target.type != "identifier":
                continue
            whole = loop if loop.type == "for_statement" else loop.parent
            if whole is not None and not patch.skips(node):
                _rename(patch, whole, text_of(target).decode())


def _rename(patch: Patch, loop: Node, name: str) -> None:
    for attribute in patch.module.attributes("model"):
        inside = loop.start_byte <= attribute.start_byte < loop.end_byte
        last = field(attribute, "attribute")
        guarded = within(attribute, "call")
        if not inside or receiver_of(attribute) != name or last is None:
            continue
        if guarded is not None and text_of(field(guarded, "function")) == b"getattr":
            continue
        patch.replace(last, "related_model")
