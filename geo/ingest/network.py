"""Ends of street lines made into junctions, when the file names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

NODE_TOLERANCE_M = 0.5
"""Line ends closer than this are the same junction."""


def end_nodes(
    lines: gpd.GeoSeries, *, tolerance_m: float = NODE_TOLERANCE_M
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """
    Name the junctions that lines start and end at.

    Ends within the tolerance of each other, in chains too, are one junction;
    it is named after its south-westernmost end, so the order of the lines
    plays no part.

    Parameters
    ----------
    lines
        Lines in metres, shape (n,); missing ones get "".
    tolerance_m
        How close two ends are the same junction.

    Returns
    -------
    from_node, to_node : numpy.ndarray
        Names, shape (n,).
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    shapes = lines.to_numpy()
    names = np.full((2, len(shapes)), "", dtype=object)
    at = np.flatnonzero(~shapely.is_missing(shapes))
    if not len(at):
        return names[0], names[1]
    ends = np.concatenate([_end(shapes[at], first=True), _end(shapes[at], first=False)])
    pairs = cKDTree(ends).query_pairs(tolerance_m, output_type="ndarray")
    links = coo_array(
        (np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(ends), len(ends))
    )
    _, group = connected_components(links, directed=False)
    order = np.lexsort((ends[:, 1], ends[:, 0], group))
    first = order[np.r_[True, np.diff(group[order]) > 0]]
    words = np.array([f"{round(x * 10)}_{round(y * 10)}" for x, y in ends[first]], dtype=object)
    named = words[group]
    names[0, at], names[1, at] = named[: len(at)], named[len(at) :]
    return names[0], names[1]


def _end(lines: NDArray[np.object_], *, first: bool) -> NDArray[np.float64]:
    """Coordinates of the first or last point of each line."""
    kinds = shapely.get_type_id(lines)
    parts = np.where(kinds == 5, shapely.get_num_geometries(lines) - 1, 0)
    single = np.where(kinds == 5, shapely.get_geometry(lines, 0 if first else parts), lines)
    return shapely.get_coordinates(shapely.get_point(single, 0 if first else -1))
