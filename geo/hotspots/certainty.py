"""How sure: from the share of false finds, from other ways to look, and ranks with their spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.hotspots.search import FALSE_SHARE, FEWEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.hotspots.search import Finds

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

STABLE = 0.625
"""Share of the other grids, reaches and methods that must show a place: ten of sixteen."""
LIKELY_SHARE = 4 * FALSE_SHARE
POSSIBLE_CHANCE = 3.0
POSSIBLE_FEWEST = 10
HALF_LIFE_WEEKS = 13.0


def grade(finds: Finds, *, firm: Floats, real: bool) -> list[str]:
    """
    Put certainty in a word.

    * ``well_supported``: of places this strong at most 5 in 100 are chance (q <= 0.05), and
      at least ten of the sixteen other grids, reaches and methods show it too;
    * ``likely``: at most 20 in 100 are chance;
    * ``possible``: at least ten incidents, and chance alone would bring at most three such
      places in the whole municipality;
    * ``cannot_tell``: anything else; always so under eight incidents.

    Without streets there is no knowing where people are, and ``likely`` is the most that is
    said.

    Parameters
    ----------
    finds
        What was found.
    firm
        What `stability` gave, shape (f,).
    real
        Whether streets were known.

    Returns
    -------
    list of str
        A word of the frame ``hotspots`` for each.
    """
    enough = finds.n >= FEWEST - 1e-9
    out = np.full(finds.p.size, "cannot_tell", dtype="U16")
    many = finds.n >= POSSIBLE_FEWEST - 1e-9
    out[many & (finds.chance <= POSSIBLE_CHANCE)] = "possible"
    out[enough & (finds.q <= LIKELY_SHARE)] = "likely"
    if real:
        out[enough & (finds.q <= FALSE_SHARE) & (firm >= STABLE - 1e-9)] = "well_supported"
    return [str(word) for word in out]


def fading_weights(age_weeks: Floats) -> Floats:
    """
    Let recent weeks weigh more: half as much for every 13 weeks back.

    Parameters
    ----------
    age_weeks
        How long ago, weeks, any shape.

    Returns
    -------
    numpy.ndarray
        Weights in (0, 1].
    """
    return np.asarray(0.5 ** (np.maximum(age_weeks, 0.0) / HALF_LIFE_WEEKS))


def excess_per_week(n: Floats, square: Floats, expected: Floats, *, weeks: float) -> Floats:
    """
    Give the incidents a week beyond the expected, drawn towards none by what chance explains.

    Parameters
    ----------
    n
        Incidents weighted by `fading_weights`, any shape.
    square
        Their squared weights summed, same shape: the variance of `n`.
    expected
        Expected incidents over the period, unweighted; broadcasts.
    weeks
        Length of the period.

    Returns
    -------
    numpy.ndarray
        Excess x max(0, 1 - variance / excess^2), per (weighted) week.
    """
    span = HALF_LIFE_WEEKS / np.log(2) * (1 - 0.5 ** (weeks / HALF_LIFE_WEEKS))
    excess = n - expected * span / weeks
    safe = np.where(excess > 0, excess, 1.0)
    kept = np.clip(1 - square / safe**2, 0.0, None)
    return np.asarray(np.where(excess > 0, excess * kept, 0.0) / span)


def rank_spans(
    ages: list[Floats],
    counts: list[Floats],
    expected: Floats,
    *,
    weeks: float,
    rng: np.random.Generator,
    draws: int = 299,
) -> tuple[Ints, Ints]:
    """
    Say between which ranks each place could lie, had the year been drawn again.

    Parameters
    ----------
    ages
        For each place, how long ago its incidents were, weeks.
    counts
        For each place, what its incidents count for.
    expected
        Expected incidents of each place, shape (f,).
    weeks
        Length of the period.
    rng
        Draws the years: each incident happens 0, 1, 2... times by a Poisson draw.
    draws
        How many.

    Returns
    -------
    low, high : numpy.ndarray
        Ranks between which 90 in 100 draws put the place, 1 best; shape (f,).
    """
    places = len(ages)
    score = np.zeros((places, draws))
    for i, (age, each) in enumerate(zip(ages, counts, strict=True)):
        weight = fading_weights(age) * each
        times = rng.poisson(1.0, size=(draws, age.size))
        score[i] = excess_per_week(
            times @ weight, times @ weight**2, np.asarray(expected[i]), weeks=weeks
        )
    order = np.argsort(-score, axis=0, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(1, places + 1)[:, None], axis=0)
    low = np.quantile(rank, 0.05, axis=1, method="lower") if places else np.zeros(0)
    high = np.quantile(rank, 0.95, axis=1, method="higher") if places else np.zeros(0)
    return low.astype(np.int64), high.astype(np.int64)
