"""What projects build on the admin: its lists, its URLs, its actions, its inline formsets."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.patch import Patch, receiver_of
from djup.source import tree as syntax
from djup.source.calls import arguments_in
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_ADMIN = re.compile(r"(?:\w*Admin|super\(.*\))")
_ROUTES = {"path", "re_path", "url"}


def admin_lists(patch: Patch) -> None:
    """``ModelAdmin.actions + [...]`` joins lists and tuples alike as ``[*ModelAdmin.actions, ...]``."""
    _join(patch, ("actions", "inlines"), _ADMIN)


def contrib_options(patch: Patch) -> None:
    """So with ``Meta.ordering`` and ``Meta.unique_together`` of Django's own models, which were tuples.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#miscellaneous
    """
    _join(patch, ("ordering", "unique_together"), re.compile(r"(?:\w+\.)*\w*Meta"))


def _join(patch: Patch, names: tuple[str, ...], owner: re.Pattern[str]) -> None:
    for name in names:
        for node in patch.module.attributes(name):
            around = node.parent
            if around is None or around.type != "binary_operator" or text_of(field(around, "operator")) != b"+":
                continue
            if not owner.fullmatch(receiver_of(node).rpartition(" ")[2]) or patch.skips(node):
                continue
            sides = [field(around, "left"), field(around, "right")]
            other = next((one for one in sides if one is not None and one != node), None)
            if other is None or other.type not in {"list", "tuple"}:
                continue
            items = [text_of(one).decode() for one in other.named_children if one.type != "comment"]
            own = f"*{text_of(node).decode()}"
            patch.replace(around, f"[{', '.join([own, *items] if sides[0] == node else [*items, own])}]")


def after_admin_urls(patch: Patch) -> None:
    """Point at routes below the admin's own that stand after it."""
    for node in patch.module.attributes("urls"):
        route = node.parent.parent if node.parent is not None else None
        if route is None or route.type != "call" or not receiver_of(node).endswith("site"):
            continue
        prefix = _route(route)
        after = route.next_named_sibling
        while after is not None and prefix:
            if _route(after).startswith(prefix):
                patch.report(after)
            after = after.next_named_sibling


def _route(call: Node) -> str:
    """What the URLs of a route begin with, "" where that is not written out."""
    brackets = field(call, "arguments")
    if call.type != "call" or brackets is None or text_of(field(call, "function")).decode() not in _ROUTES:
        return ""
    given = arguments_in(brackets)
    return (string_value(given[0].value) or "").removeprefix("^") if given else ""


def action_tuples(patch: Patch) -> None:
    """Point at the values of ``get_actions()`` being unpacked or indexed, in the function that asks for them."""
    for call in patch.module.calls(".get_actions"):
        scope = syntax.within(call.node, "function_definition")
        target = call.node.parent
        if scope is None or target is None or target.type != "assignment":
            continue
        name = text_of(field(target, "left"))
        for node in syntax.walk(scope):
            if node.type == "for_statement" and text_of(field(node, "right")) in {
                name + b".values()",
                name + b".items()",
            }:
                left = field(node, "left")
                if (
                    left is not None
                    and any(one in text_of(left) for one in (b"(", b","))
                    and _unpacks(node, left, name)
                ):
                    patch.report(node)
            elif node.type == "subscript" and text_of(field(field(node, "value") or node, "value")) == name:
                patch.report(node)


def _unpacks(loop: Node, left: Node, name: bytes) -> bool:
    """Whether a loop takes the values themselves apart: those of ``items()`` come in pairs anyway."""
    return text_of(field(loop, "right")) == name + b".values()" or b"(" in text_of(left)


def inline_formset_errors(patch: Patch) -> None:
    """``inline_admin_formset.non_form_errors`` is a method now.

    https://docs.djangoproject.com/en/4.1/releases/4.1/#miscellaneous
    """
    for node in patch.module.attributes("non_form_errors"):
        called = node.parent is not None and node.parent.type == "call" and field(node.parent, "function") == node
        if not called and receiver_of(node).endswith("inline_admin_formset") and not patch.skips(node):
            patch.replace(node, f"{text_of(node).decode()}()")
