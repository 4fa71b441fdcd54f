"""The dark-hours test: districts by type of event, case hours against control hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.clock import DEFAULT_ZONE, zone
from geo.errors import AnalysisError
from geo.intervals import benjamini_hochberg
from geo.lighting.dark_entries import GROUPS, dated_events, table_entries
from geo.lighting.odds import hour_days, hour_states, usable_hours
from geo.lighting.places import in_places
from geo.lighting.pooled import pooled_odds
from geo.spatial import require_metres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

DISTRICT_LEVEL = "district"
FALSE_SHARE = 0.05
"""Share of findings that may be false (Benjamini-Hochberg over every test of a run)."""
ALL = "all"
SAME_WAY_Z = 1.2815515655446004
"""How clearly the other control must agree: one-sided 10 %."""
_CELLS = ("case_dark", "case_light", "control_dark", "control_light")
_OTHERS = ("night", "check")
COLUMNS = (
    "area_id", "area", "group", *_CELLS, "or_dark_vs_light", "low", "high", "p", "q", "finding",
    "effect", *(f"{name}_{what}" for name in _OTHERS for what in ("or", "low", "high", "finding")),
    "n", "n_outdoor", "n_untimed", "setting_unknown_share",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class DarkHours:
    """
    The dark-hours test of a municipality.

    Parameters
    ----------
    tests
        One row for each district and group of types, the whole municipality first (``area_id``
        missing); columns `COLUMNS`.
    case_hours, control_hours, night_hours
        Clock hours used; the night ones are the other control, dark on every day.
    control
        ``light``, ``dark``, or ``none`` where no hour keeps its light all year.
    period_from, period_to
        First moment counted and first moment not counted.
    left_out
        Incidents left out before any test, by reason.
    """

    tests: pd.DataFrame
    case_hours: tuple[int, ...]
    control_hours: tuple[int, ...]
    night_hours: tuple[int, ...]
    control: str
    period_from: datetime
    period_to: datetime
    left_out: dict[str, int]

    @property
    def n_tested(self) -> int:
        """How many rows had enough events."""
        return int((self.tests["finding"] != "too_few").sum())


def dark_hours(
    incidents: GeoDataFrame,
    *,
    where: tuple[float, float],
    period_from: datetime,
    period_to: datetime,
    areas: GeoDataFrame | None = None,
    timezone: str = DEFAULT_ZONE,
) -> DarkHours:
    """
    Ask, at the same clock hour, whether more happens on dark dates than on light ones.

    A case hour is one that is wholly dark on at least 60 days of the year and wholly light on at
    least 60. Events in it are counted on dark and on light dates, and held against events on the
    same dates in control hours, whose light never changes. Each case hour and group of types is a
    stratum; strata are pooled, see `pooled_odds`, whose error lets the events of a fortnight hang
    together. Only what `outdoor` lets through enters; twilight, and events that may lie more than
    an hour off, are left out.

    Evenings may have a season that days have not. Where hours that are dark all year have enough
    events, they must agree as a control (one-sided 10 %), and the weeks round the changes of
    clocks, where an hour turns dark within one season, must not point the other way.

    Parameters
    ----------
    incidents
        Rows of the frame ``incidents``, shape (n,), in metres.
    where
        Longitude and latitude that stand for the municipality: the sun is looked at from there.
    period_from, period_to
        First moment counted and first moment not counted; aware.
    areas
        Rows of the frame ``areas``; those of level ``district`` are tested one by one.
    timezone
        Whose clock.

    Returns
    -------
    DarkHours
        A finding needs ten events in every cell, a 95 % interval clear of 1, and that the share
        of false ones among all findings of the run is kept at 5 %.

    Raises
    ------
    CrsError
        If the frames are not in one metric CRS.
    AnalysisError
        If the period holds no year, and so not both light and dark dates of an hour.

    References
    ----------
    .. [1] Johansson, O., Wanvik, P. O. and Elvik, R. (2009). A new method for assessing the risk
       of accident associated with darkness. Accident Analysis and Prevention 41(4), 809-815.
    """
    require_metres(incidents, name="incidents")
    if period_to - period_from < timedelta(days=364):
        msg = "the dark-hours test needs a year: the same hour must be both light and dark."
        raise AnalysisError(msg, found=f"{(period_to - period_from).days} days",
                            fix="choose a period of at least 52 weeks")  # fmt: skip
    lon, lat = where
    table = hour_days(period_to.year - 1, lon_deg=lon, lat_deg=lat, timezone=timezone)
    case, control = (tuple(hours) for hours in usable_hours(table))
    kind = str(table["role"][control[0]]).removeprefix("control_") if control else "none"
    case = case if control else ()
    always = tuple(table.index[table["role"] == "control_dark"])
    night = always if kind == "light" else ()
    events, left_out = dated_events(
        incidents, period_from=period_from, period_to=period_to, timezone=timezone
    )
    first, last = (m.astimezone(zone(timezone)).date() for m in (period_from, period_to))
    states = hour_states(first, last, lon_deg=lon, lat_deg=lat, timezone=timezone)
    entries = table_entries(events, states, case=case, control=control)
    other = table_entries(events, states, case=case, control=night)
    tests = _tests(events, {"main": entries, "night": other}, areas, incidents.crs)
    return DarkHours(tests, case, control, night, kind, period_from, period_to, left_out)


def _tests(
    rows: pd.DataFrame, entries: dict[str, pd.DataFrame], areas: GeoDataFrame | None, crs: Any
) -> pd.DataFrame:
    """Test every district and group, then keep the share of false findings down."""
    out = pd.DataFrame(list(_each(rows, entries, areas, crs)), columns=[*COLUMNS, "_agrees"])
    tested = out["finding"] != "too_few"
    q = pd.Series(np.nan, index=out.index)
    q[tested] = benjamini_hochberg(out.loc[tested, "p"].to_numpy(float))
    weak = tested & ((q > FALSE_SHARE) | ~out["_agrees"].astype(bool))
    told = out["finding"].mask(weak, "cannot_tell").astype("str")
    return out.assign(q=q, finding=told)[list(COLUMNS)]


def _each(
    rows: pd.DataFrame, entries: dict[str, pd.DataFrame], areas: GeoDataFrame | None, crs: Any
) -> Iterator[dict[str, Any]]:
    """Give one test after the other."""
    import geopandas as gpd

    parts: list[tuple[Any, Any, NDArray[np.bool_]]] = [(None, None, np.ones(len(rows), bool))]
    if areas is not None and len(areas):
        require_metres(areas, name="areas", crs=crs)
        mine = areas[areas["level"] == DISTRICT_LEVEL].sort_values("id", ignore_index=True)
        place, event = in_places(mine, gpd.GeoSeries(rows["geometry"], crs=crs))
        for k, (area_id, name) in enumerate(zip(mine["id"], mine["name"], strict=True)):
            parts.append((area_id, name, np.isin(np.arange(len(rows)), event[place == k])))
    member = {group: rows["category"].isin(keys).to_numpy() for group, keys in GROUPS.items()}
    for area_id, name, here in parts:
        for group in (ALL, *GROUPS):
            some = here & member.get(group, True)
            yield {"area_id": area_id, "area": name, "group": group, **_test(rows, entries, some)}


def _test(
    rows: pd.DataFrame, entries: dict[str, pd.DataFrame], some: NDArray[np.bool_]
) -> dict[str, Any]:
    """Run one test with its other control and its clock-change check."""
    used, other = (part[some[part["event"].to_numpy()]] for part in entries.values())
    found = pooled_odds(used)
    checks = {"night": pooled_odds(other), "check": pooled_odds(used[used["near"]])}
    events = np.unique(used["event"].to_numpy())
    way = np.sign(found.z)
    needed = {"night": SAME_WAY_Z, "check": 0.0}
    agrees = [not c.enough or way * c.z >= needed[name] for name, c in checks.items()]
    out: dict[str, Any] = dict(zip(_CELLS, found.counts, strict=True))
    for name, check in checks.items():
        out |= {f"{name}_or": check.or_dark_vs_light, f"{name}_low": check.low,
                f"{name}_high": check.high, f"{name}_finding": check.finding}  # fmt: skip
    return out | {
        "or_dark_vs_light": found.or_dark_vs_light, "low": found.low, "high": found.high,
        "p": found.p, "q": np.nan, "finding": found.finding, "effect": found.effect,
        "n": events.size, "n_outdoor": int(some.sum()), "_agrees": all(agrees),
        "n_untimed": int((~rows["sharp"].to_numpy()[some]).sum()),
        "setting_unknown_share":
            float(rows["unknown"].to_numpy()[events].mean()) if events.size else np.nan,
    }  # fmt: skip
