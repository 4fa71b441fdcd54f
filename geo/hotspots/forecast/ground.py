"""The study area as numbered cells, and kernels summed exactly over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError
from geo.grid import STUDY_REACH_M, Grid, study_cells, unpack
from geo.grid.cells import pack

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_MOST_CELLS = 60_000_000
_STRAY = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """
    Cells of the study area, each with a number.

    Parameters
    ----------
    grid
        The cells.
    keys
        Packed cells, sorted and distinct, shape (n,).
    index
        Number of each cell by column and row, -1 outside, shape (columns, rows).
    first
        Column and row of the index's corner.
    """

    grid: Grid
    keys: Ints
    index: NDArray[np.int32]
    first: tuple[int, int]

    @classmethod
    def of(cls, keys: Ints, *, grid: Grid) -> Ground:
        """
        Give every cell its number.

        Parameters
        ----------
        keys
            Packed cells, sorted and distinct.
        grid
            The cells.

        Returns
        -------
        Ground
            The study area.

        Raises
        ------
        AnalysisError
            If there is none, or it is spread over a country.
        """
        if keys.size == 0:
            msg = "there is no study area: no street, and no incident to learn from."
            raise AnalysisError(msg, fix="load streets or older incidents first")
        col, row = unpack(keys)
        c0, r0 = int(col.min()), int(row.min())
        shape = (int(col.max()) - c0 + 1, int(row.max()) - r0 + 1)
        if shape[0] * shape[1] > _MOST_CELLS:
            msg = "the incidents are spread too far for one municipality."
            fix = "set `extent` in profile.toml and load the file again, or use larger cells"
            raise AnalysisError(msg, found=f"{shape[0]} x {shape[1]} cells", fix=fix)
        index = np.full(shape, -1, dtype=np.int32)
        index[col - c0, row - r0] = np.arange(keys.size)
        return cls(grid, keys, index, (c0, r0))

    @classmethod
    def near_streets(cls, streets: GeoDataFrame, *, grid: Grid) -> Ground:
        """
        Take what lies within 300 m of a street.

        Parameters
        ----------
        streets
            Rows of the frame ``streets``.
        grid
            The cells.

        Returns
        -------
        Ground
            The study area.
        """
        return cls.of(study_cells(streets, grid=grid), grid=grid)

    @classmethod
    def near_points(cls, x: Floats, y: Floats, *, grid: Grid) -> Ground:
        """
        Take what lies within 300 m of an incident, where no streets are known.

        Incidents more than a whole width outside the middle 98 % do not stretch it.

        Parameters
        ----------
        x, y
            Incidents *before* anything that is to be forecast, metres, shape (n,).
        grid
            The cells.

        Returns
        -------
        Ground
            The study area.
        """
        from scipy.spatial import cKDTree

        if not x.size:
            return cls.of(np.empty(0, np.int64), grid=grid)
        held = _near(x) & _near(y)
        points = np.unique(np.column_stack((x[held], y[held])), axis=0)
        steps = int(np.ceil(STUDY_REACH_M / grid.cell_m))
        reach = np.arange(-steps, steps + 1, dtype=np.int64)
        col, row = unpack(np.unique(grid.keys(points[:, 0], points[:, 1])))
        wide = np.unique(pack(col[:, None] + reach, row[:, None]))
        col, row = unpack(wide)
        near = np.unique(pack(col[:, None], row[:, None] + reach))
        gap, _ = cKDTree(points).query(np.column_stack(grid.centres(near)))
        return cls.of(near[gap <= STUDY_REACH_M], grid=grid)

    @property
    def n(self) -> int:
        """How many cells there are."""
        return int(self.keys.size)

    @property
    def area_km2(self) -> float:
        """Area of the study area, km2."""
        return self.n * self.grid.cell_m**2 / 1e6

    @property
    def corner(self) -> tuple[float, float]:
        """South-west corner of the index, metres."""
        cell, shift = self.grid.cell_m, self.grid.shift_m
        return self.first[0] * cell + shift[0], self.first[1] * cell + shift[1]

    def cells(self, x: Floats, y: Floats) -> Ints:
        """
        Find the cell of each point.

        Parameters
        ----------
        x, y
            Metres, shape (n,).

        Returns
        -------
        numpy.ndarray
            Numbers, -1 outside the study area, shape (n,).
        """
        col, row = self.grid.of(x, y)
        col, row = col - self.first[0], row - self.first[1]
        inside = (col >= 0) & (row >= 0) & (col < self.index.shape[0])
        inside &= row < self.index.shape[1]
        out = np.full(col.shape, -1, dtype=np.int64)
        out[inside] = self.index[col[inside], row[inside]]
        return out

    def spread(self, x: Floats, y: Floats, weight: Floats, *, kernel_m: float) -> Floats:
        """
        Share points out over the cells by a Gaussian, integrated exactly over every cell.

        Parameters
        ----------
        x, y, weight
            Points, metres, and what each counts for, shape (n,).
        kernel_m
            Standard deviation, metres, cut a cell beyond three; 0 counts each in its own cell.

        Returns
        -------
        numpy.ndarray
            Weight in each cell, shape (cells,); what falls outside the study area is lost.
        """
        out = np.zeros(self.n)
        if kernel_m <= 0:
            at = self.cells(x, y)
            return np.bincount(at[at >= 0], weight[at >= 0], self.n).astype(np.float64)
        if x.size:
            from geo.hotspots.forecast.stamp import stamp

            cell, (west, south) = self.grid.cell_m, self.corner
            stamp((x - west) / cell, (y - south) / cell, weight, kernel_m / cell, self.index, out)
        return out


def _near(values: Floats) -> NDArray[np.bool_]:
    """Tell which values lie within a width of the middle 98 %."""
    low = np.quantile(values, _STRAY, method="lower")
    high = np.quantile(values, 1 - _STRAY, method="higher")
    width = max(high - low, 10 * STUDY_REACH_M)
    return np.asarray((values >= low - width) & (values <= high + width))
