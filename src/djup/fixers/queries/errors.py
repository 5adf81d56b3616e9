"""``except InvalidQuery`` catches what the ORM raises itself: FieldDoesNotExist and FieldError."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source import tree as syntax


def query_errors(patch: Patch) -> None:
    """``except InvalidQuery`` catches what the ORM raises itself: FieldDoesNotExist and FieldError.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#features-deprecated-in-3-1
    """
    for node in patch.module.uses("django.db.models.query_utils.InvalidQuery"):
        clause = syntax.within(node, "except_clause", "block")
        if patch.skips(node):
            continue
        if clause is None or clause.type != "except_clause":
            patch.report(node)
            continue
        errors = [patch.need("django.core.exceptions", name, node) for name in ("FieldDoesNotExist", "FieldError")]
        inside = node.parent is not None and node.parent.type == "tuple"
        patch.replace(node, ", ".join(errors) if inside else f"({', '.join(errors)})")
