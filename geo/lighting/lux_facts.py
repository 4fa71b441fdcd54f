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
LUX_COLUMNS = ("p_class", "mean_lx", "evenness", "lux_dark_m", "lux_dark_share", "night_dark_m",
               "lux_m")  # fmt: skip


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
        By place id: ``p_class`` (probability that a piece reaches 1 lx at its darkest, the least
        of class P4: the median by length), ``mean_lx`` (by length), ``evenness`` (the darkest
        piece's least light over that mean), ``lux_dark_m`` and ``lux_dark_share`` (pieces that
        probably do not reach 1 lx), ``night_dark_m`` (metres that are enough in the evening and
        dark at two), ``lux_m`` (metres judged). Missing where nothing is judged; only pieces that
        are surveyed and meant to be lit count, with at least 15 m at the place.
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

    def sums(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(place, metres * values[row], minlength=n).astype(float)

    total = np.bincount(place, metres, minlength=n)
    safe = np.where(total > 0, total, np.nan)
    least = np.full(n, np.inf)
    np.minimum.at(least, place, part["min_lx"].to_numpy(float)[row])
    mean = sums(part["mean_lx"].to_numpy(float)) / safe
    dark = sums((part["lux_class"] == "dark").to_numpy(float))
    late = part["lux_class"].isin(_ENOUGH) & (part["night_class"] == "dark")
    chance = part["p_minimum"].to_numpy(float)[row]
    return pd.DataFrame(
        {
            "p_class": _median(chance, metres, place, n),
            "mean_lx": mean,
            "evenness": np.where(total > 0, least, np.nan) / np.where(mean > 0, mean, np.nan),
            "lux_dark_m": dark,
            "lux_dark_share": dark / safe,
            "night_dark_m": sums(late.to_numpy(float)),
            "lux_m": total,
        },
        index=place_ids(places),
    )


def _median(
    values: NDArray[np.float64],
    weights: NDArray[np.float64],
    place: NDArray[np.intp],
    n: int,
) -> NDArray[np.float64]:
    """Give each place the median by weight; NaN where it has none."""
    out = np.full(n, np.nan)
    for k in np.unique(place):
        mine = place == k
        order = np.argsort(values[mine], kind="stable")
        heap = np.cumsum(weights[mine][order])
        out[k] = values[mine][order][np.searchsorted(heap, heap[-1] / 2)]
    return out
