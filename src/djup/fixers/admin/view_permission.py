"""Point at permissions of a model that are called ``view_…``."""

from __future__ import annotations

from djup.fixers.admin.admin_actions import LIST_TYPES
from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk


def view_permissions(patch: Patch) -> None:
    """Point at permissions of a model that are called ``view_…``."""
    for assignment in patch.module.assignments("permissions"):
        owner, value = class_of(assignment), field(assignment, "right")
        if owner is None or value is None or text_of(field(owner, "name")) != b"Meta":
            continue
        for node in walk(value):
            if node.type in LIST_TYPES and node.named_children:
                name = string_value(node.named_children[0])
                if name is not None and name.startswith("view_"):
                    patch.report(node)
