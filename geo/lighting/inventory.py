"""Where lamps have been surveyed, and what is lit there: lit, unlit, or not inventoried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.grid import Grid, pack, unpack
from geo.lighting.placement import (
    DEFAULTS,
    LightParams,
    along_runs,
    near_pairs,
    pairs_within_reach,
    place_lamps,
)
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.streets import StreetNet

LIT, UNLIT, NOT_INVENTORIED = "lit", "unlit", "not_inventoried"
INVENTORY_LEVEL = "inventory"
"""The level of `areas` that says where lamps have been surveyed."""


def light_samples(
    net: StreetNet,
    lamps: GeoDataFrame,
    *,
    areas: GeoDataFrame,
    placed: pd.DataFrame | None = None,
    params: LightParams = DEFAULTS,
) -> pd.DataFrame:
    """
    Judge every few metres of street: lit, unlit, or not inventoried.

    A piece is lit where a lamp (in whatever state) reaches it. Without one it
    is unlit where lamps have been surveyed, or where the street itself is
    said to be unlit; it is lit, on the street's word, where that says so and
    no survey contradicts it; otherwise nobody knows.

    Parameters
    ----------
    net
        The street network.
    lamps
        Rows of the frame ``lamps``.
    areas
        Rows of the frame ``areas``; those of level ``inventory`` say where
        lamps were surveyed. Without any, a neighbourhood counts as surveyed
        when lamps stand along a stated share of its lit streets.
    placed
        What `place_lamps` gave, when it is at hand.
    params
        Tolerances, step and shares.

    Returns
    -------
    DataFrame
        The pieces of `StreetNet.samples` with ``run_id``, ``run`` and ``run_m`` of
        `along_runs`, ``inventoried`` (bool) and ``state``.

    Raises
    ------
    CrsError
        If the frames are not in the CRS of the network.
    """
    require_metres(areas, name="areas", crs=net.streets.crs)
    placed = place_lamps(lamps, net, params=params) if placed is None else placed
    out = net.samples(step_m=params.step_m)
    out = out.join(along_runs(net, out["street"], out["chainage_m"]))
    tag = net.streets["lit"].to_numpy(object)
    yes, no = (tag == "yes")[out["street"]], (tag == "no")[out["street"]]
    sample, _ = pairs_within_reach(out, placed)
    served = np.zeros(len(out), bool)
    served[sample] = True
    surveyed = areas[areas["level"] == INVENTORY_LEVEL]
    if len(surveyed):
        out["inventoried"] = _inside(out, surveyed)
    else:
        out["inventoried"] = _neighbourhoods(out, placed, yes=yes, no=no, params=params)
    known = out["inventoried"].to_numpy()
    state = np.select([served, known | no, yes], [0, 1, 0], default=2)
    out["state"] = pd.array([LIT, UNLIT, NOT_INVENTORIED], dtype="str").take(state)
    return out


def _inside(samples: pd.DataFrame, surveyed: GeoDataFrame) -> NDArray[np.bool_]:
    """Tell which pieces lie in a surveyed area."""
    import shapely

    ground = shapely.union_all(surveyed.geometry.to_numpy())
    shapely.prepare(ground)
    out: NDArray[np.bool_] = shapely.intersects_xy(ground, samples["x"], samples["y"])
    return out


def _neighbourhoods(
    samples: pd.DataFrame,
    placed: pd.DataFrame,
    *,
    yes: NDArray[np.bool_],
    no: NDArray[np.bool_],
    params: LightParams,
) -> NDArray[np.bool_]:
    """Take a neighbourhood as surveyed where lamps stand along enough of its streets."""
    if placed.empty and params.share_tagged > 0:
        return np.zeros(len(samples), bool)
    pairs = near_pairs(samples, placed, params.served_m)
    served = np.zeros(len(samples), bool)
    served[pairs["i"]] = True
    length = samples["piece_m"].to_numpy()
    weights = pd.DataFrame(
        {
            "tagged": np.where(yes, length, 0.0),
            "tagged_served": np.where(yes & served, length, 0.0),
            "any": np.where(no, 0.0, length),
            "any_served": np.where(~no & served, length, 0.0),
        }
    )
    cell = Grid(params.cell_m).keys(samples["x"].to_numpy(), samples["y"].to_numpy())
    sums = weights.groupby(cell).sum()
    column, row = unpack(sums.index.to_numpy())
    total = sum(
        sums.reindex(pack(column + dx, row + dy), fill_value=0.0).to_numpy()
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    )
    if len(sums) == 0:
        return np.zeros(0, bool)
    tagged, tagged_served, whole, whole_served = total.T
    # a few lit streets with lamps say nothing of the many that nobody has said anything of
    told = (tagged > 0) & (tagged >= params.share_any * whole)
    by_tag = told & (tagged_served >= params.share_tagged * tagged)
    by_any = ~told & (whole_served > 0) & (whole_served >= params.share_any * whole)
    out: NDArray[np.bool_] = (by_tag | by_any)[sums.index.get_indexer(cell)]
    return out


def along_order(samples: pd.DataFrame) -> NDArray[np.intp]:
    """
    Put the pieces in order along each run of streets.

    Parameters
    ----------
    samples
        What `light_samples` gave, shape (n,).

    Returns
    -------
    ndarray
        Their positions, run by run, shape (n,).
    """
    keys = (samples[name].to_numpy() for name in ("street", "run_m", "run"))
    return np.lexsort(tuple(keys))


def street_states(samples: pd.DataFrame) -> pd.DataFrame:
    """
    Sum the pieces up by street.

    Parameters
    ----------
    samples
        What `light_samples` gave.

    Returns
    -------
    DataFrame
        By street id: ``state`` (that of most of its length; unlit before lit
        before not inventoried in a tie), ``lit_share``, ``unlit_share`` and
        ``inventory_share``, each a share of its length.
    """
    return summarise(samples, by=samples["street_id"])


def summarise(samples: pd.DataFrame, *, by: pd.Series) -> pd.DataFrame:
    """
    Sum pieces of street up by anything.

    Parameters
    ----------
    samples
        What `light_samples` gave, shape (n,).
    by
        The group of each piece, same index.

    Returns
    -------
    DataFrame
        By group: ``state``, ``lit_share``, ``unlit_share``,
        ``inventory_share`` and ``street_m``.
    """
    length = samples["piece_m"]
    pieces = pd.DataFrame({f"{s}_share": length * (samples["state"] == s) for s in (UNLIT, LIT)})
    pieces["inventory_share"] = length * samples["inventoried"]
    pieces["unknown"] = length * (samples["state"] == NOT_INVENTORIED)
    pieces["street_m"] = length
    sums = pieces.groupby(by, sort=True).sum()
    shares = sums.div(sums["street_m"].where(sums["street_m"] > 0), axis="index").fillna(0.0)
    table = shares[["unlit_share", "lit_share", "unknown"]].to_numpy()
    names = np.array([UNLIT, LIT, NOT_INVENTORIED])
    state = names[table.argmax(axis=1)] if len(table) else np.empty(0, "U15")
    return pd.DataFrame(
        {
            "state": pd.Series(state, index=sums.index, dtype="str"),
            "lit_share": shares["lit_share"],
            "unlit_share": shares["unlit_share"],
            "inventory_share": shares["inventory_share"],
            "street_m": sums["street_m"],
        }
    )
