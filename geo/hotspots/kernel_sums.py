"""Kernels of many points summed on a grid: plain loops, compiled where they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GAUSSIAN_REACH = 4.0
"""A Gaussian ends at this many standard deviations."""


def merged(x: Floats, y: Floats, weight: Floats) -> Floats:
    """
    Let each place stand once, with all that is told of it: addresses repeat.

    Parameters
    ----------
    x, y, weight
        Points, metres, and what each counts for, shape (n,).

    Returns
    -------
    numpy.ndarray
        East, north and weight, shape (m, 3), in order of north, then east.
    """
    from geo.compiled import compiled

    size = 1 << max(int(2 * x.size).bit_length(), 4)
    points = np.empty((x.size, 3))
    n = compiled(gather)(x, y, weight, np.full(size, -1, np.int64), points)
    points = points[:n]
    return points[np.lexsort((points[:, 0], points[:, 1]))]


def gather(x: Floats, y: Floats, weight: Floats, shelf: NDArray[np.int64], points: Floats) -> int:
    """
    Sum the weights of equal places by way of a hash table.

    Parameters
    ----------
    x, y, weight
        Points, shape (n,).
    shelf
        -1 throughout; a power of two long, and longer than n.
    points
        Filled: east, north and weight of each place, in order of appearance.

    Returns
    -------
    int
        How many places there are.
    """
    n = 0
    for k in range(x.size):
        at = int(abs(x[k] * 16.0 + y[k] * 8191.0)) % shelf.size
        while True:
            held = shelf[at]
            if held < 0:
                shelf[at] = n
                points[n, 0], points[n, 1], points[n, 2] = x[k], y[k], weight[k]
                n += 1
                break
            if points[held, 0] == x[k] and points[held, 1] == y[k]:
                points[held, 2] += weight[k]
                break
            at = (at + 1) % shelf.size
    return n


def lay_quartic(
    points: Floats, at_x: Floats, at_y: Floats, bandwidth_m: float, out: Floats
) -> None:
    """
    Add ``3 / (pi h^2) (1 - (d / h)^2)^2`` round every point.

    Parameters
    ----------
    points
        East, north and weight, shape (n, 3); from `merged`.
    at_x, at_y
        Evenly spaced grid coordinates, rising, metres, shapes (c,) and (r,).
    bandwidth_m
        Radius h, metres.
    out
        Weight per square metre, shape (r, c); written to.
    """
    columns, rows, h = at_x.size, at_y.size, bandwidth_m
    step = at_x[1] - at_x[0] if columns > 1 else h
    gap_x = np.empty(int(2 * h / step) + 3)
    for k in range(points.shape[0]):
        x, y, mass = points[k, 0], points[k, 1], points[k, 2]
        top = mass * 3.0 / (np.pi * h * h)
        west = max(int(np.ceil((x - h - at_x[0]) / step)), 0)
        east = min(int(np.floor((x + h - at_x[0]) / step)), columns - 1)
        if east < west:  # nothing of it lies on the grid
            continue
        for c in range(west, east + 1):
            gap_x[c - west] = ((at_x[c] - x) / h) ** 2
        south = max(int(np.ceil((y - h - at_y[0]) / step)), 0)
        north = min(int(np.floor((y + h - at_y[0]) / step)), rows - 1)
        for r in range(south, north + 1):
            rest = 1.0 - ((at_y[r] - y) / h) ** 2
            row = out[r, west : east + 1]
            for c in range(row.size):
                left = max(rest - gap_x[c], 0.0)
                row[c] += top * left * left


def lay_gaussian(
    points: Floats, at_x: Floats, at_y: Floats, bandwidth_m: float, out: Floats
) -> None:
    """
    Add ``exp(-d^2 / (2 h^2)) / (2 pi h^2)`` round every point, out to four h.

    Parameters
    ----------
    points
        East, north and weight, shape (n, 3); from `merged`.
    at_x, at_y
        Evenly spaced grid coordinates, rising, metres, shapes (c,) and (r,).
    bandwidth_m
        Standard deviation h, metres.
    out
        Weight per square metre, shape (r, c); written to.
    """
    columns, rows, h = at_x.size, at_y.size, bandwidth_m
    step = at_x[1] - at_x[0] if columns > 1 else h
    far = 4.0 * h
    gap_x, height = np.empty(int(2 * far / step) + 3), np.empty(int(2 * far / step) + 3)
    for k in range(points.shape[0]):
        x, y, mass = points[k, 0], points[k, 1], points[k, 2]
        top = mass / (2.0 * np.pi * h * h)
        west = max(int(np.ceil((x - far - at_x[0]) / step)), 0)
        east = min(int(np.floor((x + far - at_x[0]) / step)), columns - 1)
        if east < west:  # nothing of it lies on the grid
            continue
        for c in range(west, east + 1):
            gap_x[c - west] = ((at_x[c] - x) / h) ** 2
            height[c - west] = np.exp(-gap_x[c - west] / 2.0)
        south = max(int(np.ceil((y - far - at_y[0]) / step)), 0)
        north = min(int(np.floor((y + far - at_y[0]) / step)), rows - 1)
        for r in range(south, north + 1):
            gap_y = ((at_y[r] - y) / h) ** 2
            first, last = 0, east - west
            while first <= last and gap_x[first] + gap_y > 16.0:  # the corners of the square
                first += 1
            while last >= first and gap_x[last] + gap_y > 16.0:
                last -= 1
            here = top * np.exp(-gap_y / 2.0)
            row = out[r, west + first : west + last + 1]
            for c in range(row.size):
                row[c] += here * height[first + c]
