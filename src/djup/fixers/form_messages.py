"""Forms: names of messages, and methods that are needed no longer."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.classes import class_of, own_method, own_option, subclasses
from djup.fixers.patch import Patch
from djup.source import tree as syntax
from djup.source.edits import Edit, whole_lines
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of

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


def clean_password(patch: Patch) -> None:
    """Take ``clean_password()`` out of user forms where it only returns the initial value.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#miscellaneous
    """
    for definition in patch.module.methods("clean_password"):
        owner, block = class_of(definition), field(definition, "body")
        if owner is None or block is None or patch.skips(definition) or not _is_user_form(patch, owner):
            continue
        statements = [one for one in block.named_children if one.type != "comment" and not _is_text(one)]
        if [text_of(one).replace(b'"', b"'") for one in statements] == [b"return self.initial['password']"]:
            _drop(patch, definition)
        elif b"self.initial" in text_of(block):
            continue


def _is_user_form(patch: Patch, owner: Node) -> bool:
    if b"ReadOnlyPasswordHashField" in text_of(owner):
        return True
    return owner in subclasses(patch.module, "django.contrib.auth.forms.UserChangeForm")


def _is_text(statement: Node) -> bool:
    return statement.type == "expression_statement" and statement.named_children[0].type == "string"


def _drop(patch: Patch, definition: Node) -> None:
    """Take a method out with the blank lines above it; a class left empty gets ``pass``."""
    block = definition.parent
    if block is None or block.type != "block":
        return
    if [one for one in block.named_children if one.type != "comment"] == [definition]:
        patch.replace(definition, "pass")
        return
    body = patch.module.body
    start, end = whole_lines(body, definition.start_byte, definition.end_byte)
    while start and not body[body.rfind(b"\n", 0, start - 1) + 1 : start].strip():
        start = body.rfind(b"\n", 0, start - 1) + 1
    patch.edit(Edit(start=start, end=end, text=b""))


def error_list_text(patch: Patch) -> None:
    """Point at what renders lists of errors: it must give a SafeString."""
    for owner in subclasses(patch.module, "ErrorList", "ErrorDict"):
        for name in ("__str__", "__html__", "as_ul", "as_text", "as_divs", "render"):
            definition = own_method(patch.module, owner, name)
            if definition is not None:
                patch.report(definition)
