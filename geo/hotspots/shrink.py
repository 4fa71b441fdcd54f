"""Rates of small counts drawn towards the whole, as much as the data themselves ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.95
_STEPS = 31
_WIDE = 5.0
_SOME = 64
_ROUNDS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Shrunken:
    """
    Rates after borrowing strength.

    Parameters
    ----------
    rate
        Posterior mean of each unit's rate, incidents per unit of exposure, shape (n,).
    low, high
        Interval of each rate, shape (n,).
    mean
        The whole's rate.
    spread
        Squared coefficient of variation of the true rates, posterior mean; near 0 when the
        counts scatter no more than chance.
    """

    rate: Floats
    low: Floats
    high: Floats
    mean: float
    spread: float


def shrink(counts: ArrayLike, exposure: ArrayLike, *, level: float = LEVEL) -> Shrunken:
    """
    Draw each unit's rate towards the whole: gamma rates behind Poisson counts.

    Parameters
    ----------
    counts
        Incidents in each unit, >= 0, shape (n,).
    exposure
        Street length, people or area of each, > 0, shape (n,).
    level
        Chance that an interval covers the true rate, over units like these.

    Returns
    -------
    Shrunken
        A unit with much data keeps its own rate; one with little gets mostly the whole's.

    Raises
    ------
    AnalysisError
        If the shapes differ, a count is below 0 or an exposure not above 0.

    Notes
    -----
    Plain empirical Bayes takes the fitted gamma as known, and its intervals are then too
    narrow when there are few units. Here mean and spread are integrated over a grid weighted
    by their likelihood (negative binomial), each unit's rate being a mixture of gammas. With m
    the mean expected count, the shrinkage factor B = 1 / (1 + rho m) has the prior Beta(1/2,
    1), a little towards units that differ: an even one let too many intervals miss.

    References
    ----------
    .. [1] Clayton, D. and Kaldor, J. (1987). Empirical Bayes estimates of age-standardized
       relative risks for use in disease mapping. Biometrics 43(3), 671-681.
       doi:10.2307/2532003
    .. [2] Christiansen, C. L. and Morris, C. N. (1997). Hierarchical Poisson regression
       modeling. JASA 92(438), 618-632. doi:10.1080/01621459.1997.10474013

    Examples
    --------
    >>> out = shrink([0, 4, 5, 6, 40], [1, 1, 1, 1, 1])
    >>> bool(out.rate[0] > 0), bool(out.rate[4] < 40)
    (True, True)
    """
    n, e = np.asarray(counts, np.float64), np.asarray(exposure, np.float64)
    sane = n.shape == e.shape and np.isfinite(n).all() and np.isfinite(e).all()
    if not sane or (n < 0).any() or (e <= 0).any() or not 0 < level < 1:
        msg = "rates need a count from 0 up and an exposure above 0 for each unit."
        raise AnalysisError(msg, found=int(n.size), fix="leave units without exposure out")
    if n.size == 0:
        return Shrunken(n, n, n, 0.0, 0.0)
    if n.sum() == 0:
        return _nothing(e, level)
    mean, shape, weight = _grid(n, e)
    scale = mean / shape
    post_shape = shape[:, None] + n[None, :]
    post_scale = 1 / (1 / scale[:, None] + e[None, :])
    rate = weight @ (post_shape * post_scale)
    side = (1 - level) / 2
    low = _quantile(side, post_shape, post_scale, weight)
    high = _quantile(1 - side, post_shape, post_scale, weight)
    return Shrunken(rate, low, high, float(weight @ mean), float(weight @ (1 / shape)))


def _nothing(e: Floats, level: float) -> Shrunken:
    """Say the same of every unit when nothing happened anywhere: Jeffreys' rate of the whole."""
    from scipy.special import gammaincinv

    side, whole = (1 - level) / 2, float(e.sum())
    low, high = (np.full(e.size, float(gammaincinv(0.5, at)) / whole) for at in (side, 1 - side))
    return Shrunken(np.full(e.size, 0.5 / whole), low, high, 0.5 / whole, 0.0)


def _grid(n: Floats, e: Floats) -> tuple[Floats, Floats, Floats]:
    """
    Means and gamma shapes with their posterior weights.

    A coarse grid finds where the weight is, a fine one covers it.
    """
    total, whole = float(n.sum()), float(e.sum())
    usual = (total + 0.5) / n.size
    middle = np.log((total + 0.5) / whole)
    span, even = (middle - _WIDE, middle + _WIDE), (0.0, 1.0)
    for last in (False, False, True):
        log_mean = np.linspace(*span, _STEPS)
        factor = even[0] + (np.arange(_STEPS) + 0.5) / _STEPS * (even[1] - even[0])
        a, b = (part.ravel() for part in np.meshgrid(log_mean, factor, indexing="ij"))
        rho = np.maximum((1 / b - 1) / usual, 1e-9)
        fit = _fit(n, e, mean=np.exp(a), shape=1 / rho)
        fit -= 0.5 * np.log(b)
        weight = np.exp(fit - fit.max())
        kept = weight > (1e-8 if last else 1e-5)
        if last:
            break
        step_a, step_b = (span[1] - span[0]) / (_STEPS - 1), (even[1] - even[0]) / _STEPS
        span = (a[kept].min() - step_a, a[kept].max() + step_a)
        even = (max(0.0, b[kept].min() - step_b), min(1.0, b[kept].max() + step_b))
    return np.exp(a[kept]), 1 / rho[kept], weight[kept] / weight[kept].sum()


def _fit(n: Floats, e: Floats, *, mean: Floats, shape: Floats) -> Floats:
    """Log-likelihood of the counts for each mean and shape: negative binomial."""
    from scipy.special import gammaln

    value, times = np.unique(n, return_counts=True)
    out = (gammaln(shape[:, None] + value[None, :]) - gammaln(shape)[:, None]) @ times
    for start in range(0, mean.size, _SOME):
        part = slice(start, start + _SOME)
        odds = (mean[part] / shape[part])[:, None] * e[None, :]
        grown = np.log1p(odds)
        out[part] += np.log(odds) @ n - grown @ n - shape[part] * grown.sum(axis=1)
    return np.asarray(out)


def _quantile(at: float, shape: Floats, scale: Floats, weight: Floats) -> Floats:
    """Quantiles of mixtures of gammas, one a column, by halving."""
    from scipy.special import gammainc, gammaincinv

    each = gammaincinv(shape, at) * scale
    low, high = each.min(axis=0), each.max(axis=0)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        below = weight @ gammainc(shape, middle[None, :] / scale) < at
        low, high = np.where(below, middle, low), np.where(below, high, middle)
        if (high - low <= 1e-10 * np.maximum(high, 1e-300)).all():
            break
    return np.asarray((low + high) / 2)
