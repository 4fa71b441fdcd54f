"""How good a list of places was: hits, shares, PAI, PEI and RRI, each with what chance allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.intervals import binomial_interval, poisson_interval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def area_limit(cells: int, *, share: float) -> int:
    """
    Give how many cells an area share is, at least one.

    Parameters
    ----------
    cells
        Cells of the study area.
    share
        Share of its area, in (0, 1).

    Returns
    -------
    int
        The nearest whole number.
    """
    return min(cells, max(1, round(share * cells)))


def chosen_share(score: Floats, *, limit: int) -> Floats:
    """
    Give the chance that each cell is on the list, ties at the limit being drawn by lot.

    Parameters
    ----------
    score
        What the cells are ranked by, shape (cells,).
    limit
        Cells on the list, 1 to n.

    Returns
    -------
    numpy.ndarray
        1 on the list, 0 off it, between for those that tie at the limit; sums to `limit`.

    Examples
    --------
    >>> chosen_share(np.array([5.0, 1.0, 1.0, 0.0]), limit=2).tolist()
    [1.0, 0.5, 0.5, 0.0]
    """
    last = np.partition(score, score.size - limit)[score.size - limit]
    above, tied = score > last, score == last
    out = above.astype(np.float64)
    out[tied] = (limit - above.sum()) / tied.sum()
    return np.asarray(out, dtype=np.float64)


def best_hits(counts: Floats, *, limit: int) -> float:
    """
    Give the hits of the list that hindsight would have chosen.

    Parameters
    ----------
    counts
        Incidents that fell in each cell, shape (n,).
    limit
        Cells on the list.

    Returns
    -------
    float
        The sum of the largest.
    """
    if limit >= counts.size:
        return float(counts.sum())
    return float(np.partition(counts, counts.size - limit)[counts.size - limit :].sum())


@dataclass(frozen=True, slots=True)
class Score:
    """
    What a method scored, with exact 95 % limits.

    Parameters
    ----------
    hits
        Incidents on the list; with ties their expected number.
    n
        Incidents in all, inside the study area.
    share
        Area of the list over that of the study area.
    hit_rate, hit_rate_low, hit_rate_high
        hits / n, and its exact binomial limits.
    pai, pai_low, pai_high
        Prediction accuracy index: hit rate over area share [1]_.
    pei_same_k
        hits over those of the best list of as many cells of the same grid.
    pei_same_area
        hits over those of the best small squares of the same area in all.
    rri
        Incidents foretold on the list over those that came (after ptools' cumulative ratio).

    References
    ----------
    .. [1] Chainey, S., Tompson, L. and Uhlig, S. (2008). The utility of hotspot mapping for
       predicting spatial patterns of crime. Security Journal 21, 4-28.
       doi:10.1057/palgrave.sj.8350066
    """

    hits: float
    n: int
    share: float
    hit_rate: float
    hit_rate_low: float
    hit_rate_high: float
    pai: float
    pai_low: float
    pai_high: float
    pei_same_k: float | None
    pei_same_area: float | None
    rri: float | None


def score(
    hits: float, n: int, *, share: float, best_same_k: float, best_same_area: float,
    foretold: float | None = None,
) -> Score:  # fmt: skip
    """
    Put a method's sums together.

    Parameters
    ----------
    hits
        Incidents on its lists, all folds.
    n
        Incidents in all.
    share
        Area of a list over that of the study area, in (0, 1].
    best_same_k, best_same_area
        Hits of the two lists of hindsight.
    foretold
        Incidents it had foretold on its lists; None when it foretells none.

    Returns
    -------
    Score
        Ratios over nothing are None, and a hit rate over nothing is 0 (0-1).

    Examples
    --------
    >>> one = score(3, 20, share=0.005, best_same_k=20, best_same_area=20)
    >>> round(one.pai, 1), round(one.pai_low, 1), round(one.pai_high, 1), one.pei_same_k
    (30.0, 6.4, 75.8, 0.15)
    """
    low, high = (float(v) for v in binomial_interval(min(hits, n), n))
    rate = hits / n if n else 0.0
    return Score(
        hits, n, share, rate, low, high, rate / share, low / share, high / share,
        _over(hits, best_same_k), _over(hits, best_same_area),
        None if foretold is None else _over(foretold, hits),
    )  # fmt: skip


def calibration(
    foretold: Floats, counts: Floats, *, edges: ArrayLike = (0.01, 0.05, 0.2, 1.0)
) -> list[dict[str, float]]:
    """
    Set what was foretold beside what came, from the cells said to be busiest and down.

    Parameters
    ----------
    foretold
        Incidents foretold in each cell, all folds laid end to end, shape (n,).
    counts
        Incidents that came, shape (n,).
    edges
        Upper limits of the classes, as shares of the cells in order of what was foretold.

    Returns
    -------
    list of dict
        ``share_from``, ``share_to``, ``foretold``, ``came``, ``low``, ``high``: the exact
        Poisson limits of what came.
    """
    order = np.argsort(-foretold, kind="stable")
    out, start, before = [], 0, 0.0
    for edge in np.asarray(edges, dtype=float):
        end = round(edge * order.size)
        rows = order[start:end]
        came = float(counts[rows].sum())
        low, high = (float(v) for v in poisson_interval(came))
        out.append({
            "share_from": before, "share_to": float(edge), "foretold": float(foretold[rows].sum()),
            "came": came, "low": low, "high": high,
        })  # fmt: skip
        start, before = end, float(edge)
    return out


def _over(part: float, whole: float) -> float | None:
    """Divide, or say that there is nothing to divide by."""
    return part / whole if whole > 0 else None
