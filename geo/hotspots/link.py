"""A place keeps its name from week to week, although its outline shifts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely import Geometry

SHARED = 0.30
"""Two outlines with at least this share of area, or of incidents, in common are one place."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 5


def link_places(
    new: GeoDataFrame, former: GeoDataFrame | None, *, incidents: GeoDataFrame | None = None
) -> pd.Series:
    """
    Give each new place the id of the former place it continues, or an id of its own.

    Pairs that share at least 30 % of area (of the smaller outline) or of incidents (of the
    smaller count) are the same place. The largest overlap is settled first; of a place that
    split, the larger part keeps the id, as each id is given once.

    Parameters
    ----------
    new
        Places with geometry, ``n`` and ``id``, shape (n,).
    former
        Places of earlier weeks with ``place_id``, shape (m,); one id may come several times.
    incidents
        Points of both periods; when given, shared incidents count as well as area.

    Returns
    -------
    pandas.Series
        place_id for each row of `new`, same index; the same whatever the order of rows.
    """
    import pandas as pd

    out: dict[int, str] = {}
    taken: set[str] = set()
    if former is not None and len(former) and len(new):
        for _, _, _, i, place in sorted(_pairs(new, former, incidents)):
            if i not in out and place not in taken:
                out[i] = place
                taken.add(place)
    blocked = taken | (set() if former is None else set(former["place_id"]))
    shapes = new.geometry
    order = sorted(set(range(len(new))) - set(out), key=lambda i: _where(shapes.iloc[i]))
    for i in order:
        place = place_code(shapes.iloc[i])
        step = 0
        while place in blocked:
            step += 1
            place = place_code(shapes.iloc[i], step=step)
        out[i] = place
        blocked.add(place)
    return pd.Series([out[i] for i in range(len(new))], index=new.index, dtype="str")


def place_code(shape: Geometry, *, step: int = 0) -> str:
    """
    Make a short readable id of where a place lies.

    Parameters
    ----------
    shape
        Its outline.
    step
        Raised when an id is taken already.

    Returns
    -------
    str
        Five letters or digits without look-alikes, such as ``P-7K3QD``.
    """
    x, y = _where(shape)
    digest = hashlib.sha256(f"{round(x / 10)}:{round(y / 10)}:{step}".encode()).digest()
    value = int.from_bytes(digest[:8], "big")
    letters = [_LETTERS[value >> (5 * i) & 31] for i in range(_LENGTH)]
    return "P-" + "".join(letters)


def _where(shape: Geometry) -> tuple[float, float]:
    """Give a shape's middle."""
    import shapely

    middle = shapely.centroid(shape)
    return float(shapely.get_x(middle)), float(shapely.get_y(middle))


def _pairs(
    new: GeoDataFrame, former: GeoDataFrame, incidents: GeoDataFrame | None
) -> list[tuple[float, float, tuple[float, float], int, str]]:
    """List the pairs that are one place, best first once sorted."""
    import shapely

    ours, theirs = new.geometry.to_numpy(), former.geometry.to_numpy()
    i, j = shapely.STRtree(theirs).query(ours, predicate="intersects")
    common = shapely.area(shapely.intersection(ours[i], theirs[j]))
    smaller = np.minimum(shapely.area(ours)[i], shapely.area(theirs)[j])
    share = np.divide(common, smaller, out=np.zeros_like(common), where=smaller > 0)
    if incidents is not None and len(incidents):
        share = np.maximum(share, _shared_incidents(ours, theirs, i, j, incidents))
    place = former["place_id"].to_numpy()
    size = new["n"].to_numpy(float)
    return [
        (-round(float(s), 9), -size[a], _where(ours[a]), int(a), str(place[b]))
        for s, a, b in zip(share, i, j, strict=True)
        if s >= SHARED
    ]


def _shared_incidents(
    ours: NDArray[np.object_],
    theirs: NDArray[np.object_],
    i: NDArray[np.intp],
    j: NDArray[np.intp],
    incidents: GeoDataFrame,
) -> NDArray[np.float64]:
    """Give the share of incidents each pair has in common, of the smaller count."""
    import shapely

    tree = shapely.STRtree(incidents.geometry.to_numpy())

    def held(shapes: NDArray[np.object_]) -> list[set[int]]:
        shape, point = tree.query(shapes, predicate="intersects")
        return [set(point[shape == k].tolist()) for k in range(len(shapes))]

    a, b = held(ours), held(theirs)
    out = [len(a[k] & b[m]) / max(1, min(len(a[k]), len(b[m]))) for k, m in zip(i, j, strict=True)]
    return np.asarray(out, dtype=np.float64)
