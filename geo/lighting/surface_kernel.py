"""
The light of many lamps on every cell of a raster, as one compiled loop over rows.

Each lamp adds to the rows its reach crosses, from left to right, so that the processor works on
eight cells at a time; lamps come sorted by tile, so that the rows stay in its cache.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numba
import numpy as np

from geo.lighting.optics.symmetric import BATWING_TO, OPTICS, intensity_per_lm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Cells = NDArray[np.float32]

_LAMBERT, _ISOTROPIC = 0, 1
_PI = math.pi
_TILE = 256
_BATWING_END = math.tan(float(BATWING_TO))
_PER_UNIT = 128  # entries of the table for each unit of (r / height)**2


def _batwing_table() -> Cells:
    """Light of the batwing times height squared, by (r / height)**2 - 1, one lumen."""
    u = 1.0 + np.arange(int(_PER_UNIT * (_BATWING_END**2 + 1.0)) + 2) / _PER_UNIT
    cosine = 1.0 / np.sqrt(u)
    table: Cells = (intensity_per_lm(cosine, optic="batwing") * cosine / u).astype(np.float32)
    return table


def _line_lambert(line: Cells, left: float, step: float, base: float, factor: float) -> None:
    """Add k / r**4 along one row."""
    one, half = np.float32(1.0), np.float32(0.5)
    start, width = np.float32(left), np.float32(step)
    height, weight = np.float32(base), np.float32(factor)
    for i in range(line.size):
        dx = start + (np.float32(i) + half) * width
        r = one / (height + dx * dx)
        line[i] += weight * r * r


def _line_isotropic(line: Cells, left: float, step: float, base: float, factor: float) -> None:
    """Add k / r**3 along one row."""
    one, half = np.float32(1.0), np.float32(0.5)
    start, width = np.float32(left), np.float32(step)
    height, weight = np.float32(base), np.float32(factor)
    for i in range(line.size):
        dx = start + (np.float32(i) + half) * width
        r = one / (height + dx * dx)
        line[i] += weight * r * np.sqrt(r)


def _line_table(
    line: Cells, left: float, step: float, beside: tuple[float, float], table: Cells
) -> None:
    """Add what the table says along one row; beside: share of a unit at the lamp's row, and lm."""
    scale, base, factor = np.float32(step), np.float32(beside[0]), np.float32(beside[1])
    start, half, last = np.float32(left), np.float32(0.5), np.float32(table.size - 2)
    for i in range(line.size):
        dx = start + (np.float32(i) + half) * scale
        at = min(base + dx * dx, last)
        k = int(at)
        line[i] += factor * (table[k] + (at - np.float32(k)) * (table[k + 1] - table[k]))


lambert = numba.njit(cache=True, error_model="numpy")(_line_lambert)
isotropic = numba.njit(cache=True, error_model="numpy")(_line_isotropic)
tabled = numba.njit(cache=True, error_model="numpy")(_line_table)


def _stamp(
    out: Cells,
    lamps: tuple[Floats, Floats, Floats, Floats, Floats],
    cell: float,
    optic: int,
    table: Cells,
) -> None:
    """Add every lamp to `out`; x and y count from the raster's north-west corner, y southwards."""
    lx, ly, height, flux, reach = lamps
    rows, columns = out.shape
    for k in range(lx.size):
        h2 = height[k] * height[k]
        unit = math.sqrt(_PER_UNIT / h2)
        top = max(math.ceil((ly[k] - reach[k]) / cell - 0.5), 0)
        bottom = min(math.floor((ly[k] + reach[k]) / cell - 0.5), rows - 1)
        for row in range(top, bottom + 1):
            dy = (row + 0.5) * cell - ly[k]
            side = math.sqrt(max(reach[k] * reach[k] - dy * dy, 0.0))
            first = max(math.ceil((lx[k] - side) / cell - 0.5), 0)
            last = min(math.floor((lx[k] + side) / cell - 0.5), columns - 1)
            if last < first:
                continue
            line = out[row, first : last + 1]
            left = first * cell - lx[k]
            if optic == _LAMBERT:
                lambert(line, left, cell, dy * dy + h2, flux[k] * h2 / _PI)
            elif optic == _ISOTROPIC:
                isotropic(line, left, cell, dy * dy + h2, flux[k] * height[k] / (2.0 * _PI))
            else:
                beside = (dy * dy * unit * unit, flux[k] / h2)
                tabled(line, left * unit, cell * unit, beside, table)


stamp = numba.njit(cache=True, error_model="numpy")(_stamp)


def add_light(
    out: Cells,
    lamps: tuple[Floats, Floats, Floats, Floats, Floats],
    *,
    west: float,
    north: float,
    cell_m: float,
    optic: str,
) -> None:
    """
    Add the light on level ground of all lamps to a raster.

    Parameters
    ----------
    out
        float32, shape (rows, columns), north up, C order; lux are added in
        place, at the centres of cells.
    lamps
        x, y, height, effective flux and reach of each lamp, shape (n,).
    west, north
        Corner of the raster in metres.
    cell_m
        Side of a cell.
    optic
        A symmetric optic by name.
    """
    x, y, height, flux, reach = (np.ascontiguousarray(v, float) for v in lamps)
    if optic == "batwing":
        reach = np.minimum(reach, height * _BATWING_END)
    lit = np.flatnonzero((reach > 0) & (height > 0) & (flux > 0))
    order = lit[np.lexsort((x[lit] // (_TILE * cell_m), -(y[lit] // (_TILE * cell_m))))]
    placed = (x[order] - west, north - y[order], height[order], flux[order], reach[order])
    stamp(out, placed, float(cell_m), OPTICS.index(optic), _batwing_table())
