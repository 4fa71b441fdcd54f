"""What every method is given, and the incidents made ready for counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.clock import DEFAULT_ZONE
from geo.errors import AnalysisError
from geo.frames import DEFAULT_ACCURACY_M, standing
from geo.spatial import DEFAULT_CRS, require_metres

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

COARSEST_M = 150.0
"""A position that may be this far off cannot say which place it was."""
KEPT_OUT = ("stacked", "far_away")


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """
    The frames, period and choices an analysis is made of; nothing in it is changed.

    Parameters
    ----------
    incidents
        Rows of the frame ``incidents`` in `crs`; rows from before the period serve the
        comparison with a place's own past.
    streets
        Rows of the frame ``streets`` in `crs`.
    areas
        Rows of the frame ``areas`` in `crs`; level ``land_use`` gives the kinds of land.
    period_from, period_to
        First moment counted and first moment not counted; aware.
    timezone
        IANA name of the local zone.
    crs
        The working CRS.
    seed
        Start of every random draw.
    facilities
        Rows of the frame ``facilities`` in `crs`, which may lend a place its name.
    visits
        Rows of the frame ``visits``: where staff were, and for how long.
    severity
        What an incident of each category weighs in the order of places (never in what is
        claimed of them); None weighs all the same.
    """

    incidents: GeoDataFrame
    streets: GeoDataFrame
    areas: GeoDataFrame | None
    period_from: datetime
    period_to: datetime
    timezone: str = DEFAULT_ZONE
    crs: Any = DEFAULT_CRS
    seed: int = 1
    facilities: GeoDataFrame | None = None
    visits: GeoDataFrame | None = None
    severity: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be analysed."""
        if self.period_from.tzinfo is None or self.period_to.tzinfo is None:
            msg = "a period needs moments with a time zone."
            raise AnalysisError(msg, fix="attach a zone, or UTC, to period_from and period_to")
        if self.period_to <= self.period_from:
            msg = "the period ends before it starts."
            raise AnalysisError(msg, fix="give a period_to later than period_from")
        for name in ("incidents", "streets", "areas", "facilities"):
            frame = getattr(self, name)
            if frame is not None and (len(frame) or frame.crs is not None):
                require_metres(frame, name=name, crs=self.crs)

    @property
    def weeks(self) -> float:
        """Length of the period, weeks."""
        return (self.period_to - self.period_from) / timedelta(weeks=1)


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """
    Incidents that can be counted: located, dated, and each told once.

    Parameters
    ----------
    rows
        The incidents, ordered by what they tell, with the columns ``x``, ``y`` (metres), ``count``
        (what the row counts for), ``moment`` (UTC, the middle of an interval).
    in_period
        bool, shape (n,): whether it falls inside the context's period.
    left_out
        How many rows were left out, by reason.
    """

    rows: pd.DataFrame
    in_period: NDArray[np.bool_]
    left_out: dict[str, int]

    @property
    def current(self) -> pd.DataFrame:
        """The rows inside the period."""
        return self.rows[self.in_period]


def countable(context: Context) -> Events:
    """
    Choose the incidents that say where and when, and count each once.

    Left out, and counted by reason: rows without a place, ``stacked`` and ``far_away`` rows,
    positions coarser than 150 m, rows without any date, rows after the period. Of the rows
    that tell the same incident (``duplicate_group``) the best placed one counts.

    Parameters
    ----------
    context
        The analysis.

    Returns
    -------
    Events
        The rows, in an order that the input's does not change.
    """
    import pandas as pd

    raw = context.incidents
    rows = pd.DataFrame(raw.drop(columns="geometry")).assign(
        x=raw.geometry.x.to_numpy(), y=raw.geometry.y.to_numpy(), moment=moments(raw)
    )
    flags = rows["flags"]
    reasons = {
        "unlocated": rows["x"].isna() | rows["y"].isna(),
        **{flag: flags.map(lambda v, flag=flag: flag in v).astype(bool) for flag in KEPT_OUT},
        "too_coarse": rows["accuracy_m"].fillna(DEFAULT_ACCURACY_M) > COARSEST_M,
        "undated": rows["moment"].isna(),
        "later": rows["moment"] >= pd.Timestamp(context.period_to),
        "no_weight": ~(rows["weight"] > 0),
    }
    left_out: dict[str, int] = {}
    gone = pd.Series(False, index=rows.index)  # noqa: FBT003 - the value of every row
    for reason, hit in reasons.items():
        if n := int((hit & ~gone).sum()):
            left_out[reason] = n
        gone |= hit
    kept = _in_order(once(rows[~gone]))
    if n := int((~gone).sum()) - len(kept):
        left_out["duplicate"] = n
    inside = (kept["moment"] >= pd.Timestamp(context.period_from)).to_numpy(dtype=bool)
    return Events(kept, inside, left_out)


def once(rows: pd.DataFrame) -> pd.DataFrame:
    """
    Let each group of duplicates stand as one row: `geo.frames.standing` chooses which.

    Parameters
    ----------
    rows
        Incidents with ``duplicate_group``, ``accuracy_m``, ``weight`` and ``id``.

    Returns
    -------
    pandas.DataFrame
        One row an incident, with ``count``: the group's summed weight, at most 1.
    """
    grouped = rows["duplicate_group"].notna()
    single = rows[~grouped]
    single = single.assign(count=single["weight"].astype(float))
    if not bool(grouped.any()):
        return single
    several = rows[grouped]
    total = several.groupby("duplicate_group")["weight"].sum().clip(upper=1.0)
    first = several[standing(several)]
    first = first.assign(count=first["duplicate_group"].map(total).astype(float))
    import pandas as pd

    joined = pd.concat([single, first])
    return joined.sort_values("id", kind="stable")


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """
    Order rows by what they tell, and by id only among equals.

    Ids rest on each municipality's private key; ordered by them, the same files would give
    other random draws in another workspace.
    """
    return rows.sort_values(["moment", "x", "y", "category", "id"], kind="stable")


def moments(rows: pd.DataFrame) -> pd.Series:
    """
    Give each incident one moment for counting by week: the middle of its interval.

    Parameters
    ----------
    rows
        Rows of the frame ``incidents``.

    Returns
    -------
    pandas.Series
        ``datetime64[us, UTC]``; the time of report where no time is known.
    """
    start, end = rows["occurred_from"], rows["occurred_to"]
    length = (end - start).where(end > start)
    middle = start + (length / 2).astype("timedelta64[us]")
    steps = [middle, start, end, rows["reported_at"]]
    return reduce(lambda best, other: best.fillna(other), steps).astype("datetime64[us, UTC]")
