"""Where the rows of a file are, points as numbers and other shapes as geometry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS


@dataclass(frozen=True)
class Places:
    """
    Where the rows are; every array has shape (n,).

    Parameters
    ----------
    x, y
        Points in the working CRS, NaN where a row has no usable place; None when
        the rows carry `shapes`.
    shapes
        Geometry in the working CRS, None where a row has no usable place; None
        for points that came as numbers.
    given_x, given_y
        The middle of what the source wrote, in `crs`; NaN where nothing is.
    written
        Something is written that can be put somewhere.
    original
        As the source has it, when it came as geometry.
    crs
        The source's system; None when no row has a place.
    missing
        Nothing is written, or only half of a pair.
    zero
        Written as 0, 0: a mark for "unknown".
    unreadable
        No number, not finite, or beyond the system's reach.
    wrong_shape
        A geometry of a kind the frame does not carry.
    mended
        Crossed itself, and was made valid.
    """

    x: NDArray[np.float64] | None
    y: NDArray[np.float64] | None
    shapes: NDArray[Any] | None
    given_x: NDArray[np.float64]
    given_y: NDArray[np.float64]
    written: NDArray[np.bool_]
    original: NDArray[Any] | None
    crs: CRS | None
    missing: NDArray[np.bool_]
    zero: NDArray[np.bool_]
    unreadable: NDArray[np.bool_]
    wrong_shape: NDArray[np.bool_]
    mended: NDArray[np.bool_]

    @property
    def located(self) -> NDArray[np.bool_]:
        """Rows with a usable place."""
        if self.shapes is not None:
            there: NDArray[np.bool_] = ~shapely.is_missing(self.shapes)
            return there
        assert self.x is not None  # noqa: S101 (tells the type checker: one or the other)
        return ~np.isnan(self.x)

    def boxes(self) -> NDArray[np.float64]:
        """
        Give each row's own box in the working CRS.

        Returns
        -------
        numpy.ndarray
            West, south, east, north, metres, shape (n, 4); NaN without a place.
        """
        if self.shapes is not None:
            out: NDArray[np.float64] = shapely.bounds(self.shapes)
            return out
        assert self.x is not None  # noqa: S101 (as above)
        assert self.y is not None  # noqa: S101 (as above)
        return np.column_stack([self.x, self.y, self.x, self.y])
