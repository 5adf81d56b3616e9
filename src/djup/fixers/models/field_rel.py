"""``field.rel.to`` is ``field.remote_field.model``, ``field.rel`` is ``field.remote_field``."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.other_releases import is_for_other_releases
from djup.knowledge.search import has_base
from djup.source.edits import Edit
from djup.source.strings import literal
from djup.source.tree import field, text_of, within

_MODEL_FIELDS = ("ForeignKey", "OneToOneField", "ManyToManyField", "RelatedField", "ForeignObject")
_FIELD_NAME = re.compile(rb"(?:^|[._])(?:field|f|fk|m2m|ForeignKey)$")


def field_rel(patch: Patch) -> None:
    """``field.rel.to`` is ``field.remote_field.model``, ``field.rel`` is ``field.remote_field``.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#field-rel-changes
    """
    for node in patch.module.attributes("rel"):
        owner, name = field(node, "object"), field(node, "attribute")
        if owner is None or name is None or patch.skips(node) or is_for_other_releases(node):
            continue
        to = _target_of(node)
        if text_of(owner) == b"self" and _is_within(patch, node, ("Widget", "Wrapper")):
            if to is not None:
                patch.replace(to, "model")
        elif _is_field(patch, owner, node):
            patch.replace(name, "remote_field")
            if to is not None:
                patch.replace(to, "model")
        elif to is not None:
            patch.report(node)
    _in_getattr(patch)


def remote_field_to(patch: Patch) -> None:
    """``field.remote_field.to`` is ``field.remote_field.model``."""
    for node in patch.module.attributes("remote_field"):
        to = _target_of(node)
        if to is not None and not patch.skips(node):
            patch.replace(to, "model")


def _target_of(node: Node) -> Node | None:
    """The ``to`` that is asked of an expression."""
    parent = node.parent
    if parent is None or parent.type != "attribute" or field(parent, "object") != node:
        return None
    name = field(parent, "attribute")
    return name if text_of(name) == b"to" else None


def _is_field(patch: Patch, owner: Node, node: Node) -> bool:
    if text_of(owner) == b"self":
        definition = within(node, "class_definition")
        bases = patch.module.bases(definition) if definition is not None else ()
        return any(one.startswith("django.db.models.") or one.endswith(_MODEL_FIELDS) for one in bases)
    if owner.type == "call":
        return text_of(field(owner, "function")).endswith(b".get_field")
    return owner.type in {"identifier", "attribute"} and _FIELD_NAME.search(text_of(owner)) is not None


def _is_within(patch: Patch, node: Node, bases: tuple[str, ...]) -> bool:
    definition = within(node, "class_definition")
    return definition is not None and has_base(patch.module, definition, bases)


def _in_getattr(patch: Patch) -> None:
    for node in patch.module.strings("rel"):
        brackets, one = node.parent, literal(node)
        call = brackets.parent if brackets is not None and brackets.type == "argument_list" else None
        if call is None or one is None or text_of(field(call, "function")) not in {b"getattr", b"hasattr"}:
            continue
        owner = brackets.named_children[0] if brackets is not None else None
        if owner is not None and _is_field(patch, owner, node) and not patch.skips(node):
            patch.edit(Edit(start=one.content_start, end=one.content_end, text=b"remote_field"))
