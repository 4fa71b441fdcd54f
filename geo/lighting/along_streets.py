"""What street length and kind of land would lead one to expect at a place: incidents or reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.grid import Grid, cut_streets, kinds_of_land
from geo.lighting.places import in_places, place_ids
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

PIECE_M = 25.0
PRIOR = 1.0
"""A kind of land with few things is drawn towards the whole by so many."""
LEAST_M = 25.0
"""A place with less street than this is taken to have so much."""


def along_streets(
    places: GeoDataFrame,
    things: GeoSeries,
    *,
    streets: GeoDataFrame,
    areas: GeoDataFrame,
    around_m: float = 0.0,
) -> pd.DataFrame:
    """
    Count things at places, beside what their street length and kind of land would give.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    things
        Points in the same CRS; missing ones are left out.
    streets, areas
        Rows of those frames, same CRS; ``areas`` of level ``land_use`` give the kinds.
    around_m
        Margin round the places, metres.

    Returns
    -------
    DataFrame
        By place id: ``n``, ``expected`` (things per metre of each kind of land, times the metres
        here) and ``windows`` (how many such places the municipality's streets would hold).

    Raises
    ------
    CrsError
        If the frames are not in one metric CRS.
    """
    import geopandas as gpd
    from scipy.spatial import cKDTree

    require_metres(places, name="places")
    require_metres(streets, name="streets", crs=places.crs)
    spots = things[things.notna() & ~things.is_empty]
    here, _ = in_places(places, spots, around_m=around_m)
    n = np.bincount(here, minlength=len(places))
    pieces = cut_streets(streets, grid=Grid(PIECE_M))
    if pieces.x.size == 0:
        nothing = np.full(len(places), np.nan)
        table = {"n": n, "expected": nothing, "windows": nothing}
        return pd.DataFrame(table, index=place_ids(places))
    kinds, kind = np.unique(kinds_of_land(pieces.x, pieces.y, areas=areas), return_inverse=True)
    metres = np.bincount(kind, pieces.length_m)
    tree = cKDTree(np.column_stack((pieces.x, pieces.y)))
    at = np.column_stack((spots.x, spots.y)) if len(spots) else np.empty((0, 2))
    count = np.bincount(kind[tree.query(at)[1]], minlength=kinds.size)
    whole = max(count.sum(), PRIOR) / metres.sum()
    rate = (count + PRIOR) / (metres + PRIOR / whole)
    middles = gpd.GeoSeries.from_xy(pieces.x, pieces.y, crs=places.crs)
    place, piece = in_places(places, middles, around_m=around_m)
    inside = np.bincount(place, pieces.length_m[piece], minlength=len(places))
    worth = (rate[kind] * pieces.length_m)[piece]
    expected = np.bincount(place, worth, minlength=len(places))
    expected = np.maximum(expected, LEAST_M * whole)
    table = {"n": n, "expected": expected, "windows": metres.sum() / np.maximum(inside, LEAST_M)}
    return pd.DataFrame(table, index=place_ids(places))
