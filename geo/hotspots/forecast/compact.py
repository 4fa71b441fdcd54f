"""Places one can walk: compact blocks of cells, chosen one after another, never overlapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.hotspots.forecast.ground import Ground

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SIDE = 2
"""Cells a side: 2 x 2 cells of 150 m are 300 m across, what two wardens cover on foot."""


def compact_places(ground: Ground, score: Floats, *, most: int, side: int = SIDE) -> list[Ints]:
    """
    Choose the compact places with the largest sums, the largest first.

    Parameters
    ----------
    ground
        The study area.
    score
        What to sum, shape (cells,), >= 0.
    most
        How many places.
    side
        Cells a side of a place.

    Returns
    -------
    list of numpy.ndarray
        The cells of each place; a place at the edge of the study area has fewer. Shorter
        than `most` when nothing is left to sum. Ties go to the south-west.
    """
    inside = ground.index >= 0
    shape = (inside.shape[0] + side - 1, inside.shape[1] + side - 1)
    field = np.zeros(shape)
    held = np.full(shape, -1, dtype=np.int64)
    held[: inside.shape[0], : inside.shape[1]] = ground.index
    field[: inside.shape[0], : inside.shape[1]][inside] = score[ground.index[inside]]
    windows = sum(
        field[a : a + inside.shape[0], b : b + inside.shape[1]]
        for a in range(side)
        for b in range(side)
    )
    sums = np.array(windows, dtype=np.float64)
    out: list[Ints] = []
    while len(out) < most:
        best = int(np.argmax(sums))
        if not sums.flat[best] > 0:
            break
        col, row = divmod(best, sums.shape[1])
        cells = held[col : col + side, row : row + side].ravel()
        out.append(cells[cells >= 0])
        low_c, low_r = max(0, col - side + 1), max(0, row - side + 1)
        sums[low_c : col + side, low_r : row + side] = 0.0  # what would overlap it
    return out
