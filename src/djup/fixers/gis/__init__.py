"""The rewritings of gis."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.gis import coord_dim, geo_aggregates, geoip_coords, geometry_accessors
from djup.fixers.kinds import Fixer

FIXERS: Mapping[str, Fixer] = {
    "coord_dim": coord_dim.coord_dim,
    "geo_aggregates": geo_aggregates.geo_aggregates,
    "geos_accessors": geometry_accessors.geos_accessors,
    "lon_lat": geoip_coords.lon_lat,
}
