"""From near repeats to advice with a date: where the risk is raised now, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError
from geo.intervals import benjamini_hochberg, poisson_interval

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from numpy.typing import ArrayLike

    from geo.hotspots.knox import KnoxTable

FALSE_SHARE = 0.05
FEWEST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class Raised:
    """
    How far, and how long, one incident is followed by more.

    Parameters
    ----------
    radius_m, days
        Reach of the raised risk.
    pairs, expected
        Pairs inside that reach, and what shuffled times give.
    ratio, low, high
        Pairs over expected, with the exact Poisson limits of the pairs. Pairs share
        incidents, so the limits are somewhat narrow.
    """

    radius_m: float
    days: float
    pairs: int
    expected: float
    ratio: float
    low: float
    high: float


def raised_risk(
    table: KnoxTable, *, false_share: float = FALSE_SHARE, least: int = FEWEST_PAIRS
) -> list[Raised]:
    """
    Read a table from its corner: bands that stand out without a gap from here and now.

    Parameters
    ----------
    table
        From `geo.hotspots.knox.knox`, with orders drawn and bands from 0.
    false_share
        Accepted share of false finds among the bands (Benjamini-Hochberg).
    least
        Fewest pairs advice may rest on.

    Returns
    -------
    list of Raised
        One for each distance that has its own length of time, nearest first; empty when
        nothing follows from near repeats here.

    Raises
    ------
    AnalysisError
        If the table was made without drawing orders, or does not begin at 0.
    """
    if table.permutations == 0 or table.space_m[0] != 0 or table.time_days[0] != 0:
        msg = "advice needs bands from 0 m and 0 days, and drawn orders."
        raise AnalysisError(msg, fix="count the pairs again with permutations")
    q = benjamini_hochberg(table.p.ravel()).reshape(table.p.shape)
    firm = (q <= false_share) & (table.observed > table.expected)
    until = np.logical_and.accumulate(firm, axis=1).sum(axis=1)  # time bands in a row, by distance
    out: list[Raised] = []
    for band in range(len(until)):
        if until[band] == 0:
            break
        days = int(until[: band + 1].min())
        pairs = int(table.observed[: band + 1, :days].sum())
        expected = float(table.expected[: band + 1, :days].sum())
        if pairs < least:
            continue
        low, high = (float(v) / expected for v in poisson_interval(pairs))
        reach = Raised(float(table.space_m[band + 1]), float(table.time_days[days]), pairs,
                       expected, pairs / expected, low, high)  # fmt: skip
        if out and out[-1].days == reach.days:
            out.pop()  # the same length of time farther out says it all
        out.append(reach)
    return out


def in_force(
    raised: Raised, x: ArrayLike, y: ArrayLike, moments: pd.Series, *, now: datetime
) -> pd.DataFrame:
    """
    List the incidents whose raised risk lasts still.

    Parameters
    ----------
    raised
        One reach.
    x, y
        Places, metres, shape (n,).
    moments
        When each happened, aware, shape (n,).
    now
        The moment asked about, aware.

    Returns
    -------
    pandas.DataFrame
        ``x``, ``y``, ``radius_m``, ``since`` and ``until`` (aware), last to end first. It says
        where more often follows, never who or that something will happen.
    """
    import pandas as pd

    rows = pd.DataFrame({"x": np.asarray(x, float), "y": np.asarray(y, float)})
    rows["radius_m"] = raised.radius_m
    rows["since"] = pd.DatetimeIndex(moments)
    rows["until"] = rows["since"] + pd.Timedelta(days=raised.days)
    here = pd.Timestamp(now)
    held = rows[(rows["since"] <= here) & (rows["until"] > here)]
    return held.sort_values(["until", "x", "y"], ascending=[False, True, True],
                            ignore_index=True)  # fmt: skip
