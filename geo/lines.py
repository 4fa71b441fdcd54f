"""Points along many lines at once, to the last bit where GEOS puts them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]


def points_along(lines: NDArray[np.object_], *, of: Ints, along_m: Floats) -> Floats:
    """
    Find points along lines.

    Parameters
    ----------
    lines
        Lines, shape (k,).
    of
        The line of each point, shape (n,).
    along_m
        How far along it, metres >= 0; the end where the line is shorter. Shape (n,).

    Returns
    -------
    numpy.ndarray
        x and y, shape (n, 2): what ``shapely.line_interpolate_point`` gives, without making a
        geometry of each.
    """
    import shapely

    if of.size == 0:
        return np.empty((0, 2))
    odd = shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING
    if (odd | shapely.is_empty(lines)).any():
        return shapely.get_coordinates(shapely.line_interpolate_point(lines[of], along_m))
    xy, line = shapely.get_coordinates(lines, return_index=True)
    size = np.bincount(line, minlength=lines.size)
    last = np.cumsum(size) - 1
    first = last - size + 1
    step = np.diff(xy, axis=0, append=0.0)
    step_m = np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2)
    step_m[last] = np.inf
    start_m = _starts(step_m, first, size)
    vertex = _before(start_m, first[of], last[of], along_m)
    share = ((along_m - start_m[vertex]) / step_m[vertex])[:, None]
    here, there = xy[vertex], xy[np.minimum(vertex + 1, last[of])]
    return np.where(share < 1, (there - here) * share + here, there)


def _starts(step_m: Floats, first: Ints, size: Ints) -> Floats:
    """Measure how far along its line each vertex lies, adding up from the start as GEOS does."""
    out = np.zeros(step_m.size)
    for k in range(1, int(size.max())):
        at = first[size > k] + k
        out[at] = out[at - 1] + step_m[at - 1]
    return out


def _before(start_m: Floats, first: Ints, last: Ints, along_m: Floats) -> Ints:
    """Find the vertex that each point lies after: the last that is not beyond it."""
    out = first.copy()
    left = np.flatnonzero(out < last)
    while left.size:
        left = left[start_m[out[left] + 1] <= along_m[left]]
        out[left] += 1
        left = left[out[left] < last[left]]
    return out
