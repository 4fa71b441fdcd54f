"""One path of a feature: which vertices are taken, what of it lies in the tile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from geo.maps.tiles.kernels import (
    LINE,
    POINT,
    POLYGON,
    clip_step,
    doubled_area,
    put_path,
    round_path,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Bytes = NDArray[np.uint8]


@njit(cache=True)
def pick_path(
    xy: Floats, weight: Floats, first: int, last: int, frame: Floats, x: Floats, y: Floats,
    fewest: int,
) -> int:  # fmt: skip
    """
    Take the vertices of a path that a tolerance keeps, in tile units.

    Parameters
    ----------
    xy, weight
        Vertices of the sheet and the tolerance at which each goes.
    first, last
        First vertex of the path, and the one after its last.
    frame
        Scale, shift in x, shift in y, tolerance, low and high side.
    x, y
        Filled in.
    fewest
        Vertices the path must keep: 3 for a ring.

    Returns
    -------
    int
        Vertices taken; all of them where fewer would be left.
    """
    for tolerance in (frame[3], -1.0):
        n = 0
        for i in range(first, last):
            if weight[i] > tolerance:
                x[n] = xy[i, 0] * frame[0] - frame[1]
                y[n] = xy[i, 1] * frame[0] - frame[2]
                n += 1
        if n >= fewest:
            break
    return n


@njit(cache=True)
def put_points(
    x: Floats, y: Floats, n: int, frame: Floats, q: Whole, pen: Whole, out: Bytes, at: int
) -> int:
    """
    Write the points of a feature that lie in the square.

    Parameters
    ----------
    x, y, n
        The points.
    frame
        As in `pick_path`.
    q, pen
        Room to work in.
    out, at
        Where to write, and the first byte.

    Returns
    -------
    int
        The first byte after it.
    """
    kept = 0
    for i in range(n):
        if frame[4] <= x[i] <= frame[5] and frame[4] <= y[i] <= frame[5]:
            q[kept, 0], q[kept, 1] = int(np.floor(x[i] + 0.5)), int(np.floor(y[i] + 0.5))
            kept += 1
    return put_path(out, at, q, kept, pen, POINT, False) if kept else at


@njit(cache=True)
def put_line(
    x: Floats, y: Floats, n: int, frame: Floats, spare: Floats, q: Whole, pen: Whole,
    out: Bytes, at: int,
) -> int:  # fmt: skip
    """
    Write the pieces of a line that lie in the square.

    Parameters
    ----------
    x, y, n
        The line.
    frame
        As in `pick_path`.
    spare, q, pen
        Room to work in.
    out, at
        Where to write, and the first byte.

    Returns
    -------
    int
        The first byte after it.
    """
    kept = 0
    for i in range(1, n + 1):
        first, last = 1.0, 0.0
        if i < n:
            first, last = clip_step(x[i - 1], y[i - 1], x[i], y[i], frame[4], frame[5])
        if kept and (first > last or first > 0.0):
            at, kept = _end_line(spare, kept, q, pen, out, at), 0
        if first <= last:
            dx, dy = x[i] - x[i - 1], y[i] - y[i - 1]
            if kept == 0:
                spare[0, 0], spare[1, 0] = x[i - 1] + first * dx, y[i - 1] + first * dy
                kept = 1
            spare[0, kept], spare[1, kept] = x[i - 1] + last * dx, y[i - 1] + last * dy
            kept += 1
            if last < 1.0:
                at, kept = _end_line(spare, kept, q, pen, out, at), 0
    return at


@njit(cache=True)
def _end_line(spare: Floats, n: int, q: Whole, pen: Whole, out: Bytes, at: int) -> int:
    """Write one piece, unless it shrank to a point."""
    kept = round_path(spare[0], spare[1], n, q, False)
    return put_path(out, at, q, kept, pen, LINE, False) if kept > 1 else at


@njit(cache=True)
def put_ring(
    x: Floats, y: Floats, n: int, hole: bool, q: Whole, pen: Whole, out: Bytes, at: int
) -> int:
    """
    Write a ring, turned the way its kind wants, unless it shrank to a line.

    Parameters
    ----------
    x, y, n
        The ring.
    hole
        Whether it is a hole.
    q, pen
        Room to work in.
    out, at
        Where to write, and the first byte.

    Returns
    -------
    int
        The first byte after it.
    """
    n = round_path(x, y, n, q, True)
    area = doubled_area(q, n)
    if n < 3 or area == 0:
        return at
    return put_path(out, at, q, n, pen, POLYGON, (area < 0) != hole)
