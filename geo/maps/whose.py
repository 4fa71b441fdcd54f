"""Whose street something is on, and what the street is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geopandas import GeoDataFrame

NEAR_M = 60.0
"""A lamp further than this from every street is on none."""
_ALONG_M = 5.0


def streets_of(shapes: Mapping[str, Any], streets: GeoDataFrame) -> dict[str, dict[str, Any]]:
    """
    Name streets and their owners (väghållare) for things on the map.

    Parameters
    ----------
    shapes
        Geometry by id, in the CRS of `streets`. A point is on its nearest
        street, an area on every street that runs through it.
    streets
        Streets that have passed the gate.

    Returns
    -------
    dict
        By id: ``names`` and ``owners`` (longest share first, none twice), and
        ``unknown`` (bool: some street there has no owner in the data).
    """
    import shapely

    named = streets.sort_values("id", ignore_index=True)
    if named.empty or not shapes:
        return {key: {"names": [], "owners": [], "unknown": True} for key in shapes}
    tree = shapely.STRtree(named.geometry.to_numpy())
    names = named["name"].to_numpy(object)
    owners = named["owner"].to_numpy(object)
    out: dict[str, dict[str, Any]] = {}
    for key, shape in shapes.items():
        at = _found(shape, tree)
        out[key] = {
            "names": _texts([names[i] for i in at]),
            "owners": _texts([owners[i] for i in at]),
            "unknown": not at or any(not isinstance(owners[i], str) for i in at),
        }
    return out


def _found(shape: Any, tree: Any) -> list[int]:
    """Find the streets of one thing, the one with most of it first."""
    import numpy as np
    import shapely

    if shape is None or shapely.is_empty(shape):
        return []
    if shape.geom_type in {"Point", "MultiPoint"}:
        points = shapely.get_parts(shape)
        _, at = tree.query_nearest(points, max_distance=NEAR_M, all_matches=False)
        kinds, n = np.unique(at, return_counts=True)
        return [int(i) for i in kinds[np.argsort(-n, kind="stable")]]
    ground = shape if "Polygon" in shape.geom_type else shape.buffer(_ALONG_M)
    at = np.sort(tree.query(ground, predicate="intersects"))
    inside = shapely.length(shapely.intersection(tree.geometries[at], ground))
    return [int(i) for i in at[np.argsort(-inside, kind="stable")]]


def _texts(values: Sequence[Any]) -> list[str]:
    """Keep what is there, none twice, in order."""
    return list(dict.fromkeys(v for v in values if isinstance(v, str) and v))
