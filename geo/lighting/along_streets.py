"""What street length and kind of land would lead one to expect at a place: incidents or reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.grid import Grid, Pieces, cut_streets, kinds_of_land
from geo.lighting.places import in_places, place_ids, points_in_places
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries
    from numpy.typing import NDArray

PIECE_M = 25.0
PRIOR = 1.0
"""A kind of land with few things is drawn towards the whole by so many."""
LEAST_M = 25.0
"""A place with less street than this is taken to have so much."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """
    The streets of a municipality in short pieces, each of one kind of land.

    Parameters
    ----------
    pieces
        The streets, cut.
    kind
        The kind of land of each piece, numbered from 0, shape (n,).
    metres
        Street length by kind, shape (k,).
    """

    pieces: Pieces
    kind: NDArray[np.intp]
    metres: NDArray[np.float64]

    @classmethod
    def of(cls, streets: GeoDataFrame, *, areas: GeoDataFrame) -> Ground:
        """
        Cut the streets of a municipality.

        Parameters
        ----------
        streets, areas
            Rows of those frames, same CRS; ``areas`` of level ``land_use`` give the kinds.

        Returns
        -------
        Ground
            The same for whatever is counted along them.

        Raises
        ------
        CrsError
            If the streets are not in metres.
        """
        pieces = cut_streets(streets, grid=Grid(PIECE_M))
        kind, _ = pd.factorize(kinds_of_land(pieces.x, pieces.y, areas=areas), sort=True)
        return cls(pieces, kind, np.bincount(kind, pieces.length_m).astype(float))


def along_streets(
    places: GeoDataFrame, things: GeoSeries, *, ground: Ground, around_m: float = 0.0
) -> pd.DataFrame:
    """
    Count things at places, beside what their street length and kind of land would give.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    things
        Points in the same CRS; missing ones are left out.
    ground
        The municipality's streets, in the same CRS.
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
        If the places are not in metres.
    """
    from scipy.spatial import cKDTree

    require_metres(places, name="places")
    spots = things[things.notna() & ~things.is_empty]
    here, _ = in_places(places, spots, around_m=around_m)
    n = np.bincount(here, minlength=len(places))
    pieces, kind, metres = ground.pieces, ground.kind, ground.metres
    if pieces.x.size == 0:
        nothing = np.full(len(places), np.nan)
        table = {"n": n, "expected": nothing, "windows": nothing}
        return pd.DataFrame(table, index=place_ids(places))
    near = np.empty(0, np.intp)
    if len(spots):
        tree = cKDTree(np.column_stack((pieces.x, pieces.y)))
        near = tree.query(np.column_stack((spots.x, spots.y)))[1]
    count = np.bincount(kind[near], minlength=metres.size)
    whole = max(count.sum(), PRIOR) / metres.sum()
    rate = (count + PRIOR) / (metres + PRIOR / whole)
    place, piece = points_in_places(places, pieces.x, pieces.y, around_m=around_m)
    inside = np.bincount(place, pieces.length_m[piece], minlength=len(places))
    worth = (rate[kind] * pieces.length_m)[piece]
    expected = np.bincount(place, worth, minlength=len(places))
    expected = np.maximum(expected, LEAST_M * whole)
    table = {"n": n, "expected": expected, "windows": metres.sum() / np.maximum(inside, LEAST_M)}
    return pd.DataFrame(table, index=place_ids(places))
