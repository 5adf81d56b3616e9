"""Code that a project keeps for other releases of Django, by asking for the version or for what it lacks."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.source import tree as syntax
from djup.source.tree import field, text_of

_VERSION = re.compile(rb"VERSION|version|DJANGO_")
_LACKS = re.compile(rb"\b(?:AttributeError|ImportError|TypeError)\b")


def is_for_other_releases(node: Node) -> bool:
    """Whether a place is only reached in some releases: under a version test, or after an attribute was not there."""
    for parent in syntax.ancestors(node):
        if parent.type in syntax.FUNCTIONS and parent.type != "lambda":
            return False
        if parent.type == "if_statement" and _VERSION.search(text_of(field(parent, "condition"))):
            return True
        if parent.type == "except_clause" and _LACKS.search(text_of(parent)[: node.start_byte - parent.start_byte]):
            return True
    return False
