"""The pattern over time of a place that was hot in some of its weeks, in the usual names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

Pattern = Literal[
    "new", "consecutive", "intensifying", "persistent", "diminishing", "sporadic",
    "oscillating", "historical", "none",
]  # fmt: skip
Side = Literal["hot", "cold", "neither"]
MOST = 0.9
ALPHA = 0.05


def mann_kendall(values: ArrayLike) -> tuple[int, float]:
    """
    Test for a steady rise or fall, with ties.

    Parameters
    ----------
    values
        A series in order of time, shape (t,).

    Returns
    -------
    s : int
        Pairs that rise less pairs that fall.
    p : float
        Two-sided, normal with continuity correction and the variance of tied values; 1 where
        nothing varies.

    References
    ----------
    .. [1] Mann, H. B. (1945). Nonparametric tests against trend. Econometrica 13(3), 245-259.
       doi:10.2307/1907187
    .. [2] Kendall, M. G. (1975). Rank Correlation Methods. Griffin.

    Examples
    --------
    >>> s, p = mann_kendall([1, 2, 3, 4, 5])
    >>> s, round(p, 4)
    (10, 0.0275)
    """
    from scipy.special import ndtr

    x = np.asarray(values, np.float64)
    n = x.size
    s = int(np.sign(x[None, :] - x[:, None])[np.triu_indices(n, 1)].sum())
    _, ties = np.unique(x, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    if variance <= 0:
        return s, 1.0
    z = (s - np.sign(s)) / np.sqrt(variance)
    return s, float(2 * ndtr(-abs(z)))


def pattern(
    hot: ArrayLike, scores: ArrayLike, *, cold: ArrayLike | None = None
) -> tuple[Side, Pattern]:
    """
    Name how a place was hot, or cold, over the steps of a period.

    Parameters
    ----------
    hot
        Whether it was a significant hot spot in each step, in order, shape (t,).
    scores
        Its score in each step, for the trend, shape (t,).
    cold
        Whether it was significantly cold in each step; never when left out.

    Returns
    -------
    side : str
        ``hot``, ``cold``, or ``neither`` (with the pattern ``none``).
    name : str
        ``new`` (never significant before the last step); ``consecutive`` (one unbroken run of
        two or more at the end, never so before, under 90 % of the steps); ``intensifying``,
        ``persistent``, ``diminishing`` (at least 90 % of the steps and the last, getting
        stronger, neither, weaker); ``oscillating`` (under 90 %, the other side before);
        ``sporadic`` (under 90 %, off and on); ``historical`` (at least 90 %, not the last).

    Raises
    ------
    AnalysisError
        If the series are empty or of different length, or a step is both hot and cold.

    Notes
    -----
    These are the names that users of emerging hot spot analysis know. Cold patterns mirror
    the hot ones; a cold place intensifies as its score falls.

    Examples
    --------
    >>> pattern([False] * 9 + [True], range(10))
    ('hot', 'new')
    """
    on, value = np.asarray(hot, bool), np.asarray(scores, np.float64)
    below = np.zeros(on.size, bool) if cold is None else np.asarray(cold, bool)
    if on.size == 0 or on.shape != value.shape or on.shape != below.shape:
        msg = "a pattern over time needs one answer and one score for each step."
        raise AnalysisError(msg, found=(on.size, value.size), fix="give series of equal length")
    if (on & below).any():
        msg = "a step cannot be both hot and cold."
        raise AnalysisError(msg, found=int((on & below).sum()), fix="decide by the sign of z")
    name = _name(on, below, value)
    if name != "none":
        return "hot", name
    name = _name(below, on, -value)
    return ("cold", name) if name != "none" else ("neither", "none")


def _name(on: Bools, other: Bools, value: Floats) -> Pattern:
    """Name the pattern of one side."""
    most = on.mean() >= MOST
    if not on[-1]:
        return "historical" if most else "none"
    if most and on.size > 1:
        s, p = mann_kendall(value)
        if p >= ALPHA:
            return "persistent"
        return "intensifying" if s > 0 else "diminishing"
    if on.sum() == 1 and not other.any():
        return "new"
    if on.sum() > 1 and _one_run(on):
        return "consecutive"
    return "oscillating" if other.any() else "sporadic"


def _one_run(on: Bools) -> bool:
    """Whether the significant steps are one unbroken run."""
    return int((np.diff(np.concatenate(([False], on)).astype(int)) == 1).sum()) == 1
