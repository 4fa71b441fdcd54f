"""The tile matrix set WebMercatorQuad: where a tile lies, and metres to its square world."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.errors import MapError, NotFoundError

if TYPE_CHECKING:
    import numpy as np
    from geopandas import GeoSeries
    from numpy.typing import NDArray

NAME = "WebMercatorQuad"
URI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
CRS_URI = "http://www.opengis.net/def/crs/EPSG/0/3857"
HALF_M = 20037508.342789244
"""Half the side of the square world, metres of EPSG:3857 (17-083r4, annex D.1)."""
MAX_ZOOM = 16
"""A unit of such a tile is 15 cm at the equator, 8 cm in Sweden; closer up tiles are enlarged."""
_SCALE_ZERO = 559082264.0287178
_LATITUDE = 85.0511287798066
_TILE_PX = 256


def require_tile(z: int, *, x: int, y: int) -> None:
    """
    Refuse a tile that is not in the set.

    Parameters
    ----------
    z
        Zoom, 0 to `MAX_ZOOM`.
    x, y
        Column and row, from the north-west corner.

    Raises
    ------
    NotFoundError
        If there is no such tile.
    """
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        msg = "there is no such tile."
        raise NotFoundError(
            msg,
            expected=f"zoom 0-{MAX_ZOOM}, row and column below 2 to the power of the zoom",
            fix="write the row before the column: /tiles/WebMercatorQuad/{zoom}/{row}/{column}",
        )


def tile_at(lon: float, lat: float, *, z: int) -> tuple[int, int]:
    """
    Find the tile that holds a position.

    Parameters
    ----------
    lon, lat
        Degrees.
    z
        Zoom.

    Returns
    -------
    tuple of int
        Column and row.

    Examples
    --------
    >>> tile_at(14.8059, 56.8777, z=12)
    (2216, 1257)
    """
    lat = max(-_LATITUDE, min(_LATITUDE, lat))
    x = (lon + 180) / 360
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    last = 2**z - 1
    return min(last, max(0, int(x * 2**z))), min(last, max(0, int(y * 2**z)))


def tile_range(bbox: list[float], *, z: int) -> tuple[int, int, int, int]:
    """
    Find the tiles that hold a box.

    Parameters
    ----------
    bbox
        West, south, east, north in degrees.
    z
        Zoom.

    Returns
    -------
    tuple of int
        First and last column, first and last row.
    """
    west, south, east, north = bbox
    (x0, y0), (x1, y1) = tile_at(west, north, z=z), tile_at(east, south, z=z)
    return x0, x1, y0, y1


def world(geometry: GeoSeries) -> NDArray[np.object_]:
    """
    Take shapes to the square world: 0 to 1 from west to east and from north to south.

    Parameters
    ----------
    geometry
        Shapes in any CRS, shape (n,).

    Returns
    -------
    numpy.ndarray
        The shapes, shape (n,); what is nearer a pole than the square reaches
        lies outside 0 to 1.

    Raises
    ------
    MapError
        If they have no CRS.
    """
    import numpy as np
    import shapely

    if geometry.crs is None:
        msg = "rows without a coordinate reference system cannot be placed on a tile."
        raise MapError(msg, found="none", fix="set the CRS of the frame")
    metres = geometry.to_crs("EPSG:3857").to_numpy()

    def squared(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([at[:, 0] + HALF_M, HALF_M - at[:, 1]]) / (2 * HALF_M)

    return np.asarray(shapely.transform(metres, squared))


def tile_matrix_set() -> dict[str, Any]:
    """
    Describe the set as OGC Two Dimensional Tile Matrix Set 2.0 does.

    Returns
    -------
    dict
        Ready for JSON.
    """
    return {
        "id": NAME,
        "title": "Google Maps Compatible for the World",
        "uri": URI,
        "crs": CRS_URI,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [
            {
                "id": str(z),
                "scaleDenominator": _SCALE_ZERO / 2**z,
                "cellSize": 2 * HALF_M / _TILE_PX / 2**z,
                "cornerOfOrigin": "topLeft",
                "pointOfOrigin": [-HALF_M, HALF_M],
                "matrixWidth": 2**z,
                "matrixHeight": 2**z,
                "tileWidth": _TILE_PX,
                "tileHeight": _TILE_PX,
            }
            for z in range(MAX_ZOOM + 1)
        ],
    }
