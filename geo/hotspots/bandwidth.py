"""How wide a kernel should be: a rule of thumb, by held-out likelihood, and by local density."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

NORMAL_IQR = 1.34
_LEAST = 2
_REACH = 5.0


def rule_of_thumb(x: ArrayLike, y: ArrayLike) -> tuple[float, float]:
    """
    Give the bandwidth that many tools take when none is asked for.

    Parameters
    ----------
    x, y
        Positions, metres, shape (n,).

    Returns
    -------
    east, north : float
        ``4 * 1.06 * min(sd, IQR / 1.34) * n^(-1/5)`` on each axis, metres: four times
        Silverman's, which a quartic kernel's radius needs. Their mean is what is meant; taking
        only the first is a fault that has been seen.

    Raises
    ------
    AnalysisError
        If there are fewer than two points.

    References
    ----------
    .. [1] Silverman, B. W. (1986). Density Estimation for Statistics and Data Analysis.
       Chapman and Hall. doi:10.1201/9781315140919
    """
    axes = [np.asarray(axis, np.float64) for axis in (x, y)]
    if axes[0].size < _LEAST:
        msg = "a bandwidth needs at least two points."
        raise AnalysisError(msg, found=axes[0].size, fix="load more incidents, or give metres")
    out = []
    for axis in axes:
        low, high = np.quantile(axis, [0.25, 0.75])
        width = min(float(axis.std(ddof=1)), float(high - low) / NORMAL_IQR)
        out.append(4 * 1.06 * width * axis.size ** (-1 / 5))
    return out[0], out[1]


def by_likelihood(
    x: ArrayLike, y: ArrayLike, *, candidates_m: Sequence[float], weight: ArrayLike | None = None
) -> tuple[float, Floats]:
    """
    Choose the Gaussian bandwidth that best foretells places left out.

    Parameters
    ----------
    x, y
        Positions, metres, shape (n,).
    candidates_m
        Standard deviations to choose among, metres.
    weight
        What each row counts for; 1 when left out.

    Returns
    -------
    best : float
        The winner, metres; among equals the widest.
    score : numpy.ndarray
        Mean log density of a place left out, for each candidate.

    Raises
    ------
    AnalysisError
        If there are fewer than two different places.

    Notes
    -----
    All rows on one coordinate are left out together. Leaving out rows one by one lets an
    address with two incidents foretell itself, and the bandwidth falls to nothing.

    References
    ----------
    .. [1] Habbema, J. D. F., Hermans, J. and van den Broek, K. (1974). A stepwise discriminant
       analysis program using density estimation. Compstat 1974, 101-110.
    """
    points = np.column_stack((np.asarray(x, np.float64), np.asarray(y, np.float64)))
    mass = np.ones(len(points)) if weight is None else np.asarray(weight, np.float64)
    spots, at = np.unique(points, axis=0, return_inverse=True)
    count = np.bincount(at.ravel(), mass, len(spots)).astype(np.float64)
    if len(spots) < _LEAST:
        msg = "a bandwidth needs at least two different places."
        raise AnalysisError(msg, found=len(spots), fix="use finer positions, or give metres")
    widths = np.sort(np.asarray(candidates_m, np.float64))
    score = np.asarray([_held_out(spots, count, float(width)) for width in widths])
    best = float(widths[np.flatnonzero(score >= score.max() - 1e-12)[-1]])
    order = np.argsort(np.argsort(np.asarray(candidates_m, np.float64), kind="stable"))
    return best, np.asarray(score[order])


def adaptive(density: ArrayLike, *, bandwidth_m: float, at_most: float = 4.0) -> Floats:
    """
    Give every point its own bandwidth: narrow where points crowd, wide where they are few.

    Parameters
    ----------
    density
        A first density at each point, > 0, any scale, shape (n,).
    bandwidth_m
        The bandwidth that the first density was made with, metres.
    at_most
        Largest factor up or down.

    Returns
    -------
    numpy.ndarray
        Metres, shape (n,): ``h (g / f)^(1/2)`` with g the geometric mean.

    Raises
    ------
    AnalysisError
        If a density is not above 0.

    References
    ----------
    .. [1] Abramson, I. S. (1982). On bandwidth variation in kernel estimates - a square root
       law. Annals of Statistics 10(4), 1217-1223. doi:10.1214/aos/1176345986
    """
    first = np.asarray(density, np.float64)
    if first.size and not (np.isfinite(first).all() and first.min() > 0):
        msg = "the first density must be above 0 at every point."
        raise AnalysisError(msg, fix="take it from a kernel that reaches each point itself")
    if not first.size:
        return first
    mean = np.exp(np.log(first).mean())
    return np.asarray(bandwidth_m * np.clip(np.sqrt(mean / first), 1 / at_most, at_most))


def _held_out(spots: Floats, count: Floats, width: float) -> float:
    """Mean log density of each place from all other places."""
    from scipy.spatial import KDTree

    tree, total = KDTree(spots), float(count.sum())
    pairs = tree.sparse_distance_matrix(tree, _REACH * width, output_type="ndarray")
    other = pairs["i"] != pairs["j"]
    i, j, gap = pairs["i"][other], pairs["j"][other], pairs["v"][other]
    kernel = np.exp(-(gap**2) / (2 * width**2)) / (2 * np.pi * width**2)
    found = np.bincount(i, kernel * count[j], len(spots)) / np.maximum(total - count, 1e-12)
    # A place out of everyone's reach has the density of the cut tail, not none at all.
    floor = np.exp(-(_REACH**2) / 2) / (2 * np.pi * width**2) / len(spots)
    return float(np.average(np.log(np.maximum(found, floor)), weights=count))
