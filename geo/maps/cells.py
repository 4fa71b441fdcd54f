"""Counts in squares and periods that are fixed once and for all, whoever asks for what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.clock import DEFAULT_ZONE, Week, week_starts
from geo.spatial import require_metres

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from geopandas import GeoDataFrame

FIRST_MONDAY = date(2001, 1, 1)  # every period is counted from here, so none can be slid
_ROUNDING = 1e-9


def count_fixed(
    rows: GeoDataFrame,
    *,
    cell_m: int,
    period_weeks: int,
    time: str,
    min_count: int = 1,
    small_shown: bool = True,
    ended_by: datetime | None = None,
    timezone: str = DEFAULT_ZONE,
) -> GeoDataFrame:
    """
    Count rows in fixed squares and fixed periods, and hide the small counts.

    Squares are aligned to multiples of `cell_m` in the working CRS; periods to
    operative weeks since Monday 1 January 2001. Neither depends on the data,
    so no choice of box or window can move an edge past a single event.

    Parameters
    ----------
    rows
        Points in a metric CRS, shape (n,); rows without a place or a time are
        not counted. A column `weight`, when present, is summed.
    cell_m
        Side of a square, metres.
    period_weeks
        Length of a period, operative weeks.
    time
        Name of the tz-aware column that places a row in a period.
    min_count
        Counts below this are hidden; 1 hides none.
    small_shown
        Whether squares with a hidden count are returned at all.
    ended_by
        Only periods that had ended by this moment; None takes all.
    timezone
        IANA name of the local zone.

    Returns
    -------
    GeoDataFrame
        One row a square and period with anything in it: `id`, `cell`,
        `period_from`, `period_to` (UTC), `n` (NaN when hidden), `n_min` and
        `n_max` (what it can be), `suppressed`; polygons in the same CRS.

    Raises
    ------
    CrsError
        If `rows` is not in metres.
    """
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    require_metres(rows, name="rows")
    placed = rows.geometry.notna() & ~rows.geometry.is_empty & rows[time].notna()
    if "weight" in rows:
        placed &= rows["weight"] > 0
    kept = rows.loc[placed]
    step = timedelta(weeks=period_weeks)
    days = (week_starts(kept[time], timezone=timezone) - pd.Timestamp(FIRST_MONDAY)).dt.days
    table = pd.DataFrame(
        {
            "east": np.floor(kept.geometry.x.to_numpy() / cell_m).astype("int64"),
            "north": np.floor(kept.geometry.y.to_numpy() / cell_m).astype("int64"),
            "period": (days // step.days).astype("int64").to_numpy(),
            "n": kept["weight"].to_numpy(float) if "weight" in kept else np.ones(len(kept)),
        }
    )
    counts = table.groupby(["east", "north", "period"], as_index=False, sort=True)["n"].sum()
    counts = counts.join(_period_ends(counts["period"], step=step, timezone=timezone))
    if ended_by is not None:
        counts = counts.loc[counts["period_to"] <= pd.Timestamp(ended_by)].reset_index(drop=True)
    small = counts["n"] < min_count - _ROUNDING
    if not small_shown:
        counts, small = counts.loc[~small].reset_index(drop=True), small.loc[~small]
    hidden = small.to_numpy() & (min_count > 1)
    n = counts["n"].to_numpy(float)
    west, south = counts["east"].to_numpy() * cell_m, counts["north"].to_numpy() * cell_m
    cell = [f"{cell_m}-{e}-{k}" for e, k in zip(counts["east"], counts["north"], strict=True)]
    data = {
        "id": [f"{c}-{p}w{period_weeks}" for c, p in zip(cell, counts["period"], strict=True)],
        "cell": pd.Series(cell, dtype="str"),
        "period_from": counts["period_from"],
        "period_to": counts["period_to"],
        "n": np.where(hidden, np.nan, n),
        "n_min": np.where(hidden, 1.0, n),
        "n_max": np.where(hidden, float(min_count - 1), n),
        "suppressed": hidden,
    }
    squares = shapely.box(west, south, west + cell_m, south + cell_m)
    out = gpd.GeoDataFrame(data, geometry=squares, crs=rows.crs)
    return out.astype({"id": "str"})


def last_period(
    moment: datetime, *, period_weeks: int, timezone: str = DEFAULT_ZONE
) -> tuple[Week, Week]:
    """
    Find the last fixed period that had ended by a moment.

    Parameters
    ----------
    moment
        An aware datetime.
    period_weeks
        Length of the periods, operative weeks.
    timezone
        IANA name of the local zone.

    Returns
    -------
    tuple of Week
        Its first and its last week.
    """
    running = Week.of(moment, timezone=timezone)
    number = (running.monday - FIRST_MONDAY).days // (7 * period_weeks)
    year, week, _ = (FIRST_MONDAY + timedelta(weeks=number * period_weeks)).isocalendar()
    return Week(year, week).shift(-period_weeks), Week(year, week).shift(-1)


def _period_ends(periods: pd.Series, *, step: timedelta, timezone: str) -> pd.DataFrame:
    """First moment of each period, and first moment after it, in UTC."""
    import pandas as pd

    def moment(number: int) -> datetime:
        year, week, _ = (FIRST_MONDAY + number * step).isocalendar()
        return Week(year, week).start(timezone=timezone)

    known = {number: moment(number) for p in periods.unique() for number in (int(p), int(p) + 1)}
    utc = "datetime64[us, UTC]"
    return pd.DataFrame(
        {
            "period_from": pd.Series([known[int(p)] for p in periods], dtype=utc),
            "period_to": pd.Series([known[int(p) + 1] for p in periods], dtype=utc),
        },
        index=periods.index,
    )


def sum_periods(counts: GeoDataFrame) -> GeoDataFrame:
    """
    Add the periods of each square together, from nothing but what is already shown.

    Parameters
    ----------
    counts
        What `count_fixed` gave, shape (n,), or a choice of its rows.

    Returns
    -------
    GeoDataFrame
        One row a square: `id`, `period_from`, `period_to`, `n` (NaN where a
        part of it is hidden), `n_min`, `n_max`, `n_periods`, `suppressed`.
    """
    groups = counts.groupby("cell", sort=True)
    out = groups.agg(
        period_from=("period_from", "min"),
        period_to=("period_to", "max"),
        n_min=("n_min", "sum"),
        n_max=("n_max", "sum"),
        n_periods=("n_min", "size"),
        suppressed=("suppressed", "any"),
        geometry=("geometry", "first"),
    ).reset_index(names="id")
    out["n"] = out["n_min"].where(~out["suppressed"])
    frame = counts.iloc[:0][["geometry"]].copy()
    columns = ["id", "period_from", "period_to", "n", "n_min", "n_max", "n_periods", "suppressed"]
    import geopandas as gpd

    return gpd.GeoDataFrame(out[columns], geometry=out["geometry"].to_numpy(), crs=frame.crs)
