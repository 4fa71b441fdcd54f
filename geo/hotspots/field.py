"""The period's counts on the small cells, and the grids and windows laid over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.frames import DEFAULT_ACCURACY_M
from geo.grid import Grid
from geo.hotspots.exposure import ATOMS, Exposure, measure, settle
from geo.hotspots.scan import Windows

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geo.hotspots.context import Context, Events

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CELL_M = 50.0
RADII_M = (75.0, 125.0)


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """
    Counts and exposure on the small cells: what every grid is summed from.

    Parameters
    ----------
    exposure
        Street length by kind of land.
    n
        Incidents in each small cell, shape (n,).
    at
        The small cell of each countable incident, in the period or before, -1 when out of
        reach of any street.
    moved
        How many incidents were moved to their nearest street.
    """

    exposure: Exposure
    n: Floats
    at: Ints
    moved: int

    @classmethod
    def of(cls, context: Context, events: Events, *, rng: np.random.Generator) -> Field:
        """
        Measure the exposure and count the period's incidents.

        Parameters
        ----------
        context
            The analysis.
        events
            Its countable incidents.
        rng
            Draws the probes of the position error.

        Returns
        -------
        Field
            The counts.
        """
        rows: pd.DataFrame = events.current
        exposure = measure(
            context.streets,
            areas=context.areas,
            x=rows["x"].to_numpy(float),
            y=rows["y"].to_numpy(float),
            accuracy_m=rows["accuracy_m"].fillna(DEFAULT_ACCURACY_M).to_numpy(float),
            rng=rng,
        )
        return cls.count(exposure, events)

    @classmethod
    def count(cls, exposure: Exposure, events: Events) -> Field:
        """
        Count the period's incidents on an exposure that is measured already.

        Parameters
        ----------
        exposure
            Street length by kind of land.
        events
            Countable incidents.

        Returns
        -------
        Field
            The counts.
        """
        rows, now = events.rows, events.in_period
        at, moved = settle(exposure, x=rows["x"].to_numpy(float), y=rows["y"].to_numpy(float))
        counted = (at >= 0) & now
        weight = rows["count"].to_numpy(float)[counted]
        n = np.bincount(at[counted], weight, exposure.key.size).astype(float)
        return cls(exposure, n, at, int(moved[now].sum()))

    def cells(self, grid: Grid) -> Ints:
        """
        Give the cell of each countable incident on a grid.

        Parameters
        ----------
        grid
            The cells.

        Returns
        -------
        numpy.ndarray
            Packed cells, -1 for those out of reach of any street.
        """
        out = np.full(self.at.size, -1, dtype=np.int64)
        held = self.at >= 0
        out[held] = grid.keys(*ATOMS.centres(self.exposure.key[self.at[held]]))
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The small cells summed to the search's own cells, with the windows on them."""

    inverse: Ints
    windows: Windows

    def sum(self, values: Floats) -> Floats:
        """
        Sum small cells to cells.

        Parameters
        ----------
        values
            One value a small cell, shape (n,).

        Returns
        -------
        numpy.ndarray
            One value a cell, shape (m,).
        """
        size = self.windows.key.size
        return np.bincount(self.inverse, values, size).astype(np.float64)


def lay(exposure: Exposure, *, grid: Grid, radii_m: tuple[float, ...]) -> Layout:
    """
    Lay a grid of cells, and windows on it, over the small cells.

    Parameters
    ----------
    exposure
        The study area.
    grid
        Cells whose side and shift are multiples of 25 m.
    radii_m
        Radii of the windows.

    Returns
    -------
    Layout
        Ready for summing.
    """
    key, inverse = np.unique(grid.keys(*ATOMS.centres(exposure.key)), return_inverse=True)
    street = np.bincount(inverse, exposure.street_m, key.size).astype(np.float64)
    return Layout(inverse, Windows.of(key, grid=grid, street_m=street, radii_m=radii_m))
