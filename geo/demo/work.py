"""What the municipality does: mends lamps, plans, decides, judges the week, is present."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.demo.hours import LAST_WEEK
from geo.demo.sites import tidy
from geo.spatial import DEFAULT_CRS

if TYPE_CHECKING:
    from geo.demo.lamps import Lighting
    from geo.demo.sites import Site

ACTORS = ("kommunen", "polisen", "bostadsbolaget", "vaktbolaget", "skolan")
JUDGED = ("Granvad centrum", "Kornåkern", "Tegelvreten", "Gruskullen", "Ulvasunds centrum")
SILENT = "skolan"
"""The actor that has sent nothing for the last week."""
WEEKS_JUDGED = 8
_CHANNELS = ("e-tjänst", "telefon", "vandring")
_PROBLEMS = {"gron": "", "gul": "stökiga kvällar", "rod": "bråk och skadegörelse"}
_EVENTS: tuple[tuple[str, str, str, str, str], ...] = (
    ("lov", "Jullov", "2025-12-22", "2026-01-08", ""),
    ("lov", "Sportlov", "2026-02-16", "2026-02-22", "Fler ungdomar i centrum kvällstid."),
    ("lov", "Påsklov", "2026-03-30", "2026-04-06", ""),
    ("hogtid", "Valborg", "2026-04-30", "2026-04-30", "Skräp i Stadsparken, bemanna till 02."),
    ("hogtid", "Skolavslutning", "2026-06-11", "2026-06-12", "Samling vid stranden, börja tidigt."),
    ("hogtid", "Midsommar", "2026-06-19", "2026-06-20", ""),
    ("arrangemang", "Granvads marknad", "2026-08-28", "2026-08-30", "Torget kräver två par."),
    ("lov", "Höstlov", "2026-10-26", "2026-11-01", ""),
    ("hogtid", "Halloween", "2026-10-31", "2026-10-31", "Anlagda bränder i containrar 2025."),
    ("arrangemang", "Skyltsöndag", "2026-11-29", "2026-11-29", "Mycket folk i centrum 15-19."),
    ("trafik", "EPA-träff vid Gransporten", "2026-11-27", "2026-11-28", "Buskörning 2025."),
    ("arrangemang", "Julmarknad i Stadsparken", "2026-12-05", "2026-12-06", ""),
    ("hogtid", "Lucia", "2026-12-13", "2026-12-13", "Lussevaka natten före."),
    ("lov", "Jullov", "2026-12-21", "2027-01-08", ""),
)  # fmt: skip


def fault_reports(lighting: Lighting, *, rng: np.random.Generator) -> pd.DataFrame:
    """
    Write the fault desk's list: a year of mended lamps, and what is open.

    Parameters
    ----------
    lighting
        The plant.
    rng
        Source of chance.

    Returns
    -------
    pandas.DataFrame
        ``number``, ``pole_ref`` ("" when not given), ``kind``, ``reported``, ``closed`` (UTC),
        ``channel``, ``x``, ``y``.
    """
    lamps = lighting.lamps
    end = pd.Timestamp(LAST_WEEK.end())
    grouped = {ref for group in lighting.groups for ref in group}
    broken = lamps[lamps["state"] == "faulty"]
    told = broken[broken["pole_ref"].isin(grouped) | (rng.random(len(broken)) < 0.72)]
    lag = pd.to_timedelta(np.rint(rng.exponential(3 * 1440, len(told))), unit="min")
    open_at = (told["state_since"] + lag).clip(upper=end - pd.Timedelta(hours=2))
    past = lamps[lamps["state"] == "working"].sample(310, random_state=rng)
    back = pd.to_timedelta(rng.integers(6 * 1440, 364 * 1440, len(past)), unit="min")
    mended_at = pd.Series(end - back, index=past.index)
    took = pd.to_timedelta(np.rint(rng.gamma(2.0, 6 * 1440, len(past))), unit="min")
    closed = (mended_at + took).where(mended_at + took < end, end - pd.Timedelta(hours=20))
    table = pd.concat([told, past])
    out = pd.DataFrame(
        {
            "pole_ref": table["pole_ref"].where(rng.random(len(table)) < 0.85, ""),
            "kind": np.where(rng.random(len(table)) < 0.85, "out",
                             rng.choice(["flickering", "damaged", "obscured"], len(table))),
            "reported": pd.concat([open_at, mended_at]),
            "closed": pd.concat([pd.Series(pd.NaT, index=told.index), closed]),
            "channel": rng.choice(_CHANNELS, len(table), p=[0.7, 0.2, 0.1]),
            "x": table.geometry.x + rng.normal(0, 4, len(table)),
            "y": table.geometry.y + rng.normal(0, 4, len(table)),
        }
    ).sort_values("reported", kind="stable")  # fmt: skip
    out["reported"] = pd.to_datetime(out["reported"], utc=True).dt.floor("min").dt.as_unit("us")
    out["closed"] = pd.to_datetime(out["closed"], utc=True).dt.floor("min").dt.as_unit("us")
    out.insert(0, "number", [f"FA-{26_000 + i}" for i in range(len(out))])
    return out.reset_index(drop=True)


def calendar() -> pd.DataFrame:
    """
    Write the calendar: holidays, pay weekends, what is arranged.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``name``, ``starts``, ``ends`` (naive days), ``lessons``.
    """
    rows = list(_EVENTS)
    for month in pd.period_range("2025-12", "2026-12", freq="M"):
        pay = pd.Timestamp(month.year, month.month, 25)
        friday = pay + pd.Timedelta(days=(4 - pay.weekday()) % 7)
        sunday = friday + pd.Timedelta(days=2)
        rows.append(("lonehelg", f"Lönehelg {month.strftime('%Y-%m')}",
                     friday.strftime("%Y-%m-%d"), sunday.strftime("%Y-%m-%d"), ""))  # fmt: skip
    table = pd.DataFrame(rows, columns=["kind", "name", "starts", "ends", "lessons"])
    table = table.sort_values(["starts", "name"], kind="stable").reset_index(drop=True)
    for column in ("starts", "ends"):
        table[column] = pd.to_datetime(table[column]).dt.as_unit("us")
    return table


def verdicts(*, rng: np.random.Generator) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """
    Judge eight weeks: actors agree on every area and week but three.

    Parameters
    ----------
    rng
        Source of chance.

    Returns
    -------
    table : pandas.DataFrame
        ``actor``, ``week``, ``area``, ``verdict``, ``trend``, ``problem``, ``nothing``, ``orally``.
    disagreements : list of dict
        Area, week, the actor that differs, its verdict and the others'.
    """
    weeks = [str(LAST_WEEK.shift(k - WEEKS_JUDGED + 1)) for k in range(WEEKS_JUDGED)]
    differ = {
        (weeks[-1], "Kornåkern"): ("polisen", "gron", "rod"),
        (weeks[-1], "Ulvasunds centrum"): ("bostadsbolaget", "rod", "gron"),
        (weeks[-3], "Tegelvreten"): ("vaktbolaget", "rod", "gron"),
    }
    rows: list[dict[str, Any]] = []
    for week in weeks:
        for area in JUDGED:
            joint = str(rng.choice(["gron", "gul", "rod"], p=[0.5, 0.4, 0.1]))
            trend = str(rng.choice(["better", "same", "worse"], p=[0.2, 0.6, 0.2]))
            odd, says, joint = differ.get((week, area), ("", "", joint))
            for actor in ACTORS:
                if actor == SILENT and week == weeks[-1]:
                    continue
                verdict = says if actor == odd else joint
                rows.append({"actor": actor, "week": week, "area": area, "verdict": verdict,
                             "trend": trend, "problem": _PROBLEMS[verdict],
                             "nothing": verdict == "gron" and bool(rng.random() < 0.5),
                             "orally": bool(rng.random() < 0.1)})  # fmt: skip
    found = [
        {"week": week, "area": area, "actor": odd, "verdict": says, "others": joint}
        for (week, area), (odd, says, joint) in sorted(differ.items())
    ]
    return pd.DataFrame(rows), found


def presence(sites: list[Site], *, planted: bool, rng: np.random.Generator) -> pd.DataFrame:
    """
    Log presence of the last six weeks.

    Parameters
    ----------
    sites
        Where wardens were sent.
    planted
        False: they walk the same rounds, for no reason.
    rng
        Source of chance.

    Returns
    -------
    pandas.DataFrame
        ``shift``, ``arrived``, ``left`` (UTC), ``kind``, ``met``, ``outcome``, ``planned``,
        ``x``, ``y``, ``site``.
    """
    goals = [s for s in sites if s.role in {"planted", "worked", "light", "new"}]
    end = pd.Timestamp(LAST_WEEK.end()).tz_convert("Europe/Stockholm")
    rows: list[dict[str, Any]] = []
    for days in range(42, 0, -1):
        evening = (end - pd.Timedelta(days=days)).normalize() + pd.Timedelta(hours=18)
        if evening.weekday() in {0, 1}:
            continue
        at = evening.tz_convert("UTC")
        shift = f"{evening:%Y-%m-%d}-kväll"
        for stop in rng.choice(len(goals), size=5, replace=False).tolist():
            at += pd.Timedelta(minutes=int(rng.integers(20, 70)))
            stay = int(rng.integers(8, 26))
            spot = goals[stop].centre + rng.normal(0, 22, 2)
            rows.append({"shift": shift, "arrived": at, "left": at + pd.Timedelta(minutes=stay),
                         "kind": str(rng.choice(["foot", "car"], p=[0.7, 0.3])),
                         "met": int(rng.poisson(5)),
                         "outcome": str(rng.choice(["lugnt", "dialog", "tillkallat polis"],
                                                   p=[0.6, 0.37, 0.03])),
                         "planned": bool(rng.random() < 0.86), "x": float(spot[0]),
                         "y": float(spot[1]),
                         "site": goals[stop].key if planted else ""})  # fmt: skip
            at += pd.Timedelta(minutes=stay)
    table = pd.DataFrame(rows)
    for column in ("arrived", "left"):
        table[column] = pd.to_datetime(table[column], utc=True).dt.as_unit("us")
    return table


def decisions(sites: list[Site], *, planted: bool) -> gpd.GeoDataFrame:
    """
    Write the list of measures: one worked, one displaced, one is late, some are under way.

    Parameters
    ----------
    sites
        Planted places.
    planted
        False: the same measures, at places where nothing was.

    Returns
    -------
    GeoDataFrame
        One row a measure, with the ground it is about; EPSG:3006.
    """
    by_role = {s.role: s for s in sites}
    rows = [
        ("worked", "Kvällsnärvaro och dialog", "patrol", "followed_up", "2026-04-21", "2026-05-04",
         "2026-11-22", "2026-11-24", "färre händelser kvällstid", 180_000.0, "Trygghetsenheten"),
        ("displaced", "Ordningsvakter kvällstid", "patrol", "followed_up", "2026-04-21",
         "2026-05-04", "2026-11-22", "2026-11-24", "färre samlingar", 240_000.0,
         "Trygghetsenheten"),
        ("light", "Laga släckta ljuspunkter på gångvägen", "lamp_repair", "decided", "2026-09-22",
         "2026-09-28", "2026-10-31", "2027-01-31", "belyst gångväg", 35_000.0, "Teknik"),
        ("faded", "Skolvärdar efter skoltid", "dialogue", "done", "2026-02-10", "2026-03-02",
         "2026-06-12", "2026-12-01", "lugnare eftermiddagar", 60_000.0, "Utbildning"),
        ("new", "Riktad närvaro helgkvällar", "patrol", "ongoing", "2026-11-10", "2026-11-13",
         "2026-12-31", "2027-02-01", "färre störningar", 40_000.0, "Trygghetsenheten"),
        ("look_alike", "Platsbesök och dialog med boende", "dialogue", "proposed", "", "", "",
         "2027-02-01", "bättre underlag", np.nan, "Bostadsbolaget"),
    ]  # fmt: skip
    names = ("role", "title", "kind", "state", "decided", "starts", "ends", "follow_up",
             "expected", "cost", "owner_unit")  # fmt: skip
    table = pd.DataFrame(rows, columns=names)
    table.insert(0, "number", [f"ÅTG-{i:03d}" for i in range(1, len(table) + 1)])
    table["problem"] = "bråk, skadegörelse och otrygghet" if planted else "otrygghet"
    table["judged_by"] = "kommunen,polisen,bostadsbolaget"
    shapes = [by_role[role].polygon for role in table["role"]]
    placed = [tidy(s) for s in shapes]
    return gpd.GeoDataFrame(table, geometry=placed, crs=DEFAULT_CRS)
