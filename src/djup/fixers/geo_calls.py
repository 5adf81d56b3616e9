"""Calls of the geographic framework, known by what makes their objects."""

from __future__ import annotations

from djup.fixers.patch import Patch, receiver_of
from djup.source.calls import call_of
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


def lon_lat(patch: Patch) -> None:
    """``GeoIP2().coords(query)`` is ``lon_lat(query)``, where no order is asked for.

    https://docs.djangoproject.com/en/5.1/releases/5.1/#features-deprecated-in-5-1
    """
    homes = ("django.contrib.gis.geoip2.GeoIP2", "django.contrib.gis.geoip2.base.GeoIP2")
    for node in patch.module.attributes("coords"):
        call, name = call_of(node), field(node, "attribute")
        if (
            call is None
            or name is None
            or not is_made_by(patch.module, field(node, "object"), homes)
            or patch.skips(node)
        ):
            continue
        if len(call.arguments) == 1 and call.positional:
            patch.replace(name, "lon_lat")
        else:
            patch.report(node)
