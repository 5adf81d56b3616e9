"""Texts of Django's own that a project repeats."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.tree import within

_HINT = re.compile(rb"Hold down .{0,3}Control")


def hold_down_control(patch: Patch) -> None:
    """Point at the hint that forms showed with fields of which more than one may be chosen."""
    for match in _HINT.finditer(patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(), match.end())
        if node is not None and within(node, "string") is not None:
            patch.report(node)
