"""Places as lighting sees them: their names, and the ground they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

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


def points_in_places(
    places: GeoDataFrame, x: Floats, y: Floats, *, around_m: float = 0.0
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """
    Pair places with the points in them, as `in_places` does, of very many points.

    Parameters
    ----------
    places
        Areas, lines or points, shape (n,).
    x, y
        Points in the same CRS, metres, shape (m,).
    around_m
        Margin in metres.

    Returns
    -------
    place, point : ndarray
        Positions, one pair each, ordered by place.
    """
    import shapely

    shapes = place_shapes(places, around_m=around_m).to_numpy()
    shapely.prepare(shapes)
    order = np.argsort(x, kind="stable")
    west, south, east, north = shapely.bounds(shapes).T
    first = np.searchsorted(x, west, side="left", sorter=order)
    last = np.searchsorted(x, east, side="right", sorter=order)
    inside = []
    for shape, a, b, low, high in zip(shapes, first, last, south, north, strict=True):
        near = np.sort(order[a:b])
        near = near[(y[near] >= low) & (y[near] <= high)]
        inside.append(near[shapely.intersects_xy(shape, x[near], y[near])])
    place = np.repeat(np.arange(len(shapes)), [len(found) for found in inside])
    return place, np.concatenate([np.empty(0, np.intp), *inside])
