"""Point at each ``original_content_type_id`` of an inline form."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch

_CONTENT_TYPE = re.compile(rb"\boriginal_content_type_id\b")


def content_type_link(patch: TemplatePatch) -> None:
    """Point at each ``original_content_type_id`` of an inline form."""
    for token in patch.tokens:
        for match in _CONTENT_TYPE.finditer(patch.body, token.start, token.end):
            patch.report(match.start())
