"""``shape.coord_dim = 3`` is ``shape.set_3d(True)``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.made import is_made_by
from djup.source.tree import field, text_of

_SHAPES = ("django.contrib.gis.gdal.OGRGeometry", "django.contrib.gis.gdal.geometries.OGRGeometry")


def coord_dim(patch: Patch) -> None:
    """``shape.coord_dim = 3`` is ``shape.set_3d(True)``.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
    """
    for node in patch.module.attributes("coord_dim"):
        assignment = node.parent
        if assignment is None or assignment.type != "assignment" or field(assignment, "left") != node:
            continue
        value = text_of(field(assignment, "right"))
        if value not in {b"2", b"3"} or not is_made_by(patch.module, field(node, "object"), _SHAPES):
            patch.report(assignment)
        elif not patch.skips(node):
            patch.replace(assignment, f"{receiver_of(node)}.set_3d({value == b'3'})")
