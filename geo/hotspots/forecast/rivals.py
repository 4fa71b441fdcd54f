"""What others would draw: the plain count, kernel maps with default settings, Gi*, last year."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from geo.hotspots.forecast.memory import YEAR_WEEKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from geo.hotspots.forecast.ground import Ground
    from geo.hotspots.forecast.trail import Trail
    from geo.hotspots.forecast.walk import Fold

    Floats = NDArray[np.float64]

RADIUS_M = 250.0
_FINE = 3
"""Points are binned in this many parts of a cell a side before a kernel map is drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """
    What a method may look at: the past alone.

    Parameters
    ----------
    past
        The incidents before the forecast.
    ground
        The study area.
    fold
        The product's own forecast of the moment, and the plain count.
    """

    past: Trail
    ground: Ground
    fold: Fold


def auto(moment: Moment) -> Floats:
    """
    Rank by the product's own forecast.

    Parameters
    ----------
    moment
        The past.

    Returns
    -------
    numpy.ndarray
        Score of each cell, shape (cells,).
    """
    return moment.fold.auto


def naive(moment: Moment) -> Floats:
    """
    Rank by the plain long-run count of each cell.

    Parameters
    ----------
    moment
        The past.

    Returns
    -------
    numpy.ndarray
        Score of each cell, shape (cells,).
    """
    return moment.fold.naive


def last_year(moment: Moment) -> Floats:
    """
    Rank by the count of the last 52 weeks.

    Parameters
    ----------
    moment
        The past.

    Returns
    -------
    numpy.ndarray
        Score of each cell, shape (cells,).
    """
    past, since = moment.past, moment.fold.block - round(YEAR_WEEKS * 7 / moment.past.block_days)
    rows = past.between(since, moment.fold.block)
    return moment.ground.spread(past.x[rows], past.y[rows], past.weight[rows], kernel_m=0.0)


def kde_silverman(moment: Moment) -> Floats:
    """
    Rank by a Gaussian kernel map with Silverman's bandwidth, sd times n to the power -1/6.

    Parameters
    ----------
    moment
        The past.

    Returns
    -------
    numpy.ndarray
        Density at the middle of each cell, shape (cells,).

    References
    ----------
    .. [1] Silverman, B. W. (1986). Density Estimation for Statistics and Data Analysis.
       Chapman and Hall. doi:10.1201/9781315140919
    """
    from scipy.ndimage import gaussian_filter

    step, counts = _binned(moment)
    past = moment.past
    size = max(past.x.size, 1)
    width = [max(float(np.std(v)), step) * size ** (-1 / 6) / step for v in (past.x, past.y)]
    return _middles(moment, gaussian_filter(counts, width, mode="constant"))


def kde_250(moment: Moment) -> Floats:
    """
    Rank by a quartic kernel map of radius 250 m.

    Parameters
    ----------
    moment
        The past.

    Returns
    -------
    numpy.ndarray
        Density at the middle of each cell, shape (cells,).
    """
    from scipy.signal import oaconvolve

    step, counts = _binned(moment)
    reach = int(np.floor(RADIUS_M / step))
    gap = np.arange(-reach, reach + 1) * step / RADIUS_M
    kernel = np.clip(1 - gap[:, None] ** 2 - gap[None, :] ** 2, 0, None) ** 2
    density = np.asarray(oaconvolve(counts, kernel, mode="same"))
    return _middles(moment, np.round(density, 9))  # what the transform leaves of 0 is no tie-break


def gi_star(moment: Moment) -> Floats:
    """
    Rank by the z of Gi* with queen neighbours, as the usual tools colour a grid.

    Parameters
    ----------
    moment
        The past.

    Returns
    -------
    numpy.ndarray
        z of each cell, shape (cells,).

    References
    ----------
    .. [1] Ord, J. K. and Getis, A. (1995). Local Spatial Autocorrelation Statistics.
       Geographical Analysis 27(4), 286-306. doi:10.1111/j.1538-4632.1995.tb00912.x
    """
    from geo.hotspots.gi_lattice import box_score

    index = moment.ground.index
    inside = index >= 0
    held = np.zeros(index.shape)
    held[inside] = moment.fold.naive[index[inside]]
    z = box_score(held, inside)[2]
    out = np.empty(moment.ground.n)
    out[index[inside]] = z[inside]
    return out


RIVALS: Mapping[str, Callable[[Moment], Floats]] = MappingProxyType(
    {
        "auto": auto,
        "naive": naive,
        "kde-default": kde_silverman,
        "kde-default-250": kde_250,
        "gi-star": gi_star,
        "last-year": last_year,
    }
)
"""Every method a backtest can set side by side, by name."""


def _binned(moment: Moment) -> tuple[float, Floats]:
    """Count the past in small squares that divide the cells."""
    ground, past = moment.ground, moment.past
    step = ground.grid.cell_m / _FINE
    west, south = ground.corner
    shape = (ground.index.shape[0] * _FINE, ground.index.shape[1] * _FINE)
    col = np.floor((past.x - west) / step).astype(np.int64)
    row = np.floor((past.y - south) / step).astype(np.int64)
    ok = (col >= 0) & (row >= 0) & (col < shape[0]) & (row < shape[1])
    flat = np.bincount(col[ok] * shape[1] + row[ok], past.weight[ok], shape[0] * shape[1])
    return step, flat.reshape(shape)


def _middles(moment: Moment, surface: Floats) -> Floats:
    """Read a surface at the middle of every cell."""
    index = moment.ground.index
    middle = surface[_FINE // 2 :: _FINE, _FINE // 2 :: _FINE]
    out = np.empty(moment.ground.n)
    out[index[index >= 0]] = middle[index >= 0]
    return out
