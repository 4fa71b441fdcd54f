"""One run of each question: what is said where the truth is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from _calibration_towns import ERROR_M, TOWNS, WEEKS, Town, context_of, scatter

from geo.hotspots import METHODS
from geo.hotspots.certainty import grade
from geo.hotspots.changed import grade_changes
from geo.hotspots.context import Context, countable
from geo.hotspots.describe import Told
from geo.hotspots.search import Finds, search
from geo.hotspots.shrink import shrink
from geo.hotspots.stability import stability
from geo.intervals import binomial_interval, poisson_interval

WORDS = ("well_supported", "likely", "possible", "cannot_tell")
NEAR_M, RADIUS_M = 150.0, 125.0
CHANGE_RUNS = 19
"""Made-up periods where only changes are asked for: they do not rest on these."""
Answer = dict[str, Any]


def best(words: np.ndarray) -> str:
    """Give the surest of some words."""
    return next((word for word in WORDS if (words == word).any()), "none")


def verdicts(town: Town, context: Context) -> tuple[np.ndarray, Finds]:
    """Search as the product does; the certainty of every place found."""
    events, rng = countable(context), np.random.default_rng(context.seed)
    field = town.field(events, rng=rng)
    found = search(field, rng=rng)
    words = grade(found.finds, firm=stability(field, found), real=True)
    return np.asarray(words, dtype="U16"), found.finds


def null(town: str, n: int, *, rng: np.random.Generator, run: int, error_m: float = ERROR_M
         ) -> Answer:  # fmt: skip
    """Plant nothing."""
    place = TOWNS[town]()
    xy = scatter(place.lines, place.weight, rng.poisson(n), rng=rng, error_m=error_m)
    age = rng.random(len(xy)) * WEEKS
    made = context_of(place, xy, age_weeks=age, seed=run, error_m=error_m)
    words, _ = verdicts(place, made)
    return {"best": best(words)}


def power(
    town: str, hot: float, *, background: float, rng: np.random.Generator, run: int,
    error_m: float = ERROR_M,
) -> Answer:  # fmt: skip
    """Plant one round place of 250 m across with `hot` where `background` belong."""
    place = TOWNS[town]()
    part = shapely.intersection(place.lines, shapely.Point(place.spot).buffer(RADIUS_M))
    inside = shapely.length(part)
    per_m = background / float((inside * place.weight).sum())
    total = per_m * float((shapely.length(place.lines) * place.weight).sum())
    xy = scatter(place.lines, place.weight, rng.poisson(total), rng=rng, error_m=error_m)
    held = inside > 0
    more = rng.poisson(hot - background)
    planted = scatter(part[held], place.weight[held], more, rng=rng, error_m=error_m)
    xy = np.vstack((xy, planted))
    age = rng.random(len(xy)) * WEEKS
    made = context_of(place, xy, age_weeks=age, seed=run, error_m=error_m)
    words, finds = verdicts(place, made)
    gap = np.hypot(finds.x - place.spot[0], finds.y - place.spot[1])
    near, away = gap <= NEAR_M, gap > 2 * NEAR_M
    low, high = poisson_interval(finds.n[near])
    mean, times = finds.expected[near], hot / background
    said = words[near] != WORDS[-1]
    held_by = (low <= times * mean) & (times * mean <= high)
    return {"best": best(words[near]), "away": best(words[away]), "total": total,
            "covered": int(held_by[said].sum()), "told": int(said.sum())}  # fmt: skip


def change(town: str, n: int, *, rng: np.random.Generator, run: int) -> Answer:
    """Give each street a risk of its own that never changes."""
    place = TOWNS[town]()
    risk = place.weight * rng.gamma(0.5, 2.0, place.weight.size)
    xy = scatter(place.lines, risk, rng.poisson(n), rng=rng)
    made = context_of(place, xy, age_weeks=rng.random(len(xy)) * WEEKS, seed=run)
    events, own = countable(made), np.random.default_rng(run)
    field = place.field(events, rng=own)
    found = search(field, rng=own, runs=CHANGE_RUNS)
    words = grade_changes(field, found, told=Told.of(made, events))
    return {"best": best(np.asarray(words, dtype="U16"))}


def alarm(town: str, n: int, *, rng: np.random.Generator, run: int) -> Answer:
    """Let risk differ by street and by week, but never by both together."""
    place = TOWNS[town]()
    risk = place.weight * rng.gamma(0.5, 2.0, place.weight.size)
    week = np.cumsum(rng.gamma(4.0, 0.25, WEEKS))
    xy = scatter(place.lines, risk, rng.poisson(n), rng=rng)
    age = np.searchsorted(week, rng.random(len(xy)) * week[-1]) + rng.random(len(xy))
    rung = METHODS["alarm"](at_most=0.5).find(context_of(place, xy, age_weeks=age, seed=run))
    return {"p": float(rung["p"].min()) if len(rung) else 1.0}


def exact(kind: str, size: float, *, rng: np.random.Generator, run: int) -> Answer:
    """Draw counts from a known mean, or shares from a known share, and ask the interval."""
    del run
    draws = 1000
    if kind == "poisson":
        low, high = poisson_interval(rng.poisson(size, draws))
        truth = size
    else:
        trials, truth = 60, size
        low, high = binomial_interval(rng.binomial(trials, truth, draws), trials)
    return {"covered": int(((low <= truth) & (truth <= high)).sum()), "told": draws}


def ratio(mean: float, *, rng: np.random.Generator, run: int) -> Answer:
    """Draw four weeks and fifty-two before at a rate 1.5 times higher, and ask the ratio."""
    del run
    draws, times = 1000, 1.5
    now = rng.poisson(mean * times, draws)
    before = rng.poisson(13 * mean, draws)
    low, high = binomial_interval(now, now + before)
    share = times / (times + 13)
    return {"covered": int(((low <= share) & (share <= high)).sum()), "told": draws}


def shrunken(units: int, spread: float, *, shape: str, rng: np.random.Generator, run: int
             ) -> Answer:  # fmt: skip
    """Draw unequal units with true rates that scatter, and ask the shrunken intervals."""
    del run
    length = rng.gamma(2.0, 2.0, units) + 0.2
    if spread == 0:
        rate = np.ones(units)
    elif shape == "gamma":
        rate = rng.gamma(1 / spread, spread, units)
    else:
        sigma = np.sqrt(np.log1p(spread))
        rate = rng.lognormal(-(sigma**2) / 2, sigma, units)
    got = shrink(rng.poisson(rate * length), length)
    return {"covered": int(((got.low <= rate) & (rate <= got.high)).sum()), "told": units}
