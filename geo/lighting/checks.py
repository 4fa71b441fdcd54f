"""What is wrong with a lamp register, lamp by lamp, so that no wrong value is used quietly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

HEIGHT_DOUBTS = ("height_in_feet", "height_in_cm", "height_unlikely")
FLUX_DOUBTS = ("watts_as_lumens", "flux_unlikely", "efficacy_unlikely")
POWER_DOUBTS = ("zero_watt", "lumens_as_watts", "power_unlikely", "efficacy_unlikely")
PLACE_DOUBTS = ("doubled_pole", "stacked_lamps", "pole_ref_shared", "at_sea", "far_from_streets")
DOUBTS = (*HEIGHT_DOUBTS, *FLUX_DOUBTS, *POWER_DOUBTS[:3], *PLACE_DOUBTS)
LEFT_OUT = ("doubled_pole", "at_sea")
"""Lamps with these give no light in any sum: they are not there, or are there already."""

_CM, _FOOT_M = 100.0, 0.3048
_FEET_ENOUGH = 10  # a register of fewer lamps does not show its unit
_FEET_MEDIAN = 12.5  # half of a municipality's lamps are never higher, in metres
_FEET_TO = (3.0, 12.0)  # what that half is when the figures are feet
_SAME_SPOT_M = 0.3
_TURNED_DEG = 30.0
_ONE_POLE_M = 15.0
_FAR_M = 1_000.0
_STACKED = 5  # a mast carries one to four luminaires, one for each way; five share a bad position
WATER = "water"


def height_doubts(lamps: GeoDataFrame, *, height_range_m: tuple[float, float]) -> dict[str, Flags]:
    """
    Tell which mounting heights cannot be metres.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    height_range_m
        Heights that are believed.

    Returns
    -------
    dict
        One of `HEIGHT_DOUBTS` -> bool, shape (n,), in the order of `lamps`;
        at most one holds for a lamp. Feet show in a whole load, never in one
        lamp: where half the lamps of a load are higher than 12.5 the whole
        load is doubted.
    """
    height = lamps["height_m"].to_numpy(float)
    low, high = height_range_m
    cm = (height >= low * _CM) & (height <= high * _CM)
    usual = pd.Series(np.where((height >= low) & ~cm, height, np.nan))
    of = usual.groupby(lamps["batch_id"].fillna("").to_numpy())
    median, count = of.transform("median"), of.transform("count")
    feet = (median > _FEET_MEDIAN) & (count >= _FEET_ENOUGH)
    feet &= (median * _FOOT_M).between(*_FEET_TO)
    in_feet = feet.to_numpy() & np.isfinite(height) & ~cm
    unlikely = np.isfinite(height) & ~cm & ~in_feet & ((height < low) | (height > high))
    return dict(zip(HEIGHT_DOUBTS, (in_feet, cm, unlikely), strict=True))


def light_doubts(lamps: GeoDataFrame) -> dict[str, Flags]:
    """
    Tell which lumens and watts cannot be what they are called.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).

    Returns
    -------
    dict
        One of `FLUX_DOUBTS` and `POWER_DOUBTS` -> bool, shape (n,), in the
        order of `lamps`.
    """
    limits = lighting_table("defaults")["believed"]
    flux, power = lamps["flux_lm"].to_numpy(float), lamps["power_w"].to_numpy(float)
    told = np.isfinite(flux) & np.isfinite(power) & (power > 0)
    per_watt = np.divide(flux, power, out=np.full(len(lamps), np.nan), where=told)
    few, many = limits["lm_per_w"]
    zero = power <= 0
    too_many_watts = power > limits["power_w"][1]
    as_lumens = np.where(told, per_watt < few, flux < limits["flux_lm"][0]) & np.isfinite(flux)
    as_lumens &= ~too_many_watts & (flux > 0)
    odd_flux = np.isfinite(flux) & ~as_lumens
    odd_flux &= (flux < limits["flux_lm"][0]) | (flux > limits["flux_lm"][1])
    odd_power = np.isfinite(power) & ~zero & (power < limits["power_w"][0])
    return {
        "watts_as_lumens": as_lumens,
        "flux_unlikely": odd_flux,
        "zero_watt": zero,
        "lumens_as_watts": too_many_watts,
        "power_unlikely": odd_power,
        "efficacy_unlikely": told & ~too_many_watts & (per_watt > many),
    }


def place_doubts(
    lamps: GeoDataFrame, *, street_m: NDArray[np.float64], areas: GeoDataFrame | None = None
) -> dict[str, Flags]:
    """
    Tell which lamps stand where none can, or stand there twice.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    street_m
        Metres to the nearest street, NaN where none was found within a
        kilometre, shape (n,).
    areas
        Rows of the frame ``areas``; those of kind ``water`` are water.

    Returns
    -------
    dict
        One of `PLACE_DOUBTS` -> bool, shape (n,), in the order of `lamps`. Of
        lamps on one spot with one number and one direction the first by id
        stands, the others are doubled; five or more others on one spot are
        stacked (a high mast, or lamps that were given one place by default).
        A lamp on a pier stands by a street.
    """
    import shapely

    points = lamps.geometry.to_numpy()
    wet = np.zeros(len(lamps), bool)
    if areas is not None and (areas["kind"] == WATER).any():
        water = shapely.union_all(areas.geometry[areas["kind"] == WATER].to_numpy())
        shapely.prepare(water)
        wet = shapely.contains(water, points)
    beside = np.nan_to_num(street_m, nan=np.inf)
    doubled = _doubled(lamps)
    return {
        "doubled_pole": doubled,
        "stacked_lamps": _stacked(lamps, alone=~doubled),
        "pole_ref_shared": _shared(lamps),
        "at_sea": wet & (beside > _ONE_POLE_M),
        "far_from_streets": ~wet & (beside > _FAR_M),
    }


def _doubled(lamps: GeoDataFrame) -> Flags:
    """Tell which lamps repeat one before them, by id, on the same spot."""
    from scipy.spatial import cKDTree

    out = np.zeros(len(lamps), bool)
    if len(lamps) == 0:
        return out
    order = np.argsort(lamps["id"].to_numpy(object), kind="stable")
    xy = np.column_stack([lamps.geometry.x, lamps.geometry.y])[order]
    pairs = cKDTree(xy).query_pairs(_SAME_SPOT_M, output_type="ndarray")
    pole = lamps["pole_ref"].fillna("").to_numpy(object)[order]
    side = lamps["azimuth_deg"].to_numpy(float)[order]
    turn = np.abs((side[pairs[:, 0]] - side[pairs[:, 1]] + 180.0) % 360.0 - 180.0)
    same = pole[pairs[:, 0]] == pole[pairs[:, 1]]
    later = pairs[same & ~(turn > _TURNED_DEG)].max(axis=1, initial=-1)
    out[order[later[later >= 0]]] = True
    return out


def _stacked(lamps: GeoDataFrame, *, alone: Flags) -> Flags:
    """Tell which lamps share their spot with four or more others, doubled ones not counted."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    out = np.zeros(len(lamps), bool)
    at = np.flatnonzero(alone)
    if at.size == 0:
        return out
    xy = np.column_stack([lamps.geometry.x, lamps.geometry.y])[at]
    pairs = cKDTree(xy).query_pairs(_SAME_SPOT_M, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), tuple(pairs.T)), shape=(at.size, at.size))
    _, spot = connected_components(links, directed=False)
    out[at] = np.bincount(spot)[spot] >= _STACKED
    return out


def _shared(lamps: GeoDataFrame) -> Flags:
    """Tell which lamps share a pole number with one too far away to be on that pole."""
    named = lamps["pole_ref"].notna().to_numpy()
    xy = pd.DataFrame({"x": lamps.geometry.x.to_numpy(), "y": lamps.geometry.y.to_numpy()})
    of = xy.groupby(lamps["pole_ref"].fillna("").to_numpy())
    span = np.hypot(*(of.transform("max") - of.transform("min")).to_numpy().T)
    out: Flags = named & (span > _ONE_POLE_M)
    return out


def doubt_lists(index: pd.Index, found: dict[str, Flags]) -> pd.Series:
    """
    Gather what is doubted, lamp by lamp.

    Parameters
    ----------
    index
        Of the lamps, shape (n,).
    found
        Name of the doubt -> bool, shape (n,).

    Returns
    -------
    Series
        Lists of names in the order of `DOUBTS`.
    """
    out: list[list[str]] = [[] for _ in range(len(index))]
    for name in DOUBTS:
        for row in np.flatnonzero(found.get(name, np.zeros(len(index), bool))):
            out[row].append(name)
    return pd.Series(out, index=index, dtype="object", name="doubts")
