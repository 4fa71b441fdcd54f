"""Lamps on their streets: which run they stand along, how high, and how far they reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.lighting.checks import height_doubts
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.streets import StreetNet


@dataclass(frozen=True, slots=True)
class LightParams:
    """
    What the lighting picture takes for granted; every value can be changed.

    Parameters
    ----------
    step_m
        Longest piece of street judged as one, metres.
    reach_heights
        A lamp serves what lies within this many mounting heights: half the
        spacing of five heights at which paths still reach 1 lx more often
        than not.
    lamp_street_m
        A lamp belongs to the nearest street within this many metres.
    served_m
        A stretch counts as served, for the neighbourhood rule, with a lamp
        within this many metres.
    cell_m
        Side of the cells of the neighbourhood rule; a neighbourhood is 3 x 3.
    share_tagged, share_any
        Least served share of the streets said to be lit, or of all streets
        where less than `share_any` of them are said to be, for a neighbourhood
        to count as inventoried.
    road_height_m, path_height_m
        Mounting height along roads, and elsewhere, when a lamp has none.
    height_range_m
        Heights outside this are not believed, metres; nor are those of a load
        that is in feet.
    min_run_m, max_gap_m
        Shortest dark stretch told of, and longest lit piece that does not
        part two, metres.
    """

    step_m: float = 2.5
    reach_heights: float = 2.5
    lamp_street_m: float = 25.0
    served_m: float = 30.0
    cell_m: float = 100.0
    share_tagged: float = 0.6
    share_any: float = 0.5
    road_height_m: float = 6.0
    path_height_m: float = 5.0
    height_range_m: tuple[float, float] = (2.0, 25.0)
    min_run_m: float = 15.0
    max_gap_m: float = 5.0


DEFAULTS = LightParams()


def place_lamps(
    lamps: GeoDataFrame, net: StreetNet, *, params: LightParams = DEFAULTS
) -> pd.DataFrame:
    """
    Put lamps on their streets and settle their heights.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    net
        The street network, in the same CRS.
    params
        Tolerances and default heights.

    Returns
    -------
    DataFrame
        By lamp id, in order of id: ``street_id`` (missing away from streets),
        ``run_id`` and ``run_m`` (metres along the run of streets), ``x``,
        ``y``, ``height_m``, ``height_assumed`` (bool) and ``reach_m``.
    """
    require_metres(lamps, name="lamps", crs=net.streets.crs)
    ordered = lamps.sort_values("id").set_index("id")
    out = net.snap(ordered.geometry, tolerance_m=params.lamp_street_m)
    street = pd.Series(net.streets.index.get_indexer(out["street_id"]), index=out.index)
    out = out.join(along_runs(net, street, out["chainage_m"]).drop(columns="run"))
    road = (net.streets["kind"].reindex(out["street_id"]) == "road").to_numpy()
    default = np.where(road, params.road_height_m, params.path_height_m)
    doubted = np.any(
        list(height_doubts(ordered, height_range_m=params.height_range_m).values()), axis=0
    )
    believed = ordered["height_m"].notna() & ~doubted
    out["height_m"] = ordered["height_m"].where(believed, default)
    said = ordered["assumed"].map(lambda names: "height_m" in names).astype(bool)
    out["height_assumed"] = ~believed | said
    out["reach_m"] = out["height_m"] * params.reach_heights
    out["x"], out["y"] = ordered.geometry.x, ordered.geometry.y
    return out.drop(columns=["distance_m", "chainage_m"])


def along_runs(net: StreetNet, street: pd.Series, chainage_m: pd.Series) -> pd.DataFrame:
    """
    Turn places on streets into places on runs of streets.

    Parameters
    ----------
    net
        The street network.
    street, chainage_m
        Where on which street, by its place in the order of ids, shape (n,); -1 on none.

    Returns
    -------
    DataFrame
        Same index: ``run_id``, ``run`` (place of its first street in that order) and ``run_m``.
    """
    import shapely

    table = net.runs().assign(length=shapely.length(net.lines)).reset_index(drop=True)
    here = table.reindex(street).set_axis(street.index)
    forward = chainage_m.where(~here["backwards"].isin([True]), here["length"] - chainage_m)
    run_id = here["run_id"].astype("str")
    return pd.DataFrame({"run_id": run_id, "run": here["run"], "run_m": here["offset_m"] + forward})


def pairs_within_reach(
    samples: pd.DataFrame, placed: pd.DataFrame
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """
    Pair every piece of street with the lamps that serve it.

    Parameters
    ----------
    samples
        Pieces with ``x`` and ``y``, shape (n,).
    placed
        Lamps with ``x``, ``y`` and ``reach_m``, shape (m,).

    Returns
    -------
    sample, lamp : ndarray
        Positions, one pair each.
    """
    pairs = near_pairs(samples, placed, float(placed["reach_m"].max()) if len(placed) else 0.0)
    reach = placed["reach_m"].to_numpy()
    close = pairs["v"] <= reach[pairs["j"]]
    return pairs["i"][close], pairs["j"][close]


def near_pairs(samples: pd.DataFrame, placed: pd.DataFrame, radius_m: float) -> NDArray[np.void]:
    """
    Find every pair of piece and lamp within a radius.

    Parameters
    ----------
    samples, placed
        Frames with ``x`` and ``y`` in metres, shapes (n,) and (m,).
    radius_m
        The radius.

    Returns
    -------
    ndarray
        Records ``i`` (piece), ``j`` (lamp) and ``v`` (metres between them).
    """
    from scipy.spatial import cKDTree

    if len(samples) == 0 or len(placed) == 0:
        return np.empty(0, [("i", np.intp), ("j", np.intp), ("v", float)])
    here, there = (cKDTree(frame[["x", "y"]].to_numpy()) for frame in (samples, placed))
    out: NDArray[np.void] = here.sparse_distance_matrix(there, radius_m, output_type="ndarray")
    return out
