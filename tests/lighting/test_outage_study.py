"""The outage study: a case on paper, a planted effect, an even world, and intervals that hold."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.errors import AnalysisError, CrsError
from geo.lighting.outage_study import StudyParams, outage_study

ZONE, CRS = "America/Chicago", "EPSG:26971"
E0, N0 = 350_000.0, 580_000.0
PLAIN = StudyParams(lag_nights=0)


def outages(*rows: tuple[float, str | None, str | None]) -> gpd.GeoDataFrame:
    table = pd.DataFrame(rows, columns=["x", "reported", "mended"])
    spots = gpd.GeoSeries.from_xy(table["x"] + E0, np.full(len(table), N0), crs=CRS)
    return gpd.GeoDataFrame(table, geometry=spots)


def events(*rows: tuple[float, str]) -> gpd.GeoDataFrame:
    """Events at metres east and local times."""
    table = pd.DataFrame(rows, columns=["x", "at"])
    local = pd.to_datetime(table["at"]).dt.tz_localize(ZONE)
    spots = gpd.GeoSeries.from_xy(table["x"] + E0, np.full(len(table), N0), crs=CRS)
    return gpd.GeoDataFrame({"occurred_from": local.dt.tz_convert("UTC").dt.as_unit("us")},
                            geometry=spots)  # fmt: skip


def ask(lamps: gpd.GeoDataFrame, some: gpd.GeoDataFrame, params: StudyParams = PLAIN) -> Any:
    return outage_study(lamps, some, timezone=ZONE, params=params).set_index(["light", "zone"])


def test_nights_are_counted_from_noon_to_noon() -> None:
    got = ask(
        outages((0, "2013-01-10", "2013-01-13")),
        events(
            (0, "2013-01-10 02:00"),  # the night of the 9th: before
            (0, "2013-01-10 22:00"), (50, "2013-01-13 03:00"),  # first and last dark night
            (100, "2013-01-12 23:00"),  # a neighbour's
            (0, "2013-01-13 21:00"),  # mended: after
            (0, "2013-01-11 12:30"),  # by day, while it was out: the placebo
            (0, "2013-01-20 23:00"), (300, "2013-01-11 23:00"),  # too late, too far
        ),
    )  # fmt: skip
    dark = got.loc[("night", "dark")]
    names = ["n_before", "n_during", "n_after", "nights_before", "nights_during", "nights_after"]
    assert dark[names].tolist() == [1, 2, 1, 3, 3, 3]
    assert dark["ratio"] == pytest.approx(2.0)  # 2 in 3 nights against 2 in 6
    assert dark["finding"] == "too_few"
    assert got.loc[("night", "ring"), "n_during"] == 1
    assert got.loc[("day", "dark"), "n_during"] == 1


def test_nights_that_another_outage_darkens_are_not_lit_nights() -> None:
    got = ask(outages((0, "2013-01-10", "2013-01-13"), (90, "2013-01-13", "2013-01-15")), events())
    dark = got.loc[("night", "dark")]
    assert dark["nights_during"] == 5
    assert dark["nights_before"] == 3  # the second's nights before are the first's dark ones
    assert dark["nights_after"] == 1 + 2


def test_lag_short_long_and_unfinished() -> None:
    rows = outages((0, "2013-01-10", "2013-01-12"), (900, "2013-01-10", "2013-01-10"),
                   (1800, "2013-01-10", "2013-04-10"), (2700, "2013-01-10", None))  # fmt: skip
    late = ask(rows, events((0, "2013-01-09 22:00")), StudyParams())
    dark = late.loc[("night", "dark")]
    assert dark[["nights_before", "nights_during", "nights_after"]].tolist() == [2, 2, 2]
    assert dark["n_before"] == 0  # within the three nights before the report


def world(
    rng: np.random.Generator, *, effect: float, n: int = 600, uneven: float = 1.0
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Outages over two years whose places differ in rate, longest where the rate is highest."""
    east, north = rng.uniform(0, 20_000, (2, n))
    rate = 0.02 * rng.gamma(1 / uneven, uneven, n)
    length = np.clip((2 + 300 * rate).astype(int), 1, 25)
    start = rng.integers(60, 600, n)
    day = np.arange(730)
    dark = (day[None, :] >= start[:, None]) & (day[None, :] < (start + length)[:, None])
    count = rng.poisson(rate[:, None] * np.where(dark, effect, 1.0))
    place, when = np.repeat(np.argwhere(count), count[count > 0], axis=0).T
    epoch = np.datetime64("2012-01-01", "D")
    reported, mended = epoch + start, epoch + start + length
    spots = gpd.points_from_xy(east + E0, north + N0)
    dates = {"reported": reported, "mended": mended}
    lamps = gpd.GeoDataFrame(dates, geometry=spots, crs=CRS)
    local = pd.DatetimeIndex(epoch + when).tz_localize(ZONE) + pd.Timedelta(hours=23)
    crimes = gpd.GeoDataFrame({"occurred_from": local.tz_convert("UTC").as_unit("us")},
                              geometry=lamps.geometry.to_numpy()[place], crs=CRS)  # fmt: skip
    return lamps, crimes


def test_a_planted_effect_is_found_with_its_size() -> None:
    lamps, crimes = world(np.random.default_rng(3), effect=1.8)
    dark = ask(lamps, crimes).loc[("night", "dark")]
    assert dark["finding"] == "more"
    assert dark["low"] < 1.8 < dark["high"]


def test_no_effect_is_silent_and_the_interval_holds() -> None:
    hits, exact, loud = 0, 0, 0
    for seed in range(60):
        lamps, crimes = world(np.random.default_rng(seed), effect=1.0)
        dark = ask(lamps, crimes).loc[("night", "dark")]
        hits += dark["low"] <= 1 <= dark["high"]
        exact += dark["exact_low"] <= 1 <= dark["exact_high"]
        loud += dark["finding"] in {"more", "fewer"}
    assert hits >= 52  # 95 % of 60 is 57; fewer than 52 happens in 0.3 % of such series
    assert exact >= 52
    assert loud <= 8


def test_nothing_and_wrong_input() -> None:
    empty = ask(outages(), events())
    assert set(empty["finding"]) == {"too_few"}
    with pytest.raises(AnalysisError, match="ends before it begins"):
        ask(outages((0, "2013-01-13", "2013-01-10")), events())
    with pytest.raises(CrsError):
        ask(outages((0, "2013-01-10", "2013-01-12")).to_crs("EPSG:4326"), events())
