"""Ripley's K and L: whether points gather at a distance, over the whole area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_LEAST = 2


def ripley_k(
    x: ArrayLike, y: ArrayLike, *, at_m: ArrayLike, area_m2: float, unbiased: bool = False
) -> Floats:
    """
    Count neighbours within each distance, per density; no edge correction.

    Parameters
    ----------
    x, y
        Positions, metres, shape (n,).
    at_m
        Distances, metres, included, shape (k,).
    area_m2
        Area of the study area.
    unbiased
        Divide by n (n - 1) and not by n squared; both are in use.

    Returns
    -------
    numpy.ndarray
        ``A / n^2 * (ordered pairs within r)``, square metres, shape (k,); pi r^2 under
        complete spatial randomness, away from edges.

    Raises
    ------
    AnalysisError
        If there are fewer than two points, or no area.

    References
    ----------
    .. [1] Ripley, B. D. (1976). The second-order analysis of stationary point processes.
       Journal of Applied Probability 13(2), 255-266. doi:10.2307/3212829

    Examples
    --------
    >>> ripley_k([0, 0, 1, 1], [0, 1, 0, 1], at_m=[1.0, 1.5], area_m2=4.0).tolist()
    [2.0, 3.0]
    """
    from scipy.spatial import KDTree

    points = np.column_stack((np.asarray(x, np.float64), np.asarray(y, np.float64)))
    reach = np.asarray(at_m, np.float64)
    if len(points) < _LEAST or not area_m2 > 0:
        msg = "K needs at least two points and an area above 0."
        raise AnalysisError(msg, found=len(points), area_m2=area_m2, fix="give the study area")
    tree = KDTree(points)
    order = np.argsort(reach, kind="stable")
    within = np.empty(reach.size)
    within[order] = tree.count_neighbors(tree, reach[order]) - len(points)
    n = len(points)
    return np.asarray(area_m2 * within / (n * (n - 1) if unbiased else n * n))


def ripley_l(k: ArrayLike) -> Floats:
    """
    Put K on the scale of distance.

    Parameters
    ----------
    k
        From `ripley_k`, square metres.

    Returns
    -------
    numpy.ndarray
        ``sqrt(K / pi)``, metres; the distance itself under complete spatial randomness.

    Examples
    --------
    >>> ripley_l([2.0]).round(3).tolist()
    [0.798]
    """
    return np.asarray(np.sqrt(np.asarray(k, np.float64) / np.pi))
