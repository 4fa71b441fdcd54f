"""Getis and Ord's G for one cell and for the whole, as other tools print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

_LEAST = 4


def local_g(values: ArrayLike, near: csr_array) -> Floats:
    """
    Score each cell's neighbourhood without the cell itself: G_i, standardised.

    Parameters
    ----------
    values
        Numbers from 0 up, shape (n,).
    near
        Ones where neighbours, zero diagonal, shape (n, n).

    Returns
    -------
    numpy.ndarray
        Standard scores, shape (n,); 0 where nothing varies. For comparison only: the tail of
        counts is not normal.

    Raises
    ------
    AnalysisError
        If shapes differ or a cell is its own neighbour.

    References
    ----------
    .. [1] Ord, J. K. and Getis, A. (1995). Local Spatial Autocorrelation Statistics.
       Geographical Analysis 27(4), 286-306. doi:10.1111/j.1538-4632.1995.tb00912.x
    """
    x = _checked(values, near)
    n, reach = x.size, np.asarray(near.sum(axis=1), np.float64)
    mean = (x.sum() - x) / (n - 1)
    spread = np.maximum(((x**2).sum() - x**2) / (n - 1) - mean**2, 0.0)
    width = np.sqrt(spread * np.maximum((n - 1) * reach - reach**2, 0.0) / (n - 2))
    gap = near @ x - reach * mean
    return np.asarray(np.divide(gap, width, out=np.zeros(n), where=width > 1e-12))


def global_g(values: ArrayLike, near: csr_array) -> tuple[float, float]:
    """
    Measure whether high values lie by high ones over the whole.

    Parameters
    ----------
    values
        Numbers from 0 up, not all 0, shape (n,).
    near
        Ones where neighbours, zero diagonal, symmetric, shape (n, n).

    Returns
    -------
    g : float
        Products of neighbours over products of all pairs.
    p : float
        One-sided normal tail, in the direction found.

    Raises
    ------
    AnalysisError
        If shapes differ, a cell is its own neighbour or there are fewer than four.

    References
    ----------
    .. [1] Getis, A. and Ord, J. K. (1992). The analysis of spatial association by use of
       distance statistics. Geographical Analysis 24(3), 189-206.
       doi:10.1111/j.1538-4632.1992.tb00261.x
    """
    from scipy.special import ndtr

    x = _checked(values, near)
    n = x.size
    if n < _LEAST or (x != 0).sum() <= 1:
        msg = "G needs four cells or more, and something in two of them."
        raise AnalysisError(msg, found=n, fix="count the cells first")
    m = [float((x**k).sum()) for k in range(5)]
    g = float(x @ (near @ x)) / (m[1] ** 2 - m[2])
    row = np.asarray(near.sum(axis=1), np.float64)
    both = near + near.T
    s0, s1 = float(row.sum()), float((both.multiply(both)).sum()) / 2
    s2 = float(((row + np.asarray(near.sum(axis=0), np.float64)) ** 2).sum())
    # Second moment of G over all permutations of the values.
    b = [
        (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2,
        -((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2),
        -(2 * n * s1 - (n + 3) * s2 + 6 * s0**2),
        4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0**2,
        s1 - s2 + s0**2,
    ]
    top = b[0] * m[2] ** 2 + b[1] * m[4] + b[2] * m[1] ** 2 * m[2]
    top += b[3] * m[1] * m[3] + b[4] * m[1] ** 4
    below = (m[1] ** 2 - m[2]) ** 2 * n * (n - 1) * (n - 2) * (n - 3)
    mean = s0 / (n * (n - 1))
    width = np.sqrt(top / below - mean**2)
    return g, float(ndtr(-abs((g - mean) / width)))


def _checked(values: ArrayLike, near: csr_array) -> Floats:
    """Read the values; refuse neighbours that do not fit them."""
    x = np.asarray(values, np.float64)
    if near.shape != (x.size, x.size) or near.diagonal().any() or not np.isfinite(x).all():
        msg = "G needs one number a cell, and neighbours that are others."
        raise AnalysisError(msg, found=tuple(near.shape), fix="use `neighbours` less its diagonal")
    return x
