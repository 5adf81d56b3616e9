"""The message ``list`` of ModelMultipleChoiceField is ``invalid_list``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import own_option, subclasses
from djup.source import tree as syntax
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field

_HOMES = ("django.forms.ModelMultipleChoiceField", "django.forms.models.ModelMultipleChoiceField")


def invalid_list_key(patch: Patch) -> None:
    """The message ``list`` of ModelMultipleChoiceField is ``invalid_list``.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#miscellaneous
    """
    for call in (one for home in _HOMES for one in patch.module.calls(home)):
        given = call.keyword("error_messages")
        if given is not None:
            _rename(patch, given.value)
    for owner in subclasses(patch.module, *_HOMES):
        option = own_option(patch.module, owner, "default_error_messages")
        if option is not None:
            _rename(patch, field(option, "right"))
        for node in patch.module.attributes("error_messages"):
            around = node.parent
            inside = syntax.within(node, "class_definition") == owner
            if inside and around is not None and around.type == "subscript":
                _key(patch, field(around, "subscript"))


def _rename(patch: Patch, messages: Node | None) -> None:
    if messages is not None and messages.type == "dictionary":
        for pair in messages.named_children:
            _key(patch, field(pair, "key") if pair.type == "pair" else None)


def _key(patch: Patch, key: Node | None) -> None:
    one = literal(key) if key is not None and string_value(key) == "list" else None
    if key is not None and one is not None and not patch.skips(key):
        patch.edit(Edit(start=one.content_start, end=one.content_end, text=b"invalid_list"))
