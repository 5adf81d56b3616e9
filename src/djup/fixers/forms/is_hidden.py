"""Point at ``widget.is_hidden = …``."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of, within

_WIDGETS = re.compile(rb"Widget|Input|Select|Textarea")


def widget_is_hidden(patch: Patch) -> None:
    """Point at ``widget.is_hidden = …``."""
    for node in patch.module.attributes("is_hidden"):
        outer = node.parent
        if outer is None or outer.type != "assignment" or field(outer, "left") != node:
            continue
        owner = text_of(field(node, "object")).rpartition(b".")[2]
        definition = within(node, "class_definition")
        bases = text_of(field(definition, "superclasses")) if definition is not None else b""
        if owner.endswith(b"widget") or (owner == b"self" and _WIDGETS.search(bases)):
            patch.report(outer)
