"""Take out the attributes of classes that nothing reads any more: those the change names as options."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.statements import drop_statement
from djup.source.tree import within


def dropped_options(patch: Patch) -> None:
    """Take out the attributes of classes that nothing reads any more: those the change names as options."""
    for option in patch.change.seen.options:
        for assignment in patch.module.assignments(option):
            if within(assignment, "class_definition") is not None and not patch.skips(assignment):
                drop_statement(patch, assignment)
