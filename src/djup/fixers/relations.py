"""Relations between models: what happens on deletion, which leads to the parent, how fields name their target."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.other_releases import is_for_other_releases
from djup.fixers.patch import Patch
from djup.knowledge.search import has_base
from djup.source.calls import Argument, Call, call_of, insert_after
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, within

_MODULES = ("django.db.models", "django.db.models.fields.related", "django.contrib.gis.db.models")
_FIELDS = (
    *(f"{module}.{name}" for module in _MODULES for name in ("ForeignKey", "OneToOneField")),
    "mptt.models.TreeForeignKey", "mptt.fields.TreeForeignKey", "mptt.fields.TreeOneToOneField",
    "modelcluster.fields.ParentalKey",
)  # fmt: skip
_RULES = re.compile(r"(?:^|\.)(?:CASCADE|PROTECT|RESTRICT|SET_NULL|SET_DEFAULT|DO_NOTHING|SET\(.*\))$", re.DOTALL)
_MODEL_FIELDS = ("ForeignKey", "OneToOneField", "ManyToManyField", "RelatedField", "ForeignObject")
_FIELD_NAME = re.compile(rb"(?:^|[._])(?:field|f|fk|m2m|ForeignKey)$")


def on_delete(patch: Patch) -> None:
    """Say ``on_delete=models.CASCADE``, the default until 2.0, in models and migrations.

    A second argument without keyword was ``to_field`` in 1.8 and before; it is named. South's migrations, which 1.7
    and later do not run, stay as they are.
    https://docs.djangoproject.com/en/1.9/releases/1.9/#foreignkey-and-onetoonefield-on-delete-argument
    """
    if any(one.origin.startswith("south.") for one in patch.module.imports):
        return
    for dotted in _FIELDS:
        for node in patch.module.uses(dotted):
            call = call_of(node)
            if call is None or patch.skips(node) or call.keyword("on_delete") is not None:
                continue
            plain = call.positional
            if call.unpacks or len(plain) > 2 or not call.arguments:  # noqa: PLR2004  # the model and one more
                patch.report(node)
                continue
            if len(plain) == 2 and _RULES.search(text_of(plain[1].value).decode()):  # noqa: PLR2004
                continue
            _say_cascade(patch, node, call, plain)


def _say_cascade(patch: Patch, node: Node, call: Call, plain: tuple[Argument, ...]) -> None:
    place = plain[-1] if plain else call.arguments[-1]
    target = call.keyword("to")
    if not plain and target is not None:
        place = target
    if len(plain) == 2:  # noqa: PLR2004  # the second one is the field that is pointed to
        start = plain[1].node.start_byte
        patch.edit(Edit(start=start, end=start, text=b"to_field="))
    rule = _cascade(patch, node)
    patch.edit(insert_after(patch.module.body, call.brackets, place.node, f"on_delete={rule}"))


def _cascade(patch: Patch, node: Node) -> str:
    owner = field(node, "object") if node.type == "attribute" else None
    if owner is not None and set(patch.module.origins(owner)) & {_MODULES[0], _MODULES[2]}:
        return f"{text_of(owner).decode()}.CASCADE"
    return patch.need("django.db.models", "CASCADE", node)


def parent_link(patch: Patch) -> None:
    """Say ``parent_link=True`` of the one ``OneToOneField`` of a model that leads to the model it derives from."""
    for dotted in (one for one in _FIELDS if one.endswith("OneToOneField")):
        for call in patch.module.calls(dotted):
            owner = within(call.node, "class_definition", "function_definition")
            brackets = field(owner, "superclasses") if owner is not None and owner.type == "class_definition" else None
            target = call.keyword("to") or (call.positional[0] if call.positional else None)
            if brackets is None or target is None or call.unpacks or call.keyword("parent_link") is not None:
                continue
            bases = {text_of(one).decode().rpartition(".")[2] for one in brackets.named_children}
            named = string_value(target.value) or text_of(target.value).decode()
            if named.rpartition(".")[2] in bases and not patch.skips(call.node):
                last = call.arguments[-1].node
                patch.edit(insert_after(patch.module.body, call.brackets, last, "parent_link=True"))


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
