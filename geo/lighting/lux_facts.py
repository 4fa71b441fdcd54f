"""What the calculated light says of each place: whether it is enough, and when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.lighting.places import in_places, place_ids, place_shapes

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

LEAST_M = 15.0
"""A shorter part of a piece says nothing of a place."""
_SURVEYED = 0.5
_ENOUGH = ("reassuring", "enough")
LUX_COLUMNS = ("p_class", "mean_lx", "least_lx", "evenness", "night_dark_m", "lux_m")


def lux_facts(places: GeoDataFrame, segments: GeoDataFrame) -> pd.DataFrame:
    """
    Sum the pieces of lit street up by place.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    segments
        Pieces of street as `street_light` gives them.

    Returns
    -------
    DataFrame
        By place id: ``p_class`` (probability that the darkest piece reaches 1 lx, the least of
        class P4), ``mean_lx`` (by length), ``least_lx`` (of the darkest piece), ``evenness``
        (least over mean), ``night_dark_m`` (metres that are enough in the evening and dark at
        two), ``lux_m`` (metres judged). Missing where nothing is judged; only pieces that are
        surveyed and meant to be lit count, with at least 15 m at the place.
    """
    import shapely

    known = (segments["inventory_share"] >= _SURVEYED) & ~segments["lux_class"].isin(
        ["unlit", "not_inventoried"]
    )
    part = segments[known.to_numpy()]
    place, row = in_places(places, part.geometry)
    ground = place_shapes(places).to_numpy()[place]
    metres = shapely.length(shapely.intersection(ground, part.geometry.to_numpy()[row]))
    kept = metres >= np.minimum(LEAST_M, part["length_m"].to_numpy(float)[row])
    place, row, metres = place[kept], row[kept], metres[kept]
    n = len(places)
    least, chance = np.full(n, np.inf), np.full(n, np.inf)
    np.minimum.at(least, place, part["min_lx"].to_numpy(float)[row])
    np.minimum.at(chance, place, part["p_minimum"].to_numpy(float)[row])
    total = np.bincount(place, metres, minlength=n)
    safe = np.where(total > 0, total, np.nan)
    mean = np.bincount(place, metres * part["mean_lx"].to_numpy(float)[row], minlength=n) / safe
    late = part["lux_class"].isin(_ENOUGH) & (part["night_class"] == "dark")
    dim = np.bincount(place, metres * late.to_numpy(float)[row], minlength=n)
    return pd.DataFrame(
        {
            "p_class": _told(chance, total),
            "mean_lx": mean,
            "least_lx": _told(least, total),
            "evenness": _told(least, total) / np.where(mean > 0, mean, np.nan),
            "night_dark_m": dim,
            "lux_m": total,
        },
        index=place_ids(places),
    )


def _told(values: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the values of places where something was judged."""
    return np.where(total > 0, values, np.nan)
