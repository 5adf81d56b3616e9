"""Take ``clean_password()`` out of user forms where it only returns the initial value."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, subclasses
from djup.source.edits import Edit, whole_lines
from djup.source.tree import field, text_of


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
