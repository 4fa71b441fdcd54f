"""One place in the words of the frame: counts, hours, kinds, sources, light and caveats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.hotspots.profile import hour_shares, peak, profile, usable
from geo.intervals import poisson_interval

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geo.hotspots.context import Context, Events

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

SMALL_N = 15
_MOSTLY = 0.8
_HALF = 0.5
_FEW_TIMED = 8


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """
    The countable incidents with what every place is described by, worked out once.

    Parameters
    ----------
    rows
        From `countable`.
    now
        bool: inside the period.
    age_weeks
        How long before the period's end, weeks.
    count
        What each counts for.
    timed
        bool: has a usable hour.
    dark
        Share of each in darkness; NaN where the hour is not known.
    words
        Category, teller, finder and setting of each, and its coordinate in words.
    """

    rows: pd.DataFrame
    now: Bools
    age_weeks: Floats
    count: Floats
    timed: Bools
    dark: Floats
    words: dict[str, NDArray[np.object_]]

    @property
    def x(self) -> Floats:
        """East of each, metres."""
        return np.asarray(self.rows["x"], dtype=np.float64)

    @property
    def y(self) -> Floats:
        """North of each, metres."""
        return np.asarray(self.rows["y"], dtype=np.float64)

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """Count by category in the period, everywhere."""
        return _tally(self.words["category"][self.now], self.count[self.now], "category")

    @property
    def span_weeks(self) -> float:
        """How far back the data reach, in whole weeks before the period's end."""
        return float(np.floor(self.age_weeks.max(initial=0.0) + 1e-9))

    @classmethod
    def of(cls, context: Context, events: Events) -> Told:
        """
        Work it out.

        Parameters
        ----------
        context
            The analysis.
        events
            Its countable incidents.

        Returns
        -------
        Told
            Same order as `events.rows`.
        """
        import pandas as pd

        rows = events.rows
        age = (pd.Timestamp(context.period_to) - rows["moment"]).dt.total_seconds() / 604_800
        timed = usable(rows)
        count = rows["count"].to_numpy(float)
        dark = _darkness(rows, timed & events.in_period, crs=context.crs)
        words = {
            "category": rows["category"].to_numpy(object),
            "teller": rows["actor"].fillna(rows["source"]).to_numpy(object),
            "found_by": rows["found_by"].to_numpy(object),
            "setting": rows["setting"].to_numpy(object),
        }
        spot = np.column_stack((rows["x"].round(1), rows["y"].round(1)))
        words["spot"] = np.unique(spot, axis=0, return_inverse=True)[1].ravel().astype(object)
        return cls(rows, events.in_period, age.to_numpy(float), count, timed, dark, words)


def _darkness(rows: pd.DataFrame, timed: Bools, *, crs: Any) -> Floats:
    """Share each incident with a known hour between dark and not, at its own place."""
    import geopandas as gpd

    from geo.sun import LIGHT_STATES, light_shares, lonlat

    out = np.full(len(rows), np.nan)
    if not timed.any():
        return out
    held = rows[timed]
    points = gpd.GeoSeries(gpd.points_from_xy(held["x"], held["y"]), crs=crs)
    lon, lat = lonlat(points)
    shares = light_shares(held["occurred_from"], held["occurred_to"], lon_deg=lon, lat_deg=lat)
    out[timed] = shares[:, LIGHT_STATES.index("dark")]
    return out


def rate_columns(n: float, expected: float) -> dict[str, Any]:
    """
    Give n over expected with its exact 95 % interval.

    Parameters
    ----------
    n
        Incidents.
    expected
        Expected incidents.

    Returns
    -------
    dict
        ``rate``, ``rate_low``, ``rate_high``; None where nothing is expected.
    """
    if expected <= 0:
        return {"rate": None, "rate_low": None, "rate_high": None}
    low, high = poisson_interval(n)
    return {
        "rate": n / expected,
        "rate_low": float(low) / expected,
        "rate_high": float(high) / expected,
    }


