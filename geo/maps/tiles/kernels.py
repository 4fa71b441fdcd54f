"""The hot part of tiles: simplify, clip, round, and write features as bytes (MVT 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

POINT, LINE, POLYGON = 1, 2, 3
_MOVE, _DRAW, _CLOSE = 1, 2, 15
_ROOM = 6
"""Vertices a clipped path may have for each it had: each of four sides adds at most half."""


@njit(cache=True)
def put(out: Bytes, at: int, value: int) -> int:
    """
    Write a whole number as a varint.

    Parameters
    ----------
    out
        Where to write.
    at
        The first byte to write.
    value
        At least 0.

    Returns
    -------
    int
        The first byte after it.
    """
    while value > 127:
        out[at] = (value & 127) | 128
        value >>= 7
        at += 1
    out[at] = value
    return at + 1


@njit(cache=True)
def clip_ring(x: Floats, y: Floats, n: int, low: float, high: float, spare: Floats) -> int:
    """
    Cut a ring to a square, one side after the other (Sutherland and Hodgman, 1974).

    Parameters
    ----------
    x, y
        The ring without its closing vertex; changed in place.
    n
        Its vertices.
    low, high
        Sides of the square, the same in x and y.
    spare
        Room to work in, shape (2, length of x).

    Returns
    -------
    int
        Vertices left; the signed area is that of the part inside.
    """
    for side in range(4):
        along, across = (x, y) if side < 2 else (y, x)
        limit = low if side % 2 == 0 else high
        sign = 1.0 if side % 2 == 0 else -1.0
        kept = 0
        for i in range(n):
            j = i - 1 if i > 0 else n - 1
            a, b = sign * (along[j] - limit), sign * (along[i] - limit)
            if (a < 0.0) != (b < 0.0):
                share = a / (a - b)
                spare[0, kept] = limit
                spare[1, kept] = across[j] + share * (across[i] - across[j])
                kept += 1
            if b >= 0.0:
                spare[0, kept], spare[1, kept] = along[i], across[i]
                kept += 1
        for i in range(kept):
            along[i], across[i] = spare[0, i], spare[1, i]
        n = kept
    return n


@njit(cache=True)
def clip_step(
    ax: float, ay: float, bx: float, by: float, low: float, high: float
) -> tuple[float, float]:
    """
    Find which part of a straight step lies in a square (Liang and Barsky, 1984).

    Parameters
    ----------
    ax, ay, bx, by
        Its ends.
    low, high
        Sides of the square, the same in x and y.

    Returns
    -------
    tuple of float
        First and last share of the step inside; the first is larger when none is.
    """
    first, last = 0.0, 1.0
    for side in range(4):
        start, step = (ax, bx - ax) if side < 2 else (ay, by - ay)
        room = start - low if side % 2 == 0 else high - start
        move = -step if side % 2 == 0 else step
        if move == 0.0:
            if room < 0.0:
                return 1.0, 0.0
        elif move < 0.0:
            first = max(first, room / move)
        else:
            last = min(last, room / move)
    return first, last


@njit(cache=True)
def round_path(x: Floats, y: Floats, n: int, q: Whole, closed: bool) -> int:
    """
    Round a path to whole tile units, and leave out what then stands still.

    Parameters
    ----------
    x, y
        Vertices in tile units.
    n
        How many.
    q
        Filled in with whole vertices, shape (>= n, 2).
    closed
        Whether the last is followed by the first.

    Returns
    -------
    int
        Vertices left.
    """
    kept = 0
    for i in range(n):
        qx, qy = int(np.floor(x[i] + 0.5)), int(np.floor(y[i] + 0.5))
        if kept == 0 or qx != q[kept - 1, 0] or qy != q[kept - 1, 1]:
            q[kept, 0], q[kept, 1] = qx, qy
            kept += 1
    while closed and kept > 1 and q[kept - 1, 0] == q[0, 0] and q[kept - 1, 1] == q[0, 1]:
        kept -= 1
    return kept


@njit(cache=True)
def put_path(
    out: Bytes, at: int, q: Whole, n: int, pen: Whole, kind: int, turned: bool
) -> int:  # fmt: skip
    """
    Write a path as commands from where the pen is.

    Parameters
    ----------
    out, at
        Where to write, and the first byte.
    q
        Whole vertices, shape (>= n, 2).
    n
        How many.
    pen
        Where the pen is, shape (2,); moved.
    kind
        POINT, LINE or POLYGON.
    turned
        Whether to go the other way round.

    Returns
    -------
    int
        The first byte after it.
    """
    for i in range(n):
        if i == 0:
            at = put(out, at, _MOVE | ((n if kind == POINT else 1) << 3))
        elif i == 1 and kind != POINT:
            at = put(out, at, _DRAW | ((n - 1) << 3))
        j = n - 1 - i if turned else i
        dx, dy = q[j, 0] - pen[0], q[j, 1] - pen[1]
        at = put(out, at, (dx << 1) ^ (dx >> 63))
        at = put(out, at, (dy << 1) ^ (dy >> 63))
        pen[0], pen[1] = q[j, 0], q[j, 1]
    if kind == POLYGON:
        at = put(out, at, _CLOSE)
    return at


@njit(cache=True)
def doubled_area(q: Whole, n: int) -> int:
    """
    Give twice the signed area of a ring: above 0 for an outer ring of a tile, y downwards.

    Parameters
    ----------
    q
        Whole vertices, shape (>= n, 2).
    n
        How many.

    Returns
    -------
    int
        Twice the area, by the surveyor's formula.
    """
    total = 0
    for i in range(n):
        j = i + 1 if i + 1 < n else 0
        total += q[i, 0] * q[j, 1] - q[j, 0] * q[i, 1]
    return total


def room_for(n_vertices: int, n_paths: int) -> int:
    """
    Say how many bytes the geometry of a feature may take.

    Parameters
    ----------
    n_vertices, n_paths
        Of the feature, before clipping.

    Returns
    -------
    int
        Bytes: two numbers of two bytes a vertex, and three commands a path.
    """
    return _ROOM * 4 * n_vertices + 16 * n_paths + 16 * n_vertices + 64


def scratch(longest: int) -> tuple[Any, Any, Any, Any, Any]:
    """
    Make the room a tile is worked in.

    Parameters
    ----------
    longest
        Vertices of the longest path.

    Returns
    -------
    tuple
        x, y, spare, whole vertices and pen, as the kernels take them.
    """
    room = _ROOM * longest + 16
    return (
        np.empty(room),
        np.empty(room),
        np.empty((2, room)),
        np.empty((room, 2), np.int64),
        np.zeros(2, np.int64),
    )
