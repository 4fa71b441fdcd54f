"""Places as lighting sees them: their names, and the ground they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries
    from numpy.typing import NDArray

NEAR_LINE_M = 25.0
"""How far from a place drawn as a line something still belongs to it."""


def place_ids(places: GeoDataFrame) -> pd.Index:
    """
    Name the places of a frame.

    Parameters
    ----------
    places
        Rows with an ``id`` column, or named by their index.

    Returns
    -------
    Index
        Their ids, in order.

    Raises
    ------
    AnalysisError
        If two places share an id.
    """
    ids = pd.Index(places.get("id", places.index), name="id")
    if ids.has_duplicates:
        msg = "two places share an id."
        raise AnalysisError(msg, found=int(ids.duplicated().sum()), fix="give each its own id")
    return ids


def place_shapes(places: GeoDataFrame, *, around_m: float = 0.0) -> GeoSeries:
    """
    Give each place an area: lines are widened, and all of them by a margin.

    Parameters
    ----------
    places
        Areas, lines or points, shape (n,).
    around_m
        Margin in metres.

    Returns
    -------
    GeoSeries
        Areas, same index.
    """
    shape = places.geometry
    flat = shape.geom_type.isin(["Polygon", "MultiPolygon"])
    return shape.buffer(np.where(flat, around_m, np.maximum(around_m, NEAR_LINE_M)))


def in_places(
    places: GeoDataFrame, things: GeoSeries, *, around_m: float = 0.0
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """
    Pair places with what lies in them.

    Parameters
    ----------
    places
        Areas, lines or points, shape (n,).
    things
        Geometry in the same CRS, shape (m,); missing ones lie nowhere.
    around_m
        Margin in metres.

    Returns
    -------
    place, thing : ndarray
        Positions, one pair each, ordered by place.
    """
    import shapely

    shapes = place_shapes(places, around_m=around_m).to_numpy()
    thing, place = shapely.STRtree(shapes).query(things.to_numpy(), predicate="intersects")
    order = np.lexsort((thing, place))
    return place[order], thing[order]
