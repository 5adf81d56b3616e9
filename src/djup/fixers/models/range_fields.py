"""``base_field`` of a range field is the class of a field, no field."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.knowledge.search import has_base
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.tree import field, within


def range_base_field(patch: Patch) -> None:
    """``base_field`` of a range field is the class of a field, no field.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous
    """
    for assignment in patch.module.assignments("base_field"):
        owner, value = within(assignment, "class_definition"), field(assignment, "right")
        function = field(value, "function") if value is not None and value.type == "call" else None
        if owner is None or function is None or patch.skips(assignment):
            continue
        if not has_base(patch.module, owner, ("RangeField",)):
            continue
        call = call_of(function)
        if call is None or call.arguments:
            patch.report(assignment)
        else:
            patch.edit(Edit(start=function.end_byte, end=call.node.end_byte, text=b""))
