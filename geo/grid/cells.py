"""Square, half-open cells that lie still, and counting what falls in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_HALF = np.int64(1 << 30)
_SHIFT = np.int64(1 << 31)


@dataclass(frozen=True, slots=True)
class Grid:
    """
    Square, half-open cells whose edges are multiples of their size in the working CRS.

    A cell holds its west and south edge, not its east and north one, so a point on an edge
    lies in exactly one cell. As the origin is the CRS's own, cells are the same every week.

    Parameters
    ----------
    cell_m
        Side of a cell, metres, > 0.
    shift_m
        How far the whole grid is moved east and north, metres.

    Examples
    --------
    >>> col, row = Grid(50).of([0.0, 49.999, 50.0], [10.0, 10.0, 10.0])
    >>> col.tolist()
    [0, 0, 1]
    """

    cell_m: float
    shift_m: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        """Refuse a size that is none."""
        if not self.cell_m > 0:
            msg = f"a cell must have a side above 0 m, got {self.cell_m}"
            raise ValueError(msg)

    def of(self, x: ArrayLike, y: ArrayLike) -> tuple[Ints, Ints]:
        """
        Find the cell of each point.

        Parameters
        ----------
        x, y
            East and north in the working CRS, metres, shape (n,).

        Returns
        -------
        col, row : numpy.ndarray
            int64, shape (n,).
        """
        east, north = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        col = np.floor((east - self.shift_m[0]) / self.cell_m).astype(np.int64)
        return col, np.floor((north - self.shift_m[1]) / self.cell_m).astype(np.int64)

    def keys(self, x: ArrayLike, y: ArrayLike) -> Ints:
        """
        Find the cell of each point, as one sortable number.

        Parameters
        ----------
        x, y
            East and north in the working CRS, metres, shape (n,).

        Returns
        -------
        numpy.ndarray
            int64, shape (n,); see `pack`.
        """
        return pack(*self.of(x, y))

    def centres(self, keys: Ints) -> tuple[Floats, Floats]:
        """
        Give the middle of each cell.

        Parameters
        ----------
        keys
            Packed cells, shape (n,).

        Returns
        -------
        x, y : numpy.ndarray
            Metres, shape (n,).
        """
        col, row = unpack(keys)
        x = np.asarray((col + 0.5) * self.cell_m + self.shift_m[0], dtype=np.float64)
        y = np.asarray((row + 0.5) * self.cell_m + self.shift_m[1], dtype=np.float64)
        return x, y

    def polygons(self, keys: Ints) -> NDArray[Any]:
        """
        Draw the cells.

        Parameters
        ----------
        keys
            Packed cells, shape (n,).

        Returns
        -------
        numpy.ndarray
            Polygons, shape (n,), in the working CRS.
        """
        import shapely

        x, y = self.centres(keys)
        half = self.cell_m / 2
        return np.asarray(shapely.box(x - half, y - half, x + half, y + half), dtype=object)


def pack(col: Ints, row: Ints) -> Ints:
    """
    Make one sortable number of a cell's column and row.

    Parameters
    ----------
    col, row
        int64, any shape, each within ±2**30.

    Returns
    -------
    numpy.ndarray
        int64; neighbours in a column differ by 1.
    """
    return np.asarray((col + _HALF) * _SHIFT + (row + _HALF), dtype=np.int64)


def unpack(keys: Ints) -> tuple[Ints, Ints]:
    """
    Undo `pack`.

    Parameters
    ----------
    keys
        Packed cells, any shape.

    Returns
    -------
    col, row : numpy.ndarray
        int64, same shape.
    """
    return keys // _SHIFT - _HALF, keys % _SHIFT - _HALF


def find(keys: Ints, wanted: Ints) -> Ints:
    """
    Look cells up among sorted cells.

    Parameters
    ----------
    keys
        Packed cells, sorted and distinct, shape (n,).
    wanted
        Packed cells to look up, any shape.

    Returns
    -------
    numpy.ndarray
        Positions in `keys`, -1 where there is no such cell; shape of `wanted`.
    """
    if keys.size == 0:
        return np.full(wanted.shape, -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[at] == wanted, at, -1)


def count(keys: Ints, wanted: Ints, weights: Floats | None = None) -> Floats:
    """
    Sum the weights of what falls in each cell.

    Parameters
    ----------
    keys
        The cells to fill, sorted and distinct, shape (n,).
    wanted
        The cell of each thing, shape (m,); those in none of `keys` are left out.
    weights
        What each thing counts for, shape (m,); one when not given.

    Returns
    -------
    numpy.ndarray
        float64, shape (n,).
    """
    at = find(keys, wanted)
    held = at >= 0
    each = None if weights is None else weights[held]
    return np.bincount(at[held], weights=each, minlength=keys.size).astype(np.float64)
