"""Name the arguments that constraints of one's own pass to ``BaseConstraint``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, subclasses
from djup.source.edits import Edit
from djup.source.tree import field, text_of


def constraint_keywords(patch: Patch) -> None:
    """Name the arguments that constraints of one's own pass to ``BaseConstraint``.

    https://docs.djangoproject.com/en/5.0/releases/5.0/#features-deprecated-in-5-0
    """
    names = ("name", "violation_error_message")
    owners = subclasses(patch.module, "django.db.models.BaseConstraint", "django.db.models.constraints.BaseConstraint")
    for call in patch.module.calls(".__init__"):
        if class_of(call.node) not in owners or not text_of(field(call.function, "object")).startswith(b"super("):
            continue
        if patch.skips(call.node) or call.unpacks or len(call.positional) > len(names):
            continue
        for place, one in enumerate(call.positional):
            start = one.node.start_byte
            patch.edit(Edit(start=start, end=start, text=f"{names[place]}=".encode()))
