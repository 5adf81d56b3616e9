"""``actions`` of an admin builds on those of the admin it derives from, which were added until 2.2."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, own_option
from djup.source.tree import field, text_of

LIST_TYPES = {"list", "tuple"}


def admin_actions(patch: Patch) -> None:
    """``actions`` of an admin builds on those of the admin it derives from, which were added until 2.2.

    https://docs.djangoproject.com/en/2.2/releases/2.2/#admin-actions-are-no-longer-collected-from-base-modeladmin-classes
    """
    for assignment in patch.module.assignments("actions"):
        owner, value = class_of(assignment), field(assignment, "right")
        bases = field(owner, "superclasses") if owner is not None else None
        if owner is None or value is None or bases is None or value.type not in LIST_TYPES or patch.skips(assignment):
            continue
        if b"Admin" not in text_of(bases):
            continue
        for base in bases.named_children:
            found = patch.module.classes(text_of(base).decode()) if base.type == "identifier" else []
            given = own_option(patch.module, found[0], "actions") if len(found) == 1 else None
            inherited = field(given, "right") if given is not None else None
            if inherited is None:
                continue
            own, kept = items_of(value), items_of(inherited)
            if f"*{text_of(base).decode()}.actions".encode() in own or (kept and kept <= own):
                break
            if inherited.type in LIST_TYPES and inherited.type == value.type and not kept & own:
                patch.replace(value, f"{text_of(base).decode()}.actions + {text_of(value).decode()}")
            elif inherited.type != "none":
                patch.report(assignment)
            break


def items_of(value: Node) -> set[bytes]:
    """The items of a list or tuple, as written; two actions of one name are an error."""
    return (
        {text_of(one) for one in value.named_children if one.type != "comment"} if value.type in LIST_TYPES else set()
    )
