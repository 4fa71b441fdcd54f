"""
The light of many lamps at many points, as one compiled loop.

Lamps lie in square cells as wide as the longest reach, sorted by cell, so that the lamps that can
reach a point stand in three contiguous rows. The plain functions run without a compiler too,
slowly; the tests call them so.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from geo.lighting.optics.symmetric import BATWING_FROM, BATWING_SCALE, BATWING_TO, OPTICS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LAMBERT, _ISOTROPIC = 0, 1
_PI = math.pi
_FROM, _TO, _SCALE = float(BATWING_FROM), float(BATWING_TO), float(BATWING_SCALE)
_COS_FROM = math.cos(_FROM)


def _one(optic: int, height: float, flux: float, d2: float) -> float:
    """Light on the ground of one lamp, `d2` metres squared away along it."""
    r2 = d2 + height * height
    if optic == _LAMBERT:
        return flux * height * height / (_PI * r2 * r2)
    r = math.sqrt(r2)
    if optic == _ISOTROPIC:
        return flux * height / (2.0 * _PI * r2 * r)
    cosine = height / r
    if cosine >= _COS_FROM:
        return flux * _SCALE / r2
    gamma = math.acos(cosine)
    if gamma >= _TO:
        return 0.0
    return flux * _SCALE * (_TO - gamma) / ((_TO - _FROM) * _COS_FROM) * cosine / r2


one = numba.njit(cache=True, inline="always")(_one)


def _sum_light(
    points: tuple[Floats, Floats],
    lamps: tuple[Floats, Floats, Floats, Floats, Floats],
    optic: int,
    start: NDArray[np.int64],
    cells: tuple[int, int, float, float, float],
) -> Floats:
    """Sum the light at every point; lamps come sorted by cell, row by row."""
    px, py = points
    lx, ly, height, flux, reach2 = lamps
    n_rows, n_columns, west, south, cell = cells
    out = np.zeros(px.size)
    for i in range(px.size):
        x, y = px[i], py[i]
        column = math.floor((x - west) / cell)
        row = math.floor((y - south) / cell)
        first, last = max(column - 1, 0), min(column + 1, n_columns - 1)
        if first > last:
            continue
        total = 0.0
        for r in range(max(row - 1, 0), min(row + 1, n_rows - 1) + 1):
            for j in range(start[r * n_columns + first], start[r * n_columns + last + 1]):
                dx, dy = x - lx[j], y - ly[j]
                d2 = dx * dx + dy * dy
                if d2 <= reach2[j]:
                    total += one(optic, height[j], flux[j], d2)
        out[i] = total
    return out


sum_light = numba.njit(cache=True)(_sum_light)


def horizontal_at(
    px: Floats,
    py: Floats,
    lamps: tuple[Floats, Floats, Floats, Floats, Floats],
    *,
    optic: str,
    kernel: Any = sum_light,
) -> Floats:
    """
    Sum the light of all lamps on level ground.

    Parameters
    ----------
    px, py
        Points in metres, shape (m,).
    lamps
        x, y, height above the ground, effective flux and reach of each lamp,
        each of shape (n,), n > 0; lamps without reach give nothing.
    optic
        One of `OPTICS`.
    kernel
        The loop; the tests pass the plain one.

    Returns
    -------
    ndarray
        Lux, shape (m,).
    """
    lx, ly, height, flux, reach = lamps
    cell = max(float(reach.max()), 1.0)
    west, south = float(lx.min()), float(ly.min())
    column = ((lx - west) / cell).astype(np.int64)
    row = ((ly - south) / cell).astype(np.int64)
    n_columns, n_rows = int(column.max()) + 1, int(row.max()) + 1
    spot = row * n_columns + column
    order = np.argsort(spot, kind="stable")
    start = np.zeros(n_rows * n_columns + 1, np.int64)
    np.cumsum(np.bincount(spot, minlength=n_rows * n_columns), out=start[1:])
    sorted_lamps = (lx[order], ly[order], height[order], flux[order], reach[order] ** 2)
    cells = (n_rows, n_columns, west, south, cell)
    out: Floats = kernel((px, py), sorted_lamps, OPTICS.index(optic), start, cells)
    return out
