"""The calculation grid of EN 13201-3 between two lamps, and what it says of a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely import LineString

    Floats = NDArray[np.float64]

_SHORT_M, _ALONG_M, _ACROSS_M = 30.0, 3.0, 1.5
_FEWEST_ALONG, _FEWEST_ACROSS = 10, 3


@dataclass(frozen=True, slots=True)
class GridResult:
    """
    What a grid of points between two lamps says.

    Parameters
    ----------
    mean_lx
        Mean, the standard's Em.
    min_lx
        Least, Emin.
    points
        How many points.
    """

    mean_lx: float
    min_lx: float
    points: int

    @property
    def uniformity(self) -> float:
        """Least over mean, the standard's Uo; 0 in the dark."""
        return self.min_lx / self.mean_lx if self.mean_lx > 0 else 0.0


def grid_counts(spacing_m: float, *, width_m: float) -> tuple[int, int]:
    """
    Count the points of the EN 13201-3 grid between two lamps.

    Parameters
    ----------
    spacing_m
        Between the lamps.
    width_m
        Of the path.

    Returns
    -------
    along, across : int
        10 points along up to 30 m, else as many as keep them 3 m apart; across
        at least 3, at most 1.5 m apart.
    """
    along = _FEWEST_ALONG if spacing_m <= _SHORT_M else int(np.ceil(spacing_m / _ALONG_M))
    return along, max(_FEWEST_ACROSS, int(np.ceil(width_m / _ACROSS_M)))


def grid_points(spacing_m: float, *, width_m: float) -> tuple[Floats, Floats]:
    """
    Place the points, the first half a step from the lamp.

    Parameters
    ----------
    spacing_m
        Between the lamps, > 0.
    width_m
        Of the path, > 0.

    Returns
    -------
    along, across : ndarray
        Metres from the lamp along the path, and from its near edge across it,
        shape (n,).

    Raises
    ------
    ValueError
        If a length is not positive.
    """
    if spacing_m <= 0 or width_m <= 0:
        msg = f"need spacing_m > 0 and width_m > 0, got {spacing_m=} and {width_m=}"
        raise ValueError(msg)
    n, k = grid_counts(spacing_m, width_m=width_m)
    along, across = np.meshgrid(
        (np.arange(n) + 0.5) * spacing_m / n, (np.arange(k) + 0.5) * width_m / k
    )
    return along.ravel(), across.ravel()


def between_lamps(
    line: LineString,
    *,
    start_m: float,
    end_m: float,
    width_m: float,
    lux: Callable[[Floats, Floats], Floats],
) -> GridResult:
    """
    Judge the stretch of a path between two lamps on the standard's grid.

    Parameters
    ----------
    line
        Centre line of the path, a shapely line in metres.
    start_m, end_m
        Where along it the lamps stand, start before end.
    width_m
        Of the path.
    lux
        Gives the light at points x, y; lamps outside the stretch count too.

    Returns
    -------
    GridResult
        Mean, least, and the number of points.
    """
    import shapely

    along, across = grid_points(end_m - start_m, width_m=width_m)
    here = shapely.get_coordinates(shapely.line_interpolate_point(line, start_m + along))
    step = 0.05
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, start_m + along + step))
    back = shapely.get_coordinates(shapely.line_interpolate_point(line, start_m + along - step))
    way = ahead - back
    way /= np.maximum(np.hypot(*way.T), 1e-12)[:, None]
    spots = here + (across - width_m / 2)[:, None] * np.column_stack([-way[:, 1], way[:, 0]])
    got = lux(spots[:, 0], spots[:, 1])
    return GridResult(float(got.mean()), float(got.min()), got.size)
