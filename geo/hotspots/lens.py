"""The reporting lens: who told of a place's incidents, who found them, how well they are placed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.clock import DEFAULT_ZONE
from geo.frames import DEFAULT_ACCURACY_M
from geo.hotspots.context import COARSEST_M, KEPT_OUT, Context, Events, moments
from geo.hotspots.forecast.caps import evidence_weight, one_voice
from geo.intervals import poisson_interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

PATROL = "patrol"
IMPRECISE_M = 75.0
"""A position that may be this far off blurs a place of 150-300 m."""
FURTHEST_M = 500.0
MANY, MANY_SHARE, HALF, MOSTLY = 5, 0.2, 0.5, 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """
    Incidents by how they came to be known.

    Parameters
    ----------
    told
        What others reported; anonymous reports of one place and day weigh one together.
    found
        The period's incidents that patrols found, with ``x``, ``y``, ``moment``.
    several
        Whether more than one actor tells of incidents here at all.
    """

    told: Events
    found: pd.DataFrame
    several: bool

    @classmethod
    def of(cls, events: Events, *, timezone: str = DEFAULT_ZONE) -> Lens:
        """
        Keep what patrols found apart: they find it where they are sent.

        Parameters
        ----------
        events
            Countable incidents.
        timezone
            IANA name of the local zone, for the operative day.

        Returns
        -------
        Lens
            ``told.left_out`` counts what was kept apart as ``found_by_patrol``.
        """
        rows = events.rows
        patrol = (rows["found_by"] == PATROL).to_numpy(dtype=bool)
        told = rows[~patrol]
        told = told.assign(count=evidence_weight(told, day=operative_days(told, timezone=timezone)))
        kept = {PATROL_CODE: int(patrol.sum())} if patrol.any() else {}
        apart = replace(
            events, rows=told, in_period=events.in_period[~patrol], left_out=events.left_out | kept
        )
        several = len(set(told["actor"].fillna(told["source"]))) > 1
        return cls(apart, rows[patrol & events.in_period], several)


PATROL_CODE = "found_by_patrol"


def operative_days(rows: pd.DataFrame, *, timezone: str) -> Floats:
    """
    Give the operative day (06-06 local time) of each incident as a number.

    Parameters
    ----------
    rows
        Incidents with ``moment`` (UTC), shape (n,).
    timezone
        IANA name of the local zone.

    Returns
    -------
    numpy.ndarray
        Days since 1970, shape (n,).
    """
    import pandas as pd

    local = rows["moment"].dt.tz_convert(timezone).dt.tz_localize(None)
    day = (local - pd.Timedelta(hours=6)).dt.floor("D")
    return np.asarray(day.to_numpy(dtype="datetime64[D]").astype(np.float64), dtype=np.float64)


def look_through(
    hotspots: GeoDataFrame, lens: Lens, *, context: Context
) -> tuple[GeoDataFrame, dict[str, dict[str, Any]]]:
    """
    Tell each place how its incidents came to be known, and what that could make wrong.

    Parameters
    ----------
    hotspots
        Rows of the frame ``hotspots``.
    lens
        Incidents by how they came to be known.
    context
        The analysis.

    Returns
    -------
    hotspots : GeoDataFrame
        With codes added to the caveats: ``found_by_patrol`` (patrols found as many as half of
        what was told), ``patrol_effort`` (five visits and five finds or more), ``one_voice``
        (one actor more than half), ``imprecise`` (half may be 75 m off or more),
        ``coarse_left_out`` (rows over 150 m or on a stack, not counted, that may be from here).
    evidence : dict
        By ``place_id``: ``n_reported``, ``n_patrol``, ``voice_share``, ``n_largest``, ``n_inside``
        (reported ones inside the outline), ``n_imprecise``, ``n_spot`` (on the commonest single
        point), ``n_coarse``, ``n_stacked``, and ``effort`` (``visits``, ``hours``, ``found`` since
        the first visit, ``per_hour`` here with exact 95 % limits ``per_hour_low`` and
        ``per_hour_high``, and ``per_hour_all`` everywhere; None without visits).
    """
    rows = lens.told.current
    shapes = hotspots.geometry.to_numpy()
    told = _Points.of(rows["x"], rows["y"])
    found = _Points.of(lens.found["x"], lens.found["y"])
    coarse = _coarse(context)
    effort = _Effort.of(context, lens.found)
    out: dict[str, dict[str, Any]] = {}
    codes = []
    for record, shape in zip(
        hotspots.drop(columns="geometry").to_dict("records"), shapes, strict=True
    ):
        here, by = told.inside(shape), found.inside(shape)
        facts = {
            "n_reported": round(float(record["n"]), 2),
            "n_patrol": int(by.sum()),
            **_voice(record["sources"]),
            **_placed(rows[here]),
            **coarse.near(shape),
            "n_inside": int(here.sum()),
            "effort": effort.at(record["place_id"], shape, by),
        }
        out.setdefault(record["place_id"], facts)
        codes.append([*record["caveats"], *(c for c in _codes(facts, lens.several)
                                            if c not in record["caveats"])])  # fmt: skip
    return hotspots.assign(caveats=codes), out


def _voice(sources: Any) -> dict[str, Any]:
    """Give the largest actor's count and share; the actor's name stays in ``sources``."""
    voice = one_voice(sources)
    share = voice["share"]
    return {"voice_share": share, "n_largest": None if share is None else share * voice["n"]}


def _placed(rows: pd.DataFrame) -> dict[str, Any]:
    """Count the coarse positions among those that count, and those on one single point."""
    error = rows["accuracy_m"].fillna(DEFAULT_ACCURACY_M)
    spots = rows[["x", "y"]].round(1).value_counts()
    return {
        "n_imprecise": int((error >= IMPRECISE_M).sum()),
        "n_spot": int(spots.iloc[0]) if len(spots) else 0,
    }


def _codes(facts: Mapping[str, Any], several: bool) -> list[str]:  # noqa: FBT001 - two facts
    """Say which caveats the numbers call for."""
    n, inside, effort = facts["n_reported"], facts["n_inside"], facts["effort"]
    left_out = facts["n_coarse"] + facts["n_stacked"]
    share = facts["voice_share"] or 0.0
    codes = {
        PATROL_CODE: facts["n_patrol"] >= max(1.0, HALF * n),
        "patrol_effort": bool(effort) and effort["visits"] >= MANY and effort["found"] >= MANY,
        "one_voice": several and HALF < share < MOSTLY,
        "imprecise": facts["n_imprecise"] >= max(1.0, HALF * inside),
        "coarse_left_out": left_out >= max(3.0, MANY_SHARE * n),
    }
    return [code for code, holds in codes.items() if holds]


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """Points that can be asked which of them lie inside a shape."""

    at: Any

    @classmethod
    def of(cls, x: pd.Series, y: pd.Series) -> _Points:
        import shapely

        return cls(shapely.points(x.to_numpy(float), y.to_numpy(float)))

    def inside(self, shape: Any) -> Bools:
        import shapely

        return np.asarray(shapely.intersects(shape, self.at), dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class _Coarse:
    """Incidents of the period that are placed too badly to count."""

    at: Any
    reach: Floats
    stacked: Bools

    def near(self, shape: Any) -> dict[str, int]:
        """Count those that may have happened at a place."""
        import shapely

        here = shapely.distance(shape, self.at) <= self.reach
        return {"n_coarse": int((here & ~self.stacked).sum()),
                "n_stacked": int((here & self.stacked).sum())}  # fmt: skip


def _coarse(context: Context) -> _Coarse:
    """Choose the rows of the period that `countable` leaves out for their position."""
    import pandas as pd

    rows = context.incidents
    when = moments(rows)
    error = rows["accuracy_m"].fillna(DEFAULT_ACCURACY_M)
    stacked = rows["flags"].map(lambda v: KEPT_OUT[0] in v).astype(bool)
    far = rows["flags"].map(lambda v: KEPT_OUT[1] in v).astype(bool)
    held = rows.geometry.notna() & (stacked | (error > COARSEST_M)) & ~far
    held &= (when >= pd.Timestamp(context.period_from)) & (when < pd.Timestamp(context.period_to))
    held &= rows["found_by"] != PATROL
    reach = error.clip(lower=COARSEST_M, upper=FURTHEST_M)[held].to_numpy(float)
    return _Coarse(rows.geometry[held].to_numpy(), reach, stacked[held].to_numpy(bool))


@dataclass(frozen=True, slots=True, eq=False)
class _Effort:
    """Visits of the period, and what patrols found while visits were logged."""

    visits: GeoDataFrame | None
    hours: Floats
    since: Bools

    @classmethod
    def of(cls, context: Context, found: pd.DataFrame) -> _Effort:
        import pandas as pd

        visits = context.visits
        if visits is None or not len(visits):
            return cls(None, np.zeros(0), np.zeros(len(found), dtype=bool))
        begin, end = pd.Timestamp(context.period_from), pd.Timestamp(context.period_to)
        now = visits[(visits["arrived"] >= begin) & (visits["arrived"] < end)]
        spent = (now["left"] - now["arrived"]).dt.total_seconds().fillna(0).clip(lower=0) / 3600
        first = now["arrived"].min() if len(now) else end
        return cls(now, spent.to_numpy(float), (found["moment"] >= first).to_numpy(bool))

    def at(self, place_id: str, shape: Any, found: Bools) -> dict[str, Any] | None:
        """Give visits, hours and finds at a place; None where no visit is known at all."""
        import shapely

        if self.visits is None or not len(self.visits):
            return None
        named = (self.visits["place_id"] == place_id).to_numpy(bool, na_value=False)
        there = named | shapely.intersects(shape, self.visits.geometry.to_numpy())
        hours, all_hours = float(self.hours[there].sum()), float(self.hours.sum())
        n = int((found & self.since).sum())
        low, high = poisson_interval(n)
        return {
            "visits": int(there.sum()),
            "hours": round(hours, 2),
            "found": n,
            "per_hour": round(n / hours, 2) if hours else None,
            "per_hour_low": round(float(low) / hours, 2) if hours else None,
            "per_hour_high": round(float(high) / hours, 2) if hours else None,
            "per_hour_all": round(float(self.since.sum()) / all_hours, 2) if all_hours else None,
        }
