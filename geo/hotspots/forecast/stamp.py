"""One compiled loop: a Gaussian round every point, integrated over square cells."""

from __future__ import annotations

from math import erf, sqrt
from typing import TYPE_CHECKING

import numba
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_REACH = 3.0


@numba.njit(cache=True)
def stamp(  # noqa: PLR0917 (compiled code takes its arguments by position)
    x: Floats, y: Floats, weight: Floats, sd: float, index: NDArray[np.int32], out: Floats
) -> None:  # pragma: no cover (compiled; a test runs the plain path)
    """
    Add every point's Gaussian to the cells it reaches.

    Parameters
    ----------
    x, y
        Points in cells from the index's corner, shape (n,).
    weight
        What each counts for, shape (n,).
    sd
        Standard deviation in cells, > 0.
    index
        Number of each cell, -1 outside, shape (columns, rows).
    out
        Weight in each cell, added to in place.
    """
    columns, rows = index.shape
    scale = sd * sqrt(2.0)
    reach = int(np.ceil(_REACH * sd)) + 1
    across, along = np.empty(2 * reach + 1), np.empty(2 * reach + 1)
    for i in range(x.size):
        col, row = int(np.floor(x[i])) - reach, int(np.floor(y[i])) - reach
        left, below = erf((col - x[i]) / scale), erf((row - y[i]) / scale)
        for step in range(2 * reach + 1):
            right = erf((col + step + 1 - x[i]) / scale)
            above = erf((row + step + 1 - y[i]) / scale)
            across[step], along[step] = 0.5 * (right - left), 0.5 * (above - below)
            left, below = right, above
        for a in range(max(0, -col), min(2 * reach + 1, columns - col)):
            share = across[a] * weight[i]
            for b in range(max(0, -row), min(2 * reach + 1, rows - row)):
                cell = index[col + a, row + b]
                if cell >= 0:
                    out[cell] += share * along[b]
