"""Carry out ``[change.pin]`` in a settings module that holds the project's settings and does not give the value."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import CONFIGURE
from djup.fixers.syntax.statements import line_after
from djup.knowledge.changes import Pin
from djup.source.calls import append_items
from djup.source.edits import Edit
from djup.source.python import Module
from djup.source.text import line_end
from djup.source.tree import field, text_of


def pin(patch: Patch) -> None:
    """Carry out ``[change.pin]`` in a settings module that holds the project's settings and does not give the value."""
    wanted = patch.change.pin
    if wanted is None:
        return
    module = patch.module
    _pin_in_configure(patch, wanted)
    if module.path not in patch.facts.settings.holders:
        return
    if any(module.assignments(name) for name in (wanted.name, *wanted.unless)):
        return
    if patch.facts.settings.given_elsewhere.intersection((wanted.name, *wanted.unless)):
        return
    if wanted.requires and not any(one.encode() in module.body for one in wanted.requires):
        return
    place = pin_place(module, wanted.near)
    if place is None:
        return
    newline = line_end(module.body)
    text = newline.join([f"# {wanted.comment}".encode(), f"{wanted.name} = {wanted.value}".encode(), b""])
    lead = b"" if place == 0 or module.body[place - 1 : place] == b"\n" else newline
    rest = module.body[place : module.body.find(b"\n", place) + 1 or len(module.body)]
    patch.edit(Edit(start=place, end=place, text=lead + newline + text + (newline if rest.strip() else b"")))


def _pin_in_configure(patch: Patch, wanted: Pin) -> None:
    for call in patch.module.calls(CONFIGURE):
        given = {one.name for one in call.arguments}
        if call.unpacks or "INSTALLED_APPS" not in given or given.intersection((wanted.name, *wanted.unless)):
            continue
        if wanted.requires and not any(one.encode() in patch.module.body for one in wanted.requires):
            continue
        patch.edit(append_items(patch.module.body, call.brackets, [f"{wanted.name}={wanted.value}"]))


def pin_place(module: Module, near: tuple[str, ...]) -> int | None:
    """The byte after the line of the setting it belongs to, else after the last plain setting of the module."""
    statements = [one for one in module.tree.root_node.named_children if _is_setting(one)]
    for name in near:
        for one in statements:
            if text_of(field(one.named_children[0], "left")).decode() == name:
                return line_after(module, one)
    return line_after(module, statements[-1]) if statements else None


def _is_setting(statement: Node) -> bool:
    if statement.type != "expression_statement" or statement.named_children[0].type != "assignment":
        return False
    left = field(statement.named_children[0], "left")
    return left is not None and left.type == "identifier" and text_of(left).isupper()
