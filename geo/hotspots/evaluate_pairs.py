"""Two methods on the same incidents: the ratio of their hits, paired, with what chance allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LEVEL = 0.95
ENOUGH_FOLDS = 10
"""With fewer folds their own scatter says too little, and incidents stand alone."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """
    The hits of one method over another's.

    Parameters
    ----------
    ratio, low, high
        The ratio and its 95 % limits; NaN when one of them has no hit.
    se
        Standard error of its logarithm.
    hits_a, hits_b
        The two sums.
    """

    ratio: float
    low: float
    high: float
    se: float
    hits_a: float
    hits_b: float


def compare(a: Floats, b: Floats, *, fold: Ints) -> Ratio:
    """
    Compare two methods on the same incidents.

    Most hits are common to both lists and say nothing of the difference. With ``A`` and
    ``B`` the sums of hits, each incident adds ``d = a/A - b/B`` to the log ratio; as incidents
    come at random the variance is the sum of ``d**2`` (delta method for a marked Poisson
    process). With ten folds or more the folds' own scatter is used when it is larger:
    ``F/(F-1)`` times the sum over folds of (sum of d)**2, Student's t with F - 1 degrees.

    Parameters
    ----------
    a, b
        Chance that each incident was a hit, in [0, 1], shape (n,).
    fold
        Fold of each incident, shape (n,).

    Returns
    -------
    Ratio
        a over b.

    Examples
    --------
    >>> both = np.ones(80); first = np.r_[np.ones(12), np.zeros(8)]
    >>> r = compare(np.r_[both, first], np.r_[both, 1 - first], fold=np.zeros(100, int))
    >>> round(r.ratio, 3), round(r.low, 3), round(r.high, 3)
    (1.045, 0.948, 1.152)
    """
    from scipy.stats import norm, t

    hits_a, hits_b = float(a.sum()), float(b.sum())
    if hits_a <= 0 or hits_b <= 0:
        nan = float("nan")
        return Ratio(nan, nan, nan, nan, hits_a, hits_b)
    d = a / hits_a - b / hits_b
    se, width = float(np.sqrt((d**2).sum())), float(norm.ppf(0.5 + LEVEL / 2))
    folds = np.unique(fold)
    if folds.size >= ENOUGH_FOLDS:
        each = np.bincount(np.searchsorted(folds, fold), d)
        scatter = float(np.sqrt(folds.size / (folds.size - 1) * (each**2).sum()))
        if scatter > se:
            se, width = scatter, float(t.ppf(0.5 + LEVEL / 2, folds.size - 1))
    log = float(np.log(hits_a / hits_b))
    low, high = np.exp(log - width * se), np.exp(log + width * se)
    return Ratio(float(np.exp(log)), float(low), float(high), se, hits_a, hits_b)


def pool(ratios: list[Ratio]) -> tuple[float, float, float]:
    """
    Pool the log ratios of several towns, each town counting the same.

    Parameters
    ----------
    ratios
        One a town; those without a ratio are left out.

    Returns
    -------
    ratio : float
        Of the mean log ratio; NaN when there is none.
    low, high : float
        Its 95 % limits, from the towns' own standard errors.
    """
    kept = [r for r in ratios if np.isfinite(r.ratio) and np.isfinite(r.se)]
    if not kept:
        return float("nan"), float("nan"), float("nan")
    from scipy.stats import norm

    log = float(np.mean([np.log(r.ratio) for r in kept]))
    se = float(np.sqrt(np.sum([r.se**2 for r in kept]))) / len(kept)
    width = float(norm.ppf(0.5 + LEVEL / 2)) * se
    return float(np.exp(log)), float(np.exp(log - width)), float(np.exp(log + width))
