"""Every window of cells round every street cell, and the places its counts single out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.compiled import compiled
from geo.grid import Grid, find, pack, unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LEAST_STREET_M = 10.0
"""A window's middle cell holds at least this much street."""


def offsets(radius_m: float, *, cell_m: float) -> Ints:
    """
    List the cells of a window, as steps from its middle cell.

    Parameters
    ----------
    radius_m
        Cells whose middles lie within this many metres belong to it.
    cell_m
        Side of a cell, metres.

    Returns
    -------
    numpy.ndarray
        Column and row steps, nearest first, shape (c, 2).
    """
    steps = int(radius_m // cell_m)
    reach = np.arange(-steps, steps + 1, dtype=np.int64)
    both = np.stack(np.meshgrid(reach, reach, indexing="ij"), axis=-1).reshape(-1, 2)
    gap = np.hypot(both[:, 0], both[:, 1]) * cell_m
    order = np.lexsort((both[:, 1], both[:, 0], gap))
    return np.asarray(both[order][gap[order] <= radius_m + 1e-9], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """
    Round windows of cells, of several sizes, one of each round every street cell.

    Parameters
    ----------
    grid
        The cells.
    key
        All cells of the study area, sorted, shape (n,).
    centre
        Positions in `key` of the windows' middles, shape (m,).
    near
        Positions in `key` of the cells round each middle, nearest first; n where the cell is
        outside the study area. Shape (m, c).
    sizes
        How many of the c cells each size of window takes.
    radii_m
        The radius of each size, metres.
    """

    grid: Grid
    key: Ints
    centre: Ints
    near: Ints
    sizes: tuple[int, ...]
    radii_m: tuple[float, ...]

    @classmethod
    def of(cls, key: Ints, *, grid: Grid, street_m: Floats, radii_m: tuple[float, ...]) -> Windows:
        """
        Lay the windows.

        Parameters
        ----------
        key
            Cells of the study area, sorted and distinct, shape (n,).
        grid
            The cells.
        street_m
            Street length in each cell, shape (n,).
        radii_m
            Radii, smallest first.

        Returns
        -------
        Windows
            The windows.
        """
        step = offsets(radii_m[-1], cell_m=grid.cell_m)
        gap = np.hypot(step[:, 0], step[:, 1]) * grid.cell_m
        sizes = tuple(int((gap <= r + 1e-9).sum()) for r in radii_m)
        centre = np.flatnonzero(street_m >= LEAST_STREET_M)
        col, row = unpack(key[centre])
        at = find(key, pack(col[:, None] + step[:, 0], row[:, None] + step[:, 1]))
        return cls(grid, key, centre, np.where(at < 0, key.size, at), sizes, radii_m)

    def sums(self, values: Floats) -> Floats:
        """
        Sum a quantity of the cells over each window.

        Parameters
        ----------
        values
            One number a cell, shape (n,).

        Returns
        -------
        numpy.ndarray
            Shape (sizes, m).
        """
        wide = np.append(values, 0.0)
        out = np.empty((len(self.sizes), self.centre.size))
        done, total = 0, np.zeros(self.centre.size)
        for i, size in enumerate(self.sizes):
            for column in range(done, size):
                total = total + wide[self.near[:, column]]
            out[i], done = total, size
        return out

    def reach(self) -> Reach:
        """
        List for each cell the windows it belongs to: for counting again and again.

        Returns
        -------
        Reach
            The same windows, seen from the cells.
        """
        cells, windows = [], []
        for i, size in enumerate(self.sizes):
            near = self.near[:, :size].ravel()
            window = np.repeat(np.arange(self.centre.size) + i * self.centre.size, size)
            cells.append(near[near < self.key.size])
            windows.append(window[near < self.key.size])
        cell = np.concatenate(cells)
        order = np.argsort(cell, kind="stable")
        start = np.searchsorted(cell[order], np.arange(self.key.size + 1))
        scratch = np.zeros(len(self.sizes) * self.centre.size, dtype=np.int64)
        return Reach(start, np.concatenate(windows)[order], scratch)

    def middles(self) -> tuple[Floats, Floats]:
        """
        Give the middle of each window.

        Returns
        -------
        x, y : numpy.ndarray
            Metres, shape (m,).
        """
        return self.grid.centres(self.key[self.centre])


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """
    The windows each cell belongs to; windows of one size come after those of a smaller.

    Parameters
    ----------
    start
        Where each cell's windows begin in the list, shape (n + 1,).
    window
        The windows, shape (w,).
    scratch
        Zeros to count in, shape (sizes * m,).
    """

    start: Ints
    window: Ints
    scratch: Ints

    def busy(self, cells: Ints, n: Ints, *, least: Ints) -> tuple[Ints, Ints]:
        """
        Find the windows with enough incidents, in time that follows the incidents.

        Parameters
        ----------
        cells
            Cells with incidents, shape (k,).
        n
            How many each has, shape (k,).
        least
            What is enough in each window, >= 1, shape (sizes * m,).

        Returns
        -------
        window, count : numpy.ndarray
            The windows, in no order, and how many are in each.
        """
        most = int((self.start[cells + 1] - self.start[cells]).sum())
        found = np.empty((2, min(most, least.size)), dtype=np.int64)
        held = compiled(spill)(cells, n, self.start, self.window, least, self.scratch, found)
        return found[0, :held], found[1, :held]


def spill(  # noqa: PLR0917 (compiled code takes its arguments by position)
    cells: Ints, n: Ints, start: Ints, window: Ints, least: Ints, count: Ints, found: Ints
) -> int:  # pragma: no cover (compiled; a test runs the plain path)
    """
    Add each cell's incidents to its windows, and list the windows with enough.

    Parameters
    ----------
    cells, n
        Cells with incidents, and how many, shape (k,).
    start, window
        As in `Reach`.
    least, count
        What is enough, and zeros that are left as zeros, shape (windows,).
    found
        Filled with windows and their counts, shape (2, enough).

    Returns
    -------
    int
        How many were found.
    """
    for k in range(cells.size):
        for i in range(start[cells[k]], start[cells[k] + 1]):
            count[window[i]] += n[k]
    held = 0
    for cell in cells:
        for i in range(start[cell], start[cell + 1]):
            at = window[i]
            if count[at] >= least[at]:
                found[0, held], found[1, held] = at, count[at]
                held += 1
            count[at] = 0  # and so each is listed once
    return held


def pick(x: Floats, y: Floats, *, radius_m: Floats, p: Floats) -> Ints:
    """
    Pick windows by rising p, each clear of those picked before, so that no place sprawls.

    Parameters
    ----------
    x, y
        Middles, metres, shape (m,).
    radius_m
        Radii, metres, shape (m,).
    p
        Tails; ties go to the smaller window, then west, then south. Shape (m,).

    Returns
    -------
    numpy.ndarray
        Positions of the picked windows, best first.
    """
    order = np.lexsort((y, x, radius_m, p))
    left, out = order, []
    while left.size:
        best = left[0]
        out.append(best)
        gap = np.hypot(x[left] - x[best], y[left] - y[best])
        left = left[gap >= radius_m[left] + radius_m[best]]
    return np.asarray(out, dtype=np.int64)
