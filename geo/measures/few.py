"""Tests for a handful of counts: two rates, the busiest spell, the days of a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def compare_counts(
    n: tuple[int, int], periods: tuple[float, float] = (1.0, 1.0), *, pooled: bool = False
) -> float:
    """
    Test whether two Poisson counts have one rate: the E-test.

    Parameters
    ----------
    n
        The counts.
    periods
        What each was counted over.
    pooled
        Order the outcomes by the variance under one rate, as some tools do, and not by the
        paper's; they differ only when the periods do.

    Returns
    -------
    float
        Two-sided p; 1 when nothing happened in either.

    References
    ----------
    .. [1] Krishnamoorthy, K. and Thomson, J. (2004). A more powerful test for comparing two
       Poisson means. Journal of Statistical Planning and Inference 119(1), 23-35.
       doi:10.1016/S0378-3758(02)00408-1

    Examples
    --------
    >>> round(compare_counts((6, 2)), 4)
    0.1749
    """
    from scipy.stats import poisson, poisson_means_test

    if sum(n) == 0:
        return 1.0
    if not pooled:
        return float(poisson_means_test(n[0], periods[0], n[1], periods[1]).pvalue)
    rate = sum(n) / sum(periods)
    tops = [int(poisson.isf(1e-15, rate * length)) + 1 for length in periods]
    x, y = np.arange(tops[0] + 1)[:, None], np.arange(tops[1] + 1)[None, :]
    chance = poisson.pmf(x, rate * periods[0]) * poisson.pmf(y, rate * periods[1])
    gap = np.abs(x / periods[0] - y / periods[1])
    width = np.sqrt((x + y) / sum(periods))
    score = np.divide(gap, width, out=np.zeros_like(gap), where=width > 0)
    seen = abs(n[0] / periods[0] - n[1] / periods[1]) / np.sqrt(rate)
    return float(min(1.0, chance[score >= seen - 1e-12].sum()))


def busiest_spell(n: int, *, mean: float, spell: float, whole: float) -> float:
    """
    Tell how likely some spell of a period is to hold at least as many, by chance.

    Parameters
    ----------
    n
        Incidents in the busiest spell, at least 2.
    mean
        Incidents per unit of time.
    spell, whole
        Length of the spell and of the period, same unit; at least two spells long.

    Returns
    -------
    float
        Probability, by Naus's approximation for a Poisson stream.

    References
    ----------
    .. [1] Naus, J. I. (1982). Approximations for distributions of scan statistics. JASA
       77(377), 177-183. doi:10.1080/01621459.1982.10477783

    Examples
    --------
    >>> round(busiest_spell(6, mean=0.6, spell=1, whole=208), 6)
    0.039023
    """
    two, three = naus(n, mean=mean * spell)
    return float(1 - two * (three / two) ** (whole / spell - 2))


def naus(n: int, *, mean: float, last: int | None = None) -> tuple[float, float]:
    """
    Give the chance that no spell within two, and within three, spells' length holds n.

    Parameters
    ----------
    n
        Incidents, at least 2.
    mean
        Mean in one spell.
    last
        Where the last sum of the second stops; n - 1 when left out. One tool stops at n - 2.

    Returns
    -------
    two, three : float
        The exact chances Q2 and Q3 of Naus (1982).
    """
    from scipy.special import pdtr
    from scipy.stats import poisson

    def at(k: ArrayLike) -> NDArray[np.float64]:
        return np.asarray(poisson.pmf(k, mean))

    def upto(k: ArrayLike) -> NDArray[np.float64]:
        value = np.asarray(k, np.float64)
        return np.where(value < 0, 0.0, pdtr(np.maximum(value, 0), mean))

    two = upto(n - 1) ** 2 - (n - 1) * at(n) * at(n - 2) - (n - 1 - mean) * at(n) * upto(n - 3)
    r = np.arange(1, n)
    s = np.arange(1, (n - 1 if last is None else last) + 1)
    a1 = 2 * at(n) * upto(n - 1) * ((n - 1) * upto(n - 2) - mean * upto(n - 3))
    a2 = 0.5 * at(n) ** 2 * (
        (n - 1) * (n - 2) * upto(n - 3) - 2 * (n - 2) * mean * upto(n - 4) + mean**2 * upto(n - 5)
    )  # fmt: skip
    a3 = (at(2 * n - r) * upto(r - 1) ** 2).sum()
    a4 = (at(2 * n - s) * at(s) * ((s - 1) * upto(s - 2) - mean * upto(s - 3))).sum()
    return float(two), float(upto(n - 1) ** 3 - a1 + a2 + a3 - a4)


def weekday_g(n: ArrayLike) -> float:
    """
    Measure how uneven counts over the days of a week are.

    Parameters
    ----------
    n
        Counts, one a day.

    Returns
    -------
    float
        ``G = 2 sum n ln(n / mean)``, days with none adding nothing.

    Examples
    --------
    >>> round(weekday_g([3, 0, 0, 0, 0, 0, 0]), 2)
    11.68
    """
    from scipy.special import xlogy

    count = np.asarray(n, np.float64)
    return float(2 * xlogy(count, count / count.mean()).sum()) if count.sum() else 0.0
