"""``requires_system_checks`` of a command is a list of tags, or ``"__all__"``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax
from djup.source.tree import field, text_of


def system_checks(patch: Patch) -> None:
    """``requires_system_checks`` of a command is a list of tags, or ``"__all__"``.

    https://docs.djangoproject.com/en/3.2/releases/3.2/#features-deprecated-in-3-2
    """
    for assignment in option_values(patch, "requires_system_checks"):
        value = field(assignment, "right")
        if value is not None and text_of(value) in {b"True", b"False"}:
            patch.replace(value, '"__all__"' if text_of(value) == b"True" else "[]")


def option_values(patch: Patch, name: str) -> list[Node]:
    """The assignments of an option in class bodies that no comment keeps the change away from."""
    found = [one for one in patch.module.assignments(name) if syntax.within(one, "class_definition") is not None]
    return [one for one in found if not patch.skips(one)]
