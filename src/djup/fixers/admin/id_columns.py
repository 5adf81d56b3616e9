"""Point at columns of the admin that are named by the key of a relation."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import field, walk


def id_columns(patch: Patch) -> None:
    """Point at columns of the admin that are named by the key of a relation."""
    for assignment in patch.module.assignments("list_display"):
        value = field(assignment, "right")
        for node in walk(value) if value is not None else ():
            if node.type == "string" and (string_value(node) or "").endswith("_id"):
                patch.report(node)
