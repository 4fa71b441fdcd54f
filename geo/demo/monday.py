"""The fifteen questions of a Monday morning, answered by who knows the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.demo.hours import LAST_WEEK, WEEKS
from geo.demo.sites import HABITS
from geo.demo.work import SILENT

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.demo.lamps import Lighting
    from geo.demo.sites import Site
    from geo.demo.world import World

_FRIDAY = pd.Timestamp("2026-11-20 15:00", tz="Europe/Stockholm")
_SHOWN_FROM = 5


@dataclass(frozen=True, slots=True)
class Known:
    """
    All that is known when the questions are asked.

    Parameters
    ----------
    world, lighting, places, sites, planted
        The municipality, its lamps, its places with a function, planted places, and whether
        they are planted.
    events, told
        What happened, and what was told of it.
    reports, visits, verdicts, calendar, measures
        What came in beside.
    disagreements
        Where actors differ.
    """

    world: World
    lighting: Lighting
    places: gpd.GeoDataFrame
    sites: list[Site]
    planted: bool
    events: pd.DataFrame
    told: pd.DataFrame
    reports: pd.DataFrame
    visits: pd.DataFrame
    verdicts: pd.DataFrame
    calendar: pd.DataFrame
    measures: gpd.GeoDataFrame
    disagreements: list[dict[str, str]]


def answers(known: Known) -> dict[str, Any]:
    """
    Answer the fifteen questions as far as the data decide them.

    Parameters
    ----------
    known
        Everything.

    Returns
    -------
    dict
        "1".."15" -> small tables of plain values.
    """
    planted = known.planted
    roles = {s.role: s for s in known.sites} if planted else {}
    now = pd.Timestamp(LAST_WEEK.end())
    last = pd.Timestamp(LAST_WEEK.start())
    fresh = known.told[(known.told["told_from"] >= _FRIDAY) & (known.told["setting"] != "dwelling")]
    coming = known.calendar[
        (known.calendar["ends"] >= "2026-11-23") & (known.calendar["starts"] <= "2026-12-06")
    ]
    this_week = known.visits[known.visits["arrived"] >= last]
    waiting = known.reports["state"] == "received"
    late = known.measures[
        known.measures["state"].isin(["decided", "ongoing"])
        & (known.measures["ends"] != "")
        & (known.measures["ends"] < f"{now:%Y-%m-%d}")
    ]
    return {
        "1": {"since": _FRIDAY.isoformat(), "rows": len(fresh),
              "by_category": _counts(fresh["category"]), "new_places": _names(roles, "new")},
        "2": {"real": _names(roles, "new", "light", "received"),
              "like_the_light_but_not": _names(roles, "look_alike")},
        "3": _where_and_when(known) if planted else [],
        "4": _names(roles, "faded", "worked"),
        "5": {"visits": len(this_week), "minutes": _minutes(this_week),
              "planned": int(this_week["planned"].sum())},
        "6": [{"number": n, "owner_unit": o} for n, o in
              zip(late["number"], late["owner_unit"], strict=True)],
        "7": {"helped": _names(roles, "worked"), "moved": _names(roles, "displaced"),
              "moved_to": _names(roles, "received")},
        "8": [SILENT],
        "9": [d for d in known.disagreements if d["week"] == str(LAST_WEEK)],
        "10": {"last_week": int((known.reports["received"] >= last).sum()),
               "unanswered": int(waiting.sum()), "year": len(known.reports)},
        "11": _darkness(known, roles),
        "12": sorted(coming["name"]),
        "13": _districts(known),
        "14": {"districts_with_five_or_more": sum(
            row["last_52w"] >= _SHOWN_FROM for row in _districts(known))},
        "15": {"unlocated": int(known.told["x"].isna().sum()),
               "told_twice": int(known.told["second"].sum()), "rows": len(known.told),
               "lamps_missing": int((~known.lighting.lamps["listed"]).sum())},
    }  # fmt: skip


def hours_of(site: Site) -> list[dict[str, Any]]:
    """
    Give the hours that are a place's own.

    Parameters
    ----------
    site
        A planted place.

    Returns
    -------
    list of dict
        ``weekdays`` (first and last, Monday 0, operative), ``from`` and ``to`` (clock hours).
    """
    return [
        {"weekdays": [first, last], "from": start, "to": stop % 24}
        for first, last, start, stop in HABITS[site.habit][0]
    ]


def _names(roles: dict[str, Site], *wanted: str) -> list[dict[str, str]]:
    return [{"key": roles[r].key, "name": roles[r].name} for r in wanted if r in roles]


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(k): int(v) for k, v in values.value_counts().sort_index().items()}


def _minutes(visits: pd.DataFrame) -> int:
    return int((visits["left"] - visits["arrived"]).dt.total_seconds().sum() // 60)


def _where_and_when(known: Known) -> list[dict[str, Any]]:
    """Rank places by their excess over the last twelve weeks."""
    since = pd.Timestamp(LAST_WEEK.shift(-11).start())
    recent = known.events[(known.events["at"] >= since) & (known.events["site"] != "")]
    count = recent["site"].value_counts()
    rows: list[dict[str, Any]] = [
        {"key": s.key, "name": s.name, "excess_12w": int(count.get(s.key, 0)), "hours": hours_of(s)}
        for s in known.sites
        if s.spells[-1][1] == WEEKS
    ]
    return sorted(rows, key=lambda r: (-r["excess_12w"], r["key"]))[:5]


def _darkness(known: Known, roles: dict[str, Site]) -> dict[str, Any]:
    lamps = known.lighting.lamps
    return {
        "out": int((lamps["state"] == "faulty").sum()),
        "out_together": [{"poles": g, "owner": "Granvads kommun"} for g in known.lighting.groups],
        "without_lamps": known.world.streets["ref"].iloc[known.lighting.bare].tolist(),
        "off_on_purpose": known.lighting.asleep,
        "matters": _names(roles, "light") if known.lighting.groups else [],
        "does_not": _names(roles, "look_alike"),
    }


def _districts(known: Known) -> list[dict[str, Any]]:
    """Count located rows by district, this year and the one before."""
    districts = known.world.land.districts
    told = known.told[known.told["x"].notna() & (known.told["setting"] != "dwelling")]
    points = shapely.points(told["x"].to_numpy(), told["y"].to_numpy())
    row, area = shapely.STRtree(districts.geometry.to_numpy()).query(points, predicate="within")
    at = told["told_from"].to_numpy()[row]
    cut = [np.datetime64(LAST_WEEK.shift(-k).start().replace(tzinfo=None), "us") for k in (51, 103)]
    at = pd.DatetimeIndex(at).tz_localize(None).to_numpy() if len(at) else np.array([], "M8[us]")
    out = []
    for k, (name, people) in enumerate(
        zip(districts["name"], districts["population"], strict=True)
    ):
        mine = at[area == k]
        now, before = int((mine >= cut[0]).sum()), int(((mine >= cut[1]) & (mine < cut[0])).sum())
        rate = round(1000 * now / people, 1) if people else None
        out.append({"name": name, "last_52w": now, "year_before": before, "per_1000": rate})
    return out
