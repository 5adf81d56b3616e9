"""Accessors of geometries that are properties now, such as ``get_x()`` and ``set_srid()``.

https://docs.djangoproject.com/en/1.10/releases/1.10/#id3
"""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import call_of
from djup.source.tree import text_of

_GEOMETRY = re.compile(
    r"(?:^|[._])(?:\w*point|pt|pnt|geom\w*|\w*location|position|cent(?:er|re|roid)|coords?|place|poly\w*|line\w*)$",
    re.IGNORECASE,
)
_PROPERTIES = {"coords": "tuple"}


def geos_accessors(patch: Patch) -> None:
    """Rewrite the accessors that the change names, where the object is named like a geometry."""
    if not any(one.origin.startswith("django.contrib.gis") for one in patch.module.imports):
        return
    for word in patch.change.seen.words:
        for node in patch.module.attributes(word):
            call, receiver = call_of(node), receiver_of(node)
            kind, _, name = word.partition("_")
            wanted = 0 if kind == "get" else 1
            if call is None or len(call.arguments) != wanted or call.unpacks or patch.skips(node):
                continue
            new = f"{receiver}.{_PROPERTIES.get(name, name)}"
            alone = call.node.parent is not None and call.node.parent.type == "expression_statement"
            if not _GEOMETRY.search(receiver) or (wanted and not alone):
                patch.report(node)
            elif wanted:
                patch.replace(call.node, f"{new} = {text_of(call.arguments[0].value).decode()}")
            else:
                patch.replace(call.node, new)
