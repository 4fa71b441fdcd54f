"""Which table of the dark-hours test each incident belongs to."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.clock import zone
from geo.frames import standing
from geo.lighting.darkness import outdoor
from geo.lighting.odds import DARK, LIGHT, SKIPPED
from geo.lighting.pooled import CASE_DARK, CONTROL_DARK
from geo.sun import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

LONGEST_H = 1.0
"""An event that may lie further than this from its hour cannot be put in one."""
CHECK_DAYS = 28
"""The clock-change check looks at so many days on either side of each change."""
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "violence": ("violence_public", "robbery", "sexual_harassment", "threat", "weapon_object"),
        "damage": ("vandalism", "graffiti", "arson_fire"),
        "property": ("theft", "vehicle_crime", "burglary"),
        "disorder": ("disorder", "gathering", "substance_use", "drug_dealing", "noise"),
    }
)
"""Groups of types that are tested together; one type alone is too few nearly everywhere."""
_GROUP_OF = {key: k for k, keys in enumerate(GROUPS.values()) for key in keys}
NAMES = ("event", "stratum", "cell", "fortnight")


def dated_events(
    incidents: GeoDataFrame, *, period_from: datetime, period_to: datetime, timezone: str
) -> tuple[pd.DataFrame, dict[str, int]]:
    """
    Choose the outdoor incidents of a period, each once, with their local day and clock hour.

    Parameters
    ----------
    incidents
        Rows of the frame ``incidents``.
    period_from, period_to
        First moment counted and first moment not counted.
    timezone
        Whose clock.

    Returns
    -------
    events : DataFrame
        ``category``, ``unknown`` (no setting told), ``sharp`` (whether its clock hour is known
        within `LONGEST_H`), ``day``, ``hour`` and ``geometry``.
    left_out : dict
        How many were left out, by reason.
    """
    start = incidents["occurred_from"]
    inside = (start >= pd.Timestamp(period_from)) & (start < pd.Timestamp(period_to))
    rows = incidents[inside & (incidents["weight"] > 0)].sort_values("id")
    once = standing(rows)
    outside = outdoor(rows)
    kept = rows[once & outside]
    left_out = {"told_twice": int((~once).sum()), "not_outdoor": int((once & ~outside).sum())}
    length = (kept["occurred_to"] - kept["occurred_from"]).where(
        kept["occurred_to"] > kept["occurred_from"]
    )
    sharp = kept["time_known"].fillna(value=False).astype(bool) & ~(
        length.dt.total_seconds() > LONGEST_H * 3600
    )
    moment = kept["occurred_from"] + (length.fillna(pd.Timedelta(0)) / 2)
    local = moment.dt.tz_convert(zone(timezone)).dt.tz_localize(None)
    out = pd.DataFrame(
        {
            "category": kept["category"].astype("str"),
            "unknown": kept["setting"] == UNKNOWN,
            "sharp": sharp,
            "day": local.dt.normalize(),
            "hour": local.dt.hour,
            "geometry": kept.geometry,
        }
    )
    return out, left_out


def table_entries(
    events: pd.DataFrame, states: pd.DataFrame, *, case: Sequence[int], control: Sequence[int]
) -> pd.DataFrame:
    """
    Enter each event in the tables it belongs to: one row for each.

    A stratum is a case hour and a group of types, since each group has its own season. An event
    in a control hour serves every case hour that was dark, or light, on its day.

    Parameters
    ----------
    events
        What `dated_events` gave.
    states
        What `hour_states` gave for the period.
    case, control
        Clock hours.

    Returns
    -------
    DataFrame
        `NAMES` as `pooled_odds` wants them, and ``near``: whether the day lies within
        `CHECK_DAYS` of a change of clocks.
    """
    if not (len(case) and len(control)):
        return pd.DataFrame({name: np.empty(0, np.int64) for name in NAMES}).assign(
            near=np.empty(0, bool)
        )
    group = events["category"].map(_GROUP_OF).fillna(len(GROUPS)).to_numpy(np.int64)
    hour = events["hour"].to_numpy()
    turn = events["day"].to_numpy("datetime64[D]").astype("int64")
    at = states.index.get_indexer(pd.DatetimeIndex(events["day"]))
    near = _near_change(states)
    sharp = events["sharp"].to_numpy() & (at >= 0)
    served = np.isin(hour, control)
    parts = []
    for k, case_hour in enumerate(case):
        light = states.to_numpy()[at, case_hour]
        mine = sharp & (served | (hour == case_hour)) & np.isin(light, (LIGHT, DARK))
        event = np.flatnonzero(mine)
        cell = np.where(served[mine], CONTROL_DARK, CASE_DARK) + (light[mine] == LIGHT)
        parts.append(pd.DataFrame({
            "event": event, "stratum": k * (len(GROUPS) + 1) + group[mine], "cell": cell,
            "fortnight": turn[mine] // 14, "near": near[at[mine]],
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _near_change(states: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the days near a change of clocks: there an hour turns dark within a few weeks."""
    changes = np.flatnonzero((states.to_numpy() == SKIPPED).any(axis=1))
    day = np.arange(len(states))
    if changes.size == 0:
        return np.zeros(len(states), bool)
    near: NDArray[np.bool_] = np.abs(day[:, None] - changes[None, :]).min(axis=1) <= CHECK_DAYS
    return near
