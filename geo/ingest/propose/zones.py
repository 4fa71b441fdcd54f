"""Reference systems by where they are made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.spatial import metric_crs

_LOCAL_DEG = 8.0

if TYPE_CHECKING:
    from geo.ingest.propose.doubt import Box, Place


def utm_zones(degrees: Box) -> list[str]:
    """
    List the UTM zones, in the usual datums, that a place lies in or beside.

    Parameters
    ----------
    degrees
        West, south, east, north of the place.

    Returns
    -------
    list of str
        As EPSG:nnnn, the place's own zone first.
    """
    west, south, east, north = degrees
    if not all(np.isfinite((west, south, east, north))):
        return []
    zone = int(((west + east) / 2 + 180) // 6) + 1
    codes: list[str] = []
    for near in (zone, zone - 1, zone + 1):
        codes.append(f"EPSG:{(326 if north + south > 0 else 327) * 100 + near}")
        if 28 <= near <= 38:
            codes.append(f"EPSG:{25800 + near}")
        if 1 <= near <= 23:
            codes.append(f"EPSG:{26900 + near}")
    return [code for code in codes if 1 <= int(code[-2:]) <= 60]


def made_for(place: Place, degrees: Box) -> list[str]:
    """
    List every projected system made for the place, those of the working area first.

    Parameters
    ----------
    place
        What is known of the municipality.
    degrees
        West, south, east, north of where rows may lie.

    Returns
    -------
    list of str
        As EPSG:nnnn, at most 150.
    """
    from pyproj.aoi import AreaOfInterest
    from pyproj.database import query_crs_info
    from pyproj.enums import PJType

    west, south, east, north = degrees
    lon, lat = (west + east) / 2, (south + north) / 2
    if place.extent is None:
        area = metric_crs(place.crs).area_of_use
        if area is None or area.north - area.south > _LOCAL_DEG:
            return []  # the working area is no place: too many systems would fit
        lon, lat = (area.west + area.east) / 2, (area.south + area.north) / 2
    found = query_crs_info(
        auth_name="EPSG", pj_types=PJType.PROJECTED_CRS, contains=True,
        area_of_interest=AreaOfInterest(lon, lat, lon, lat),
    )  # fmt: skip
    home = metric_crs(place.crs).area_of_use

    def apart(info: Any) -> tuple[float, float, int]:
        area = info.area_of_use
        size = (area.east - area.west) * (area.north - area.south)
        off = 0.0 if home is None else abs(area.west - home.west) + abs(area.east - home.east)
        return round(off, 1), round(size, 1), int(info.code)

    kept = [info for info in found if info.area_of_use is not None and not info.deprecated
            and info.code.isdigit()]  # fmt: skip
    return [f"EPSG:{info.code}" for info in sorted(kept, key=apart)[:150]]
