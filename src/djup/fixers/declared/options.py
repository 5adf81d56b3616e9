"""Assignments in class bodies that were renamed, or that mean nothing any more."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.statements import drop_statement
from djup.knowledge.search import option_uses
from djup.source.tree import field


def options(patch: Patch) -> None:
    """Carry out ``[[change.options]]``: a new name, or out with it; an emptied class body gets ``pass``."""
    for option in patch.change.options:
        for assignment in option_uses(option, patch.module):
            name, value = field(assignment, "left"), field(assignment, "right")
            if patch.skips(assignment) or name is None or value is None:
                continue
            if option.new:
                patch.replace(name, option.new)
            elif option.drop and value.type != "assignment":
                drop_statement(patch, assignment)
