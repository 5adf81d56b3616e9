"""Point at calls of abstract models that the module itself declares."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of
from djup.source.tree import field, text_of


def abstract_instances(patch: Patch) -> None:
    """Point at calls of abstract models that the module itself declares."""
    for assignment in patch.module.assignments("abstract"):
        meta = class_of(assignment)
        model = None if meta is None else class_of(meta)
        if meta is None or model is None or text_of(field(meta, "name")) != b"Meta":
            continue
        if text_of(field(assignment, "right")) != b"True":
            continue
        name = text_of(field(model, "name")).decode()
        for node in patch.module.spelled(name):
            around = node.parent
            if around is not None and around.type == "call" and field(around, "function") == node:
                patch.report(around)
