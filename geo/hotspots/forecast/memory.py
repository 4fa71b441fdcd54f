"""What the past says of every cell: many simple forecasts, each a share of the whole town."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.hotspots.forecast.ground import Ground
    from geo.hotspots.forecast.trail import Trail

    Floats = NDArray[np.float64]
    Shares = NDArray[np.float32]

KERNELS_M = (0.0, 50.0, 100.0, 200.0, 400.0, 800.0)
"""How far a cell borrows from its neighbours; 0 is its own count alone."""
HALF_LIVES_WEEKS = (2.0, 8.0, 26.0, 104.0, float("inf"))
"""After how long an incident weighs half: from what repeats at once to never, the long run."""
REPEATS = (2, 4, 10)
"""A point with at least this many incidents is a place of its own."""
SEASON_KERNELS_M = (0.0, 200.0)
YEAR_WEEKS = 365.25 / 7
NAIVE = len(HALF_LIVES_WEEKS) - 1
"""Which of the forecasts is the plain long-run count of the cell itself."""


class Memory:
    """
    The forecasts of all kinds, kept up block by block.

    Every forecast is a sum over past incidents of a Gaussian in space times a decay in time;
    with it go counts at points where incidents repeat, incidents of the same season, and the
    even field. Each is scaled to a share of the town, so that weights compare.

    Parameters
    ----------
    ground
        The study area.
    trail
        The incidents; only blocks passed to `add` are ever looked at.
    """

    def __init__(self, ground: Ground, trail: Trail) -> None:
        self.ground, self.trail = ground, trail
        weeks = trail.block_days / 7
        self._fade = 0.5 ** (weeks / np.asarray(HALF_LIVES_WEEKS))
        self._sums = np.zeros((len(KERNELS_M), len(HALF_LIVES_WEEKS), ground.n))
        self._season = np.zeros((len(SEASON_KERNELS_M), 3, ground.n))
        self._turn = 2 * np.pi * weeks / YEAR_WEEKS
        # half metres go up: to the nearest even, moving a town by an odd metre would part spots
        spots = np.floor(np.column_stack((trail.x, trail.y)) + 0.5)
        same = np.unique(spots, axis=0, return_inverse=True)[1].ravel()
        self._spot = same.astype(np.int64)
        self._at_spot = np.zeros(int(same.max(initial=-1)) + 1)
        self._cell_of = np.full(self._at_spot.size, -1, dtype=np.int64)
        self._cell_of[same] = ground.cells(trail.x, trail.y)

    @property
    def n_kinds(self) -> int:
        """How many forecasts there are."""
        n = len(KERNELS_M) * len(HALF_LIVES_WEEKS)
        return n + len(REPEATS) + len(SEASON_KERNELS_M) + 1

    def add(self, block: int) -> None:
        """
        Let a block pass: everything fades, and its incidents are remembered.

        Parameters
        ----------
        block
            The block; each is added once, in order.
        """
        self._sums *= self._fade[None, :, None]
        rows = self.trail.between(block, block + 1)
        if rows.start == rows.stop:
            return
        x, y = self.trail.x[rows], self.trail.y[rows]
        weight = self.trail.weight[rows]
        np.add.at(self._at_spot, self._spot[rows], weight)
        wave = np.array([1.0, np.cos(self._turn * block), np.sin(self._turn * block)])
        for i, kernel in enumerate(KERNELS_M):
            held = self.ground.spread(x, y, weight, kernel_m=kernel)
            self._sums[i] += held
            if kernel in SEASON_KERNELS_M:
                self._season[SEASON_KERNELS_M.index(kernel)] += wave[:, None] * held

    def total(self, kernel: int = 0, life: int = NAIVE) -> Floats:
        """
        Give one of the sums, unscaled.

        Parameters
        ----------
        kernel, life
            Positions in `KERNELS_M` and `HALF_LIVES_WEEKS`.

        Returns
        -------
        numpy.ndarray
            Shape (cells,).
        """
        return np.array(self._sums[kernel, life], dtype=np.float64)

    def shares(self, block: int) -> Shares:
        """
        Give every forecast as it stands before a block.

        Parameters
        ----------
        block
            The block that is to come; it tells the season.

        Returns
        -------
        numpy.ndarray
            float32, shape (kinds, cells); each row sums to one.
        """
        n = self.ground.n
        inside = self._cell_of >= 0
        cell, count = self._cell_of[inside], self._at_spot[inside]
        rows: list[Any] = [self._sums.reshape(-1, n)]
        rows += [np.bincount(cell, np.where(count >= r, count, 0.0), n)[None] for r in REPEATS]
        now = np.array([1.0, np.cos(self._turn * block), np.sin(self._turn * block)])
        rows += [np.maximum(np.tensordot(now, one, 1), 0.0)[None] for one in self._season]
        rows.append(np.ones((1, n)))
        every = np.concatenate(rows)
        whole = every.sum(axis=1, keepdims=True)
        even = np.broadcast_to(1 / n, every.shape)
        scaled = np.divide(every, whole, out=even.copy(), where=whole > 1e-9)
        return np.asarray(scaled, dtype=np.float32)
