"""
Ask how often the dark-hours test finds what is not there, and how often it finds what is.

    python benchmarks/dark_hours.py [--runs 400] [--jobs 2] [--write docs/accuracy-dark-hours.md]

Three years of events by Växjö's sun, each type with its own rhythm over day, week and year. Where
darkness has no part every finding is false; where it has, its odds are stated. Intervals are
exact, 95 %.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.intervals import binomial_interval
from geo.lighting.dark_hours import GROUPS, dark_hours
from geo.sun import altitude_deg

WHERE = (14.806, 56.879)
FROM, TO = datetime(2023, 11, 20, 5, tzinfo=UTC), datetime(2026, 11, 23, 5, tzinfo=UTC)
ZONE = "Europe/Stockholm"
EVENING = np.array([2, 1, 1, .5, .5, .5, .7, 1, 1, 1, 1.3, 1.6, 2, 2, 2.2, 2.6, 3, 3.2, 3.6, 4, 4,
                    4, 3.5, 3])  # fmt: skip


@dataclass(frozen=True)
class World:
    """
    One way that events can fall.

    Parameters
    ----------
    name
        What it is called in the table.
    per_year
        Events a year.
    odds
        Darkness over light; 1 is no effect.
    burst
        Mean number of events that come together within a week.
    evening_wave
        Height of a summer wave that hours from 16 to 03 have and the day has not; below 0 it
        peaks in winter.
    """

    name: str
    per_year: int
    odds: float = 1.0
    burst: float = 1.0
    evening_wave: float = 0.0


WORLDS = (
    World("no effect, 300 a year", 300),
    World("no effect, 1 000 a year", 1000),
    World("no effect, 5 000 a year", 5000),
    World("no effect, 1 000 a year in bursts of 3", 1000, burst=3.0),
    World("no effect, 5 000 a year in bursts of 3", 5000, burst=3.0),
    World("no effect, 5 000 a year, evenings 20 % livelier in summer", 5000, evening_wave=0.2),
    World("no effect, 5 000 a year, evenings 20 % livelier in winter", 5000, evening_wave=-0.2),
    World("odds 1.35, 1 000 a year", 1000, odds=1.35),
    World("odds 1.35, 5 000 a year", 5000, odds=1.35),
    World("odds 1.86, 1 000 a year", 1000, odds=1.86),
    World("odds 1.86, 5 000 a year", 5000, odds=1.86),
)


def hours() -> tuple[pd.DatetimeIndex, pd.DatetimeIndex, np.ndarray]:
    """Lay out the hours, and tell which are dark."""
    moments = pd.date_range(FROM, TO, freq="h", inclusive="left")
    height = altitude_deg(moments + pd.Timedelta(minutes=30), lon_deg=WHERE[0], lat_deg=WHERE[1])
    return moments, moments.tz_convert(ZONE), height < -6.0


def draw(world: World, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw the events of a world as rows that the test can take."""
    moments, local, dark = hours()
    clock, day = local.hour.to_numpy(), local.day_of_year.to_numpy()
    season = np.cos(2 * np.pi * (day - 180) / 365.25)
    evening = (clock >= 16) | (clock < 3)
    parts = []
    for k, keys in enumerate(GROUPS.values()):
        weight = EVENING[clock] * (1 + (0.25 - 0.12 * k) * season)
        weight *= np.where(dark, world.odds, 1.0) * (1 + world.evening_wave * season * evening)
        n = rng.poisson(3 * world.per_year / len(GROUPS) / world.burst)
        first = rng.choice(len(moments), n, p=weight / weight.sum())
        at = np.repeat(first, rng.poisson(world.burst - 1, n) + 1)
        # what comes together comes within days, at hours of the same weight
        repeated = np.r_[False, at[1:] == at[:-1]]
        at = np.clip(at + np.where(repeated, rng.integers(-3, 4, at.size) * 24, 0), 0,
                     len(moments) - 1)  # fmt: skip
        start = moments[at] + pd.to_timedelta(rng.integers(0, 60, at.size), unit="min")
        parts.append(pd.DataFrame({"occurred_from": start.as_unit("us"),
                                   "category": rng.choice(np.array(keys), at.size)}))  # fmt: skip
    rows = pd.concat(parts, ignore_index=True).assign(
        occurred_to=pd.Series(pd.NaT, dtype="datetime64[us, UTC]"), time_known=True, weight=1.0,
        setting="outdoor", source="s", duplicate_group=None, accuracy_m=np.nan,
    )  # fmt: skip
    rows["id"] = [f"{i:06d}" for i in range(len(rows))]
    nowhere = gpd.GeoSeries([None] * len(rows), crs="EPSG:3006")
    return gpd.GeoDataFrame(rows, geometry=nowhere)


def ask(job: tuple[World, int]) -> Counter[str]:
    """Test one draw of a world."""
    world, seed = job
    rows = draw(world, np.random.default_rng([seed, WORLDS.index(world)]))
    found = dark_hours(rows, where=WHERE, period_from=FROM, period_to=TO)
    tested = found.tests[found.tests["finding"] != "too_few"]
    t = Counter({"runs": 1, "tests": len(tested)})
    t["alone"] = int(((tested["low"] > 1) | (tested["high"] < 1)).sum())
    t["found"] = int(tested["finding"].isin(["more_in_dark", "fewer_in_dark"]).any())
    t["more"] = int((found.tests["finding"].iloc[:1] == "more_in_dark").any())
    return t


def share(hits: int, of: int) -> str:
    """Write a share with its exact interval."""
    if of == 0:
        return "-"
    low, high = binomial_interval(hits, of)
    return f"{100 * hits / of:.1f} % ({100 * float(low):.1f}-{100 * float(high):.1f})"


def table(tallies: dict[str, Counter[str]]) -> list[str]:
    """Write the table."""
    lines = [
        "| world | runs | tests | interval clear of 1 | any finding | more in dark, all types |",
        "|---|---|---|---|---|---|",
    ]
    for name, t in tallies.items():
        lines.append(
            f"| {name} | {t['runs']} | {t['tests']} | {share(t['alone'], t['tests'])} "
            f"| {share(t['found'], t['runs'])} | {share(t['more'], t['runs'])} |"
        )
    return lines


def main() -> None:
    """Run the worlds and print."""
    parser = argparse.ArgumentParser(description="False and true findings of the dark-hours test.")
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    begun, tallies = time.perf_counter(), {world.name: Counter[str]() for world in WORLDS}
    jobs = [(world, seed) for world in WORLDS for seed in range(asked.runs)]
    with get_context("spawn").Pool(asked.jobs) as pool:
        for (world, _), t in zip(jobs, pool.imap(ask, jobs, chunksize=8), strict=True):
            tallies[world.name] += t
    lines = table(tallies)
    print(*lines, f"{asked.runs} runs a world, {time.perf_counter() - begun:.0f} s", sep="\n")
    if asked.write is not None:
        text = asked.write.read_text(encoding="utf-8")
        head, _, tail = text.partition("<!-- table -->\n")
        _, _, tail = tail.partition("<!-- end -->")
        asked.write.write_text(
            "\n".join([head + "<!-- table -->", *lines, "<!-- end -->" + tail]), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
