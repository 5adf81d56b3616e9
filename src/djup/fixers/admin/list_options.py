"""``ModelAdmin.actions + [...]`` joins lists and tuples alike as ``[*ModelAdmin.actions, ...]``."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.tree import field, text_of

_ADMIN = re.compile(r"(?:\w*Admin|super\(.*\))")


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
