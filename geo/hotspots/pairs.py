"""Pairs of points near each other, and how shuffled times fall on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_CHUNK = 4096


def near_pairs(
    x: Floats, y: Floats, *, edges_m: Floats, metric: Literal["euclidean", "manhattan"]
) -> tuple[Ints, Ints, Ints]:
    """
    List each pair of points inside the bands of distance once.

    Parameters
    ----------
    x, y
        Positions, metres, shape (n,).
    edges_m
        Rising edges of the bands, metres, shape (k + 1,).
    metric
        ``euclidean`` or ``manhattan``.

    Returns
    -------
    first, second : numpy.ndarray
        Row positions, first < second, shape (m,).
    band : numpy.ndarray
        Band of each pair's distance, shape (m,).
    """
    from scipy.spatial import KDTree

    tree = KDTree(np.column_stack((x, y)))
    power = 2.0 if metric == "euclidean" else 1.0
    parts: list[tuple[Ints, Ints, Ints]] = []
    for start in range(0, x.size, _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, x.size))
        part = KDTree(tree.data[rows])
        near = part.query_ball_tree(tree, float(edges_m[-1]), p=power)
        count = np.fromiter(map(len, near), np.int64, rows.size)
        if not count.sum():
            continue
        one = np.repeat(rows, count)
        two = np.fromiter((k for row in near for k in row), np.int64, int(count.sum()))
        once = one < two
        one, two = one[once], two[once]
        east, north = np.abs(x[one] - x[two]), np.abs(y[one] - y[two])
        gap = np.hypot(east, north) if metric == "euclidean" else east + north
        band = np.searchsorted(edges_m, gap, side="right") - 1
        held = (band >= 0) & (band < edges_m.size - 1)
        parts.append((one[held], two[held], band[held]))
    if not parts:
        none = np.empty(0, np.int64)
        return none, none, none
    first, second, bands = (np.concatenate(column) for column in zip(*parts, strict=True))
    return first, second, bands


def count_shuffled(
    orders: Floats, first: Ints, second: Ints, band: Ints, *, edges: Floats, bands: int
) -> Ints:
    """
    Count the near pairs by band of time, for many orders of the times.

    Parameters
    ----------
    orders
        Times, one order a row, shape (r, n).
    first, second, band
        From `near_pairs`, shape (m,).
    edges
        Rising edges of the bands of time, shape (t + 1,).
    bands
        How many bands of distance.

    Returns
    -------
    numpy.ndarray
        Pairs, shape (r, bands, t).
    """
    # A row of `moved` is one point in every order, so the innermost loop runs through memory.
    moved = np.ascontiguousarray(orders.T)
    counts = np.zeros((bands, edges.size - 1, orders.shape[0]), np.int64)
    _kernel()(moved, np.column_stack((first, second, band)), edges, counts)
    out: Ints = np.moveaxis(counts, 2, 0)
    return out


def tally(moved: Floats, pairs: Ints, edges: Floats, counts: Ints) -> None:
    """
    Fill `counts` in plain Python; compiled when numba's compiler is on.

    Parameters
    ----------
    moved
        Times, one point a row and one order a column, shape (n, r).
    pairs
        First point, second point and band of distance of each pair, shape (m, 3).
    edges
        Rising edges of the bands of time, shape (t + 1,).
    counts
        Zeros, shape (bands, t, r); written to.
    """
    for pair in range(pairs.shape[0]):
        i, j, b = pairs[pair]
        for t in range(edges.size - 1):
            low, high = edges[t], edges[t + 1]
            for r in range(moved.shape[1]):
                gap = abs(moved[i, r] - moved[j, r])
                counts[b, t, r] += (gap >= low) & (gap < high)


def _kernel() -> Callable[..., None]:
    """Compile the count once a process."""
    from geo.compiled import compiled

    return compiled(tally)
