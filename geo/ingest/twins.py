"""The same register under two names: rows of one source that another source holds already."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

NEARLY_ALL = 0.9
"""Share of the smaller source from which two sources are taken for one register."""
_NEAR_M = 100.0
_SAME_M = 1.0  # the same place written in another system differs by centimetres, or decimetres
_APART_M = 1e7  # further than anything in a municipality
_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lamps": ("pole_ref",),
        "streets": (),
        "areas": ("name", "level"),
        "facilities": ("name", "kind"),
    }
)
"""Frames that are replaced as a whole -> what names one of their things, beside where it is."""
_WITH_PLACE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"lamps": (), "streets": (), "areas": ("name", "level"), "facilities": ("kind",)}
)
"""What must agree as well where two shapes are the same: a district and its land are two things."""
REGISTERS = frozenset(_KEYS)
"""Frames that are looked through: registers and maps of what is there."""


def also_in(
    rows: GeoDataFrame, others: GeoDataFrame, *, frame: str, sources: pd.Series
) -> dict[str, int]:
    """
    Count the rows of a source that other sources hold nearly all of.

    Parameters
    ----------
    rows
        One source's rows, working CRS, shape (n,).
    others
        Rows of the other sources, same CRS, shape (m,).
    frame
        The frame; one without a register that is replaced as a whole gives nothing.
    sources
        Source of each of `others`, shape (m,), same order.

    Returns
    -------
    dict of str to int
        Source -> rows of this one that it holds, where that is nearly all of the smaller of the
        two; most first.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> at = [Point(0, 0), Point(0, 30)]
    >>> poles = gpd.GeoDataFrame({"pole_ref": ["1", "2"]}, geometry=at, crs=3006)
    >>> also_in(poles, poles, frame="lamps", sources=pd.Series(["a", "a"]))
    {'a': 2}
    """
    if frame not in _KEYS or rows.empty or others.empty:
        return {}
    found = {}
    for source, part in others.groupby(sources.to_numpy(), sort=True):
        n = int(_held(rows, part, frame=frame).sum())
        if n >= NEARLY_ALL * min(len(rows), len(part)):
            found[str(source)] = n
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _held(rows: GeoDataFrame, others: GeoDataFrame, *, frame: str) -> NDArray[np.bool_]:
    """Mark the rows that lie where another does, or are called the same not far from it."""
    held = _same_place(rows, others, beside=list(_WITH_PLACE[frame]))
    keys = list(_KEYS[frame])
    if not keys or held.all():
        return held
    named = [_named(part, keys) for part in (rows, others)]
    met = named[0].reset_index(names="at").merge(named[1], on=keys, suffixes=("", "_there"))
    away = np.hypot(met["e"] - met["e_there"], met["n"] - met["n_there"])
    held[met.loc[away <= _NEAR_M, "at"].to_numpy()] = True
    return held


def _same_place(
    rows: GeoDataFrame, others: GeoDataFrame, *, beside: list[str]
) -> NDArray[np.bool_]:
    """Mark the rows whose box another has, where what must agree beside it does."""
    from scipy.spatial import KDTree

    boxes = [shapely.bounds(part.geometry.to_numpy()) for part in (rows, others)]
    if beside:  # what differs is moved far apart, so that only what agrees can meet
        both = pd.concat([part[beside].astype("object") for part in (rows, others)])
        code = both.groupby(beside, dropna=False).ngroup().to_numpy() * _APART_M
        boxes = [np.column_stack([box, part])
                 for box, part in zip(boxes, np.split(code, [len(rows)]), strict=True)]  # fmt: skip
    known = [np.isfinite(box).all(axis=1) for box in boxes]
    held = np.zeros(len(rows), dtype=bool)
    if known[0].any() and known[1].any():
        tree = KDTree(boxes[1][known[1]])
        away, _ = tree.query(boxes[0][known[0]], p=np.inf, distance_upper_bound=_SAME_M)
        held[known[0]] = np.isfinite(away)
    return held


def _named(rows: GeoDataFrame, keys: list[str]) -> pd.DataFrame:
    """Give the middle of every row whose name is its own, by its place in the frame."""
    boxes = shapely.bounds(rows.geometry.to_numpy())
    table = pd.DataFrame({name: rows[name].astype("object").to_numpy() for name in keys})
    table["e"], table["n"] = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return table.dropna().drop_duplicates(keys, keep=False)