def describe(
    told: Told, held: Bools, *, context: Context, rng: np.random.Generator
) -> dict[str, Any]:
    """
    Describe a place by the incidents in it.

    Parameters
    ----------
    told
        All countable incidents.
    held
        bool: those in the place; only those inside the period are described.
    context
        The analysis.
    rng
        Draws the even weeks that the peak is set against.

    Returns
    -------
    dict
        ``peak_hours``, ``profile``, ``categories``, ``sources``, ``dark_share``, ``n_timed``.
    """
    inside = held & told.now
    count, timed = told.count[inside], told.timed[inside]
    hours = told.rows.loc[inside & told.timed, ["occurred_from", "occurred_to"]]
    week = profile(hour_shares(hours, timezone=context.timezone), count[timed])
    dark = told.dark[inside]
    known = np.isfinite(dark)
    weight = float(count[known].sum())
    return {
        "peak_hours": peak(week, rng=rng),
        "profile": np.round(week, 3).tolist(),
        "categories": _tally(told.words["category"][inside], count, "category"),
        "sources": _tally(told.words["teller"][inside], count, "actor"),
        "dark_share": float((dark[known] * count[known]).sum()) / weight if weight else None,
        "n_timed": int(timed.sum()),
    }


def _sums(words: NDArray[np.object_], count: Floats) -> dict[str, float]:
    """Count by word."""
    total: dict[str, float] = {}
    for word, n in zip(words.tolist(), count.tolist(), strict=True):
        total[str(word)] = total.get(str(word), 0.0) + n
    return total


def _tally(words: NDArray[np.object_], count: Floats, name: str) -> list[dict[str, Any]]:
    """List counts by word, largest first; ties by the word."""
    total = _sums(words, count)
    order = sorted(total, key=lambda w: (-total[w], w))
    return [{name: word, "n": round(total[word], 2)} for word in order]


def caveats(told: Told, held: Bools, *, real: bool, firm: float, stable_from: float) -> list[str]:
    """
    List what could make a place wrong, as codes.

    * ``small_numbers``: under 15 incidents, so the ratio is wide;
    * ``one_point``: four in five lie on one point, which may be an address list's centroid;
    * ``one_source``: four in five were told by one actor, though there are several;
    * ``found_by_patrol``: half or more were found by patrols, which look where they go;
    * ``dwellings``: half or more are burglaries at homes;
    * ``few_timed``: fewer than eight, or than half, have a known hour;
    * ``grid_dependent``: other grids, reaches and methods do not show it;
    * ``no_streets``: expected counts rest on area alone.

    Parameters
    ----------
    told
        All countable incidents.
    held
        bool: those in the place.
    real
        Whether streets were known.
    firm
        Share of other grids, reaches and methods that agree.
    stable_from
        The share that is enough.

    Returns
    -------
    list of str
        Codes, in the order above.
    """
    inside = held & told.now
    count = told.count[inside]
    n = max(float(count.sum()), 1e-9)

    def most(of: str) -> float:
        return max(_sums(told.words[of][inside], count).values(), default=0.0) / n

    def share(of: str, word: str) -> float:
        return float(count[told.words[of][inside] == word].sum()) / n

    several = len(set(told.words["teller"].tolist())) > 1
    timed = int(told.timed[inside].sum())
    codes = {
        "small_numbers": n < SMALL_N,
        "one_point": most("spot") >= _MOSTLY,
        "one_source": several and most("teller") >= _MOSTLY,
        "found_by_patrol": share("found_by", "patrol") >= _HALF,
        "dwellings": share("setting", "dwelling_exterior") >= _HALF,
        "few_timed": timed < _FEW_TIMED or timed < _HALF * int(inside.sum()),
        "grid_dependent": firm < stable_from - 1e-9,
        "no_streets": not real,
    }
    return [code for code, holds in codes.items() if holds]
