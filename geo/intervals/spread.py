"""Exact intervals, the comparison of two rates, and false discoveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.intervals.tails import as_counts, binomial_tail

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.95


def poisson_interval(n: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """
    Give the exact interval of a Poisson mean.

    Parameters
    ----------
    n
        Counts, any shape, >= 0; sums of weights are allowed and interpolate.
    level
        Chance, at least, that the interval covers the mean, in (0, 1).

    Returns
    -------
    low : numpy.ndarray
        Lower limits, same shape; 0 where the count is 0.
    high : numpy.ndarray
        Upper limits, same shape.

    References
    ----------
    .. [1] Garwood, F. (1936). Fiducial limits for the Poisson distribution.
       Biometrika 28(3/4), 437-442. doi:10.1093/biomet/28.3-4.437

    Examples
    --------
    >>> low, high = poisson_interval([0, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 4.795], [3.689, 18.39])
    """
    from scipy.special import gammaincinv

    counts = as_counts(n, name="n")
    side = (1 - _share(level)) / 2
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1e-12), side), 0.0)
    return low, np.asarray(gammaincinv(counts + 1, 1 - side))


def binomial_interval(k: ArrayLike, n: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """
    Give the exact interval of a share.

    Parameters
    ----------
    k
        Successes, 0 <= k <= n.
    n
        Trials; where it is 0 the interval is [0, 1].
    level
        Chance, at least, that the interval covers the share, in (0, 1).

    Returns
    -------
    low : numpy.ndarray
        Lower limits, broadcast shape.
    high : numpy.ndarray
        Upper limits, broadcast shape.

    References
    ----------
    .. [1] Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits
       illustrated in the case of the binomial. Biometrika 26(4), 404-413.
       doi:10.1093/biomet/26.4.404

    Examples
    --------
    >>> low, high = binomial_interval(2, 10)
    >>> round(float(low), 4), round(float(high), 4)
    (0.0252, 0.5561)
    """
    from scipy.special import betaincinv

    hits, trials = np.broadcast_arrays(as_counts(k, name="k"), as_counts(n, name="n"))
    if np.any(hits > trials):
        msg = "a binomial interval needs k <= n"
        raise ValueError(msg)
    side = (1 - _share(level)) / 2
    misses = trials - hits
    low = np.where(hits > 0, betaincinv(np.maximum(hits, 1e-12), misses + 1, side), 0.0)
    high = np.where(misses > 0, betaincinv(hits + 1, np.maximum(misses, 1e-12), 1 - side), 1.0)
    return low, high


def compare_rates(
    k: ArrayLike, k_before: ArrayLike, *, exposure: ArrayLike, exposure_before: ArrayLike
) -> Floats:
    """
    Test whether a rate exceeds an earlier one, given both counts' sum.

    Parameters
    ----------
    k, k_before
        The two counts, >= 0.
    exposure, exposure_before
        What each count is over (weeks, metres, expected counts), > 0.

    Returns
    -------
    numpy.ndarray
        One-sided exact p of no more than before, broadcast shape; 1 where both are 0.

    References
    ----------
    .. [1] Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples
       from Poisson series. Biometrika 31(3/4), 313-323. doi:10.1093/biomet/31.3-4.313

    Examples
    --------
    >>> round(float(compare_rates(9, 1, exposure=4, exposure_before=4)), 6)
    0.010742
    """
    now = np.floor(as_counts(k, name="k") + 1e-9)
    before = np.ceil(as_counts(k_before, name="k_before") - 1e-9)
    here, there = as_counts(exposure, name="exposure"), as_counts(exposure_before, name="exposure")
    if np.any(here <= 0) or np.any(there <= 0):
        msg = "rates need exposures above 0"
        raise ValueError(msg)
    return binomial_tail(now, now + before, here / (here + there))


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """
    Adjust p-values so that a cut at q keeps the share of false finds at most q.

    Parameters
    ----------
    p
        p-values, shape (n,), each in [0, 1].

    Returns
    -------
    numpy.ndarray
        q-values, same order, never below p and monotone in it.

    References
    ----------
    .. [1] Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate.
       JRSS B 57(1), 289-300. doi:10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    values = np.asarray(p, dtype=np.float64)
    if values.size == 0:
        return values.copy()
    if not bool(np.all((values >= 0) & (values <= 1))):
        msg = "p-values must lie in [0, 1]"
        raise ValueError(msg)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * values.size / np.arange(1, values.size + 1)
    out = np.empty_like(values)
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return np.maximum(out, values)  # p n / n may round below p


def _share(level: float) -> float:
    """Refuse a level that is no share."""
    if not 0 < level < 1:
        msg = f"level must lie in (0, 1), got {level}"
        raise ValueError(msg)
    return level
