"""Point at the classes ``row1`` and ``row2`` where they are given or styled."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch

_ROW = re.compile(rb"""\brow[12]\b(?=[^{}]*\{)|\bcycle\b[^%]*?(['"])row1\1|class\s*=\s*["'][^"'{]*?\brow[12]\b""")


def admin_row_classes(patch: TemplatePatch) -> None:
    """Point at the classes ``row1`` and ``row2`` where they are given or styled."""
    for match in _ROW.finditer(patch.body):
        patch.report(match.start())
