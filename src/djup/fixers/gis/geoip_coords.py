"""``GeoIP2().coords(query)`` is ``lon_lat(query)``, where no order is asked for."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.made import is_made_by
from djup.source.tree import field


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
