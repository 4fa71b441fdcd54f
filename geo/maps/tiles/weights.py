"""Which vertices of a line or ring matter, and up to which tolerance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Bytes = NDArray[np.uint8]


@njit(cache=True)
def vertex_weights(xy: Floats, path_start: Whole, closed: Bytes, weight: Floats) -> None:
    """
    Work out at which tolerance each vertex may go (Douglas and Peucker, 1973).

    Parameters
    ----------
    xy
        Vertices, shape (k, 2).
    path_start
        First vertex of each path, and the end, shape (r + 1,).
    closed
        Whether a path is a ring without its closing vertex, shape (r,).
    weight
        Filled in, shape (k,): a vertex is kept where its weight is above the
        tolerance; infinite at ends. Never more than that of a vertex it hangs
        on, so that every tolerance gives a subset of the one before.
    """
    longest = 0
    for path in range(len(path_start) - 1):
        longest = max(longest, path_start[path + 1] - path_start[path])
    todo = np.empty((longest + 2, 2), np.int64)
    above = np.empty(longest + 2, np.float64)
    for path in range(len(path_start) - 1):
        first, n = path_start[path], path_start[path + 1] - path_start[path]
        if n == 0:
            continue
        weight[first] = np.inf
        weight[first + n - 1] = np.inf
        depth = 0
        if closed[path]:
            far, best = 0, -1.0
            for i in range(1, n):
                dx, dy = xy[first + i, 0] - xy[first, 0], xy[first + i, 1] - xy[first, 1]
                if dx * dx + dy * dy > best:
                    far, best = i, dx * dx + dy * dy
            weight[first + far] = np.inf
            todo[0, 0], todo[0, 1], above[0] = 0, far, np.inf
            todo[1, 0], todo[1, 1], above[1] = far, n, np.inf
            depth = 2
        else:
            todo[0, 0], todo[0, 1], above[0] = 0, n - 1, np.inf
            depth = 1
        while depth > 0:
            depth -= 1
            low, high, limit = todo[depth, 0], todo[depth, 1], above[depth]
            at, best = _furthest(xy, first, low, high, n)
            if at < 0:
                continue
            weight[first + at] = min(best, limit)
            todo[depth, 0], todo[depth, 1], above[depth] = low, at, weight[first + at]
            todo[depth + 1, 0], todo[depth + 1, 1] = at, high
            above[depth + 1] = weight[first + at]
            depth += 2


@njit(cache=True)
def _furthest(xy: Floats, first: int, low: int, high: int, n: int) -> tuple[int, float]:
    """Find the vertex between two that lies furthest from the line between them."""
    ax, ay = xy[first + low, 0], xy[first + low, 1]
    end = first + (high if high < n else 0)
    dx, dy = xy[end, 0] - ax, xy[end, 1] - ay
    length = dx * dx + dy * dy
    at, best = -1, -1.0
    for i in range(low + 1, high):
        px, py = xy[first + i, 0] - ax, xy[first + i, 1] - ay
        share = 0.0 if length == 0.0 else min(1.0, max(0.0, (px * dx + py * dy) / length))
        ex, ey = px - share * dx, py - share * dy
        if ex * ex + ey * ey > best:
            at, best = i, ex * ex + ey * ey
    return at, np.sqrt(best) if at >= 0 else 0.0
