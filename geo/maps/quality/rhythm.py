"""A source against its own rhythm: has this week's delivery come, and is it of the usual size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import ArrayLike, NDArray

LEVEL = 0.99
"""Coverage of the interval for a week's count: of a dozen sources one strays in two months."""
BEFORE_WEEKS = 26
"""How many weeks before tell what is usual."""
FEWEST_WEEKS = 4
_NO_SCATTER, _MOST_SCATTER = 1e-6, 1.0
_FEWEST_LOADS = 3
SILENT_WEEKS = 3
"""From this many empty weeks on, a source is silent rather than late."""


class Pace(StrEnum):
    """What can be said of a source this week."""

    AS_USUAL = "as_usual"
    MISSING = "missing"
    """Nothing this week (or the last two), though it always gives something."""
    SILENT = "silent"
    """Nothing for three weeks or more."""
    LOW = "low"
    HIGH = "high"
    FEW = "few"
    """So few in an ordinary week that none is no news."""
    NEW = "new"
    """Too short a history to have a rhythm."""
    NO_TIME = "no_time"
    """Rows without times: there are no weeks to compare."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """
    One source's week against the weeks before.

    Parameters
    ----------
    pace
        What can be said.
    n
        Rows in the week.
    usual
        Mean rows a week before; None without a history.
    low, high
        Interval that holds a week's count at `LEVEL`, given the weeks before; None likewise.
    n_before, weeks_before
        What that rests on.
    weeks_silent
        Whole weeks up to and with this one in which nothing happened.
    """

    pace: Pace
    n: int = 0
    usual: float | None = None
    low: int | None = None
    high: int | None = None
    n_before: int = 0
    weeks_before: int = 0
    weeks_silent: int = 0


def rhythm(counts: ArrayLike, *, elapsed: float = 1.0) -> Rhythm:
    """
    Hold a source's latest week against the weeks before it.

    The interval is exact given the weeks before: a count follows from the rows of all weeks
    together by a beta-binomial split, whose scatter is estimated from the weeks before [1]_.

    Parameters
    ----------
    counts
        Rows a week, oldest first, from the source's first whole week to the
        present one, shape (w,).
    elapsed
        How much of the present week has gone, in (0, 1].

    Returns
    -------
    Rhythm
        What can be said.

    References
    ----------
    .. [1] Thatcher, A. R. (1964). Relationships between Bayesian and confidence limits for
       predictions. JRSS B 26(2), 176-192. doi:10.1111/j.2517-6161.1964.tb00552.x
    """
    weeks = np.asarray(counts, dtype=np.int64)
    if not len(weeks):
        return Rhythm(Pace.NO_TIME)
    now = int(weeks[-1])
    quiet = int(np.argmax(np.append(weeks[::-1] > 0, True)))
    before = weeks[: len(weeks) - max(quiet, 1)][-BEFORE_WEEKS:]
    known = {"n": now, "n_before": int(before.sum()), "weeks_before": len(before),
             "weeks_silent": quiet}  # fmt: skip
    if len(before) < FEWEST_WEEKS:
        return Rhythm(Pace.NEW, **known)
    spread = _scatter(before)
    low, high = _interval(before, share=elapsed / (elapsed + len(before)), spread=spread)
    usual = float(before.mean())
    pace = _pace(now, low=low, high=high, quiet=quiet)
    if pace is Pace.AS_USUAL and quiet:
        if _is_news(before, weeks=quiet - 1 + elapsed, spread=spread):
            pace = Pace.SILENT if quiet >= SILENT_WEEKS else Pace.MISSING
        elif low == 0:
            pace = Pace.FEW
    return Rhythm(pace, usual=usual, low=low, high=high, **known)


def _pace(now: int, *, low: int, high: int, quiet: int) -> Pace:
    """Say what a count outside its interval is called."""
    if low <= now <= high:
        return Pace.AS_USUAL
    if now > high:
        return Pace.HIGH
    if now:
        return Pace.LOW
    return Pace.SILENT if quiet >= SILENT_WEEKS else Pace.MISSING


def _scatter(before: NDArray[np.int64]) -> float:
    """Estimate how much weeks differ beyond chance: squared coefficient of variation, moments."""
    mean = float(before.mean())
    if mean <= 0:
        return 0.0
    beyond = max(0.0, float(before.var(ddof=1)) - mean) / mean**2
    scatter = beyond * (1 + 1 / len(before))
    return min(scatter, _MOST_SCATTER) if scatter > _NO_SCATTER else 0.0


def _is_news(before: NDArray[np.int64], *, weeks: float, spread: float) -> bool:
    """Tell whether so many weeks with nothing at all would be rare: one may be no news."""
    from geo.intervals import beta_binomial_tail

    share = weeks / (weeks + len(before))
    some = float(beta_binomial_tail(1, int(before.sum()), share, spread))
    return 1 - some < (1 - LEVEL) / 2


def _interval(before: NDArray[np.int64], *, share: float, spread: float) -> tuple[int, int]:
    """Give the counts that the weeks before do not speak against, at `LEVEL`, both tails alike."""
    from geo.intervals import beta_binomial_tail

    total, side = int(before.sum()), (1 - LEVEL) / 2
    most = 10
    while True:
        x = np.arange(most + 1)
        at_least = beta_binomial_tail(x, total + x, share, spread)
        more = beta_binomial_tail(x + 1, total + x, share, spread)
        if at_least[-1] < side:
            break
        most *= 2
    low = int(np.argmax(1 - more >= side))
    high = int(np.flatnonzero(at_least >= side)[-1])
    return low, high


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    How often a source's file is loaded, and whether the next one is late.

    Parameters
    ----------
    n
        Days on which it was loaded.
    usual_days
        Median days between them; None with fewer than three.
    since_days
        Whole days since the last one; None without any.
    late
        Whether half again the usual time, and two days more than it, have passed.
    """

    n: int = 0
    usual_days: float | None = None
    since_days: int | None = None
    late: bool = False


def delivery(loaded: Sequence[datetime], *, now: datetime) -> Delivery:
    """
    Hold a source's latest load against the loads before it.

    Parameters
    ----------
    loaded
        When it was loaded, aware, in any order.
    now
        The present, aware.

    Returns
    -------
    Delivery
        Loads on one day are one delivery.
    """
    days = sorted({moment.date() for moment in loaded})
    if not days:
        return Delivery()
    since = max(0, (now.date() - days[-1]).days)
    if len(days) < _FEWEST_LOADS:
        return Delivery(n=len(days), since_days=since)
    usual = float(np.median([(b - a).days for a, b in pairwise(days)]))
    late = since > max(1.5 * usual, usual + 2)
    return Delivery(n=len(days), usual_days=usual, since_days=since, late=late)
