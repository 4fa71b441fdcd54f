"""Alarms: what happens just now beyond what place and time usually have, weighed against chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.hotspots.lens import operative_days
from geo.hotspots.scan_recent import scan_recent
from geo.hotspots.scan_statistic import REPLICATES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geo.hotspots.context import Context
    from geo.hotspots.scan_statistic import Cluster

CELL_M = 75.0
RADII_M = (75.0, 150.0, 300.0)
SPELLS_DAYS = (7.0, 14.0, 28.0)
FEWEST = 8
"""Under this many incidents an alarm cannot be told from chance in a way to act on."""
LOUD_WEEKS = 20.0
"""Chance alone rings at most once in so many weekly scans, on average."""


def recent_clusters(
    context: Context, rows: pd.DataFrame, *, cell_m: float = CELL_M, replicates: int = REPLICATES
) -> list[Cluster]:
    """
    Scan the period for circles and spells that end now and hold unusually much.

    Parameters
    ----------
    context
        Period and seed.
    rows
        Incidents of the period: ``x``, ``y`` (metres) and ``moment`` (UTC), shape (n,).
    cell_m
        Side of the cells that incidents are joined in, metres.
    replicates
        Shuffles of the dates.

    Returns
    -------
    list of Cluster
        Clear of each other, strongest first; empty without incidents.
    """
    from geo.grid import Grid

    if not len(rows):
        return []
    grid = Grid(cell_m)
    key, unit = np.unique(
        grid.keys(rows["x"].to_numpy(), rows["y"].to_numpy()), return_inverse=True
    )
    return scan_recent(
        *grid.centres(key), unit, days_ago(rows, context), radii_m=RADII_M,
        spells_days=[d for d in SPELLS_DAYS if d < 7 * context.weeks / 2],
        rng=np.random.default_rng(context.seed), replicates=replicates,
    )  # fmt: skip


def days_ago(rows: pd.DataFrame, context: Context) -> NDArray[np.float64]:
    """
    Give the days from each incident to the end of the period.

    Parameters
    ----------
    rows
        Incidents with ``moment``, shape (n,).
    context
        The analysis.

    Returns
    -------
    numpy.ndarray
        Days, shape (n,).
    """
    import pandas as pd

    gap = pd.Timestamp(context.period_to) - rows["moment"]
    return np.asarray(gap / pd.Timedelta(days=1), np.float64)


def alarm_rows(context: Context, rows: pd.DataFrame) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """
    Draw the circles that ring, and say what the scan rests on.

    Parameters
    ----------
    context
        Period and seed.
    rows
        Incidents of the period that were reported, shape (n,).

    Returns
    -------
    rows : list of dict
        Of the frame ``signals``, without id, name and place: an alarm when chance alone brings one
        as strong at most once in 20 weeks, and only ``unsure`` under 8 incidents.
    told : dict
        ``n``, ``weeks``, ``replicates``, ``loud_weeks`` and ``spells_days``.
    """
    import pandas as pd
    import shapely

    kept = one_anonymous(rows, timezone=context.timezone)
    out = []
    for one in recent_clusters(context, kept):
        wait = one.recurrence_days(every_days=7.0) / 7
        if wait < LOUD_WEEKS:
            break
        until = pd.Timestamp(context.period_to)
        out.append({
            "kind": "unsure" if one.n < FEWEST else "alarm", "category": None, "n": one.n,
            "expected": one.expected, "p": one.p, "recurrence_weeks": wait,
            "radius_m": one.radius_m, "days": one.days,
            "since": until - pd.Timedelta(days=float(one.days or 0)), "until": until,
            "geometry": shapely.Point(one.x, one.y).buffer(one.radius_m + CELL_M / 2),
        })  # fmt: skip
    told = {"n": len(kept), "weeks": round(context.weeks), "replicates": REPLICATES,
            "loud_weeks": LOUD_WEEKS, "spells_days": list(SPELLS_DAYS)}  # fmt: skip
    return out, told


def one_anonymous(rows: pd.DataFrame, *, timezone: str) -> pd.DataFrame:
    """
    Let anonymous reports of one place and day stand as one: no single caller rings an alarm.

    Parameters
    ----------
    rows
        From `geo.hotspots.lens.Lens`: ``count`` is below ``weight`` where reports were capped.
    timezone
        IANA name of the local zone.

    Returns
    -------
    pandas.DataFrame
        Shape (<= n,), in the same order.
    """
    from geo.grid import Grid
    from geo.hotspots.forecast.caps import PLACE_M

    capped = (rows["count"] < np.minimum(rows["weight"], 1.0) - 1e-9).to_numpy(bool)
    if not capped.any():
        return rows
    key = Grid(PLACE_M).keys(rows["x"].to_numpy(float), rows["y"].to_numpy(float))
    marked = rows.assign(_place=key, _day=operative_days(rows, timezone=timezone))
    again = marked.duplicated(["_place", "_day"])
    return rows[~(capped & again.to_numpy(bool))]
