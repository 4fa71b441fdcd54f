"""How a place goes: recent weeks against its own past, and the year in a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.intervals import binomial_tail, compare_rates, hypergeometric_tail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RECENT_WEEKS = 4
PASTS_WEEKS = (4, 12, 52)
_SHARE = 0.05
_TREND_WEEKS = 12
_FEW = 3


@dataclass(frozen=True, slots=True)
class Change:
    """
    What happened lately at a place.

    Parameters
    ----------
    n_recent
        Incidents in the last four weeks.
    n_before
        Incidents in the four weeks before those.
    p
        Exact one-sided p that the recent weeks are no more than its past, allowing for the
        three pasts tried.
    past_weeks
        The past that differed most.
    expected_recent
        What that past would give in four weeks.
    n_past
        Incidents in that past.
    """

    n_recent: float
    n_before: float
    p: float
    past_weeks: int
    expected_recent: float
    n_past: float


def compare(
    age_weeks: Floats, weight: Floats, *, town_age: Floats, town_weight: Floats, span_weeks: float
) -> Change:
    """
    Compare the last four weeks with the 4, 12 and 52 weeks before them.

    For each past two exact tails are taken: the binomial of the place's own counts by weeks
    [1]_, and the hypergeometric against the whole municipality over the same weeks, so that
    a dark season or a better reporting routine everywhere is not a change at one place. The
    larger of the two holds, and the smallest over the pasts is multiplied by their number.

    Parameters
    ----------
    age_weeks
        How long before the period's end each of the place's incidents was, shape (n,).
    weight
        What each counts for, shape (n,).
    town_age, town_weight
        The same for every incident of the municipality, shape (m,).
    span_weeks
        Weeks of data before the period's end; longer pasts are cut there.

    Returns
    -------
    Change
        The comparison; p is 1 where there is no past to compare with.

    References
    ----------
    .. [1] Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples
       from Poisson series. Biometrika 31(3/4), 313-323. doi:10.1093/biomet/31.3-4.313
    """

    def between(age: Floats, w: Floats, low: float, high: float) -> float:
        return float(w[(age >= low) & (age < high)].sum())

    recent = between(age_weeks, weight, 0, RECENT_WEEKS)
    town = between(town_age, town_weight, 0, RECENT_WEEKS)
    before = between(age_weeks, weight, RECENT_WEEKS, 2 * RECENT_WEEKS)
    tried: list[tuple[float, int, float, float]] = []
    for past in PASTS_WEEKS:
        length = min(float(past), span_weeks - RECENT_WEEKS)
        if length < RECENT_WEEKS - 1e-9 or (tried and length <= PASTS_WEEKS[len(tried) - 1]):
            continue
        n_past = between(age_weeks, weight, RECENT_WEEKS, RECENT_WEEKS + length)
        town_past = between(town_age, town_weight, RECENT_WEEKS, RECENT_WEEKS + length)
        own = compare_rates(recent, n_past, exposure=RECENT_WEEKS, exposure_before=length)
        whole, all_past = np.floor(recent + 1e-9), np.ceil(n_past - 1e-9)
        town_now, town_then = max(np.floor(town), whole), max(np.ceil(town_past), all_past)
        beside = hypergeometric_tail(whole, whole + all_past, town_now, town_now + town_then)
        tried.append((float(max(own, beside)), past, n_past, n_past / length * RECENT_WEEKS))
    if not tried:
        return Change(recent, before, 1.0, 0, 0.0, 0.0)
    p, past, n_past, mean = min(tried)
    return Change(recent, before, min(1.0, p * len(tried)), past, mean, n_past)


def trend(age_weeks: Floats, weight: Floats, *, weeks: float, expected: float) -> str:
    """
    Say in a word how a place went over the period.

    * ``new``: at least three incidents in the last twelve weeks, significantly more than its
      earlier rate (exact binomial, 5 %), and earlier no more than such a place would have;
    * ``growing``: significantly more in the last twelve weeks than its earlier rate;
    * ``fading``: significantly less;
    * ``steady``: incidents in at least half of the four-week spells;
    * ``sporadic``: otherwise.

    The tests are not adjusted for the number of places: the word describes, it claims nothing.

    Parameters
    ----------
    age_weeks
        How long before the period's end each incident was, shape (n,).
    weight
        What each counts for, shape (n,).
    weeks
        Length of the period.
    expected
        Incidents such a place would have in the period.

    Returns
    -------
    str
        One of the classes of the frame ``hotspots``.
    """
    inside = age_weeks < weeks
    age, w = age_weeks[inside], weight[inside]
    late = float(w[age < _TREND_WEEKS].sum())
    early = float(w.sum()) - late
    earlier_weeks = weeks - _TREND_WEEKS
    if earlier_weeks >= _TREND_WEEKS:
        share = _TREND_WEEKS / weeks
        total = np.floor(late + 1e-9) + np.ceil(early - 1e-9)
        if float(binomial_tail(late, total, share)) <= _SHARE:
            usual = expected * earlier_weeks / weeks
            return "new" if late >= _FEW and early <= usual else "growing"
        if float(binomial_tail(total - np.floor(late + 1e-9), total, 1 - share)) <= _SHARE:
            return "fading"
    spells = max(1, int(np.ceil(weeks / RECENT_WEEKS - 1e-9)))
    held = np.unique(np.floor(age / RECENT_WEEKS)).size
    return "steady" if held * 2 >= spells else "sporadic"
