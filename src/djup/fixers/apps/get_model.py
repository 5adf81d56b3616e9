"""Point at results of ``get_model()`` that are compared with None, or asked whether there is one."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of, within

_ASKED = rb"\b(?:if|not|and|or)\s+(?:not\s+)?%s\b(?:\s+is\s+(?:not\s+)?None|\s*[:)]|\s*$)"


def get_model_none(patch: Patch) -> None:
    """Point at results of ``get_model()`` that are compared with None, or asked whether there is one."""
    for home in ("django.db.models", "django.db.models.loading", "django.apps.apps"):
        for call in patch.module.calls(f"{home}.get_model"):
            assignment, function = call.node.parent, within(call.node, "function_definition")
            if assignment is None or assignment.type != "assignment" or function is None:
                continue
            name = text_of(field(assignment, "left"))
            asked = re.compile(_ASKED % re.escape(name), re.MULTILINE)
            if asked.search(text_of(function)):
                patch.report(call.node)
