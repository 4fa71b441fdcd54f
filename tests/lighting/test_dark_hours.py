"""The dark-hours test: known tables, indoor thefts, an even world, a planted effect, the north."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from geo.errors import AnalysisError, CrsError
from geo.lighting.dark_hours import ALL, COLUMNS, GROUPS, DarkHours, dark_hours
from geo.lighting.odds import odds_ratio
from geo.lighting.pooled import pooled_odds
from geo.sun import altitude_deg

VAXJO, KIRUNA = (14.806, 56.879), (20.225, 67.856)
FROM, TO = datetime(2023, 11, 20, 5, tzinfo=UTC), datetime(2026, 11, 23, 5, tzinfo=UTC)
CELLS = st.tuples(*[st.integers(1, 60)] * 4)


def entries(*tables: tuple[int, int, int, int]) -> pd.DataFrame:
    """Write tables out as unrelated events, each of its own fortnight."""
    rows = [(s, c) for s, table in enumerate(tables) for c, n in enumerate(table) for _ in range(n)]
    stratum, cell = np.array(rows, int).reshape(-1, 2).T
    each = np.arange(len(rows))
    return pd.DataFrame({"event": each, "stratum": stratum, "cell": cell, "fortnight": each})


@given(CELLS)
def test_one_hour_is_the_plain_odds_ratio(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table
    plain, got = odds_ratio(a, b, control_dark=c, control_light=d), pooled_odds(entries(table))
    assert got.or_dark_vs_light == pytest.approx(plain.or_dark_vs_light)
    log = np.log([plain.low, plain.high])
    wider = np.sqrt(sum(table) / (sum(table) - 1))  # sums by fortnight: n / (n - 1)
    assert np.log(got.high / got.low) == pytest.approx((log[1] - log[0]) * wider)
    assert got.counts == plain.counts


def test_hours_that_differ_do_not_invent_an_effect() -> None:
    # 17: few events, mostly light dates; 20: many events, mostly dark. Neither has an effect.
    quiet, busy = (20, 60, 30, 90), (180, 60, 90, 30)
    a, b, c, d = np.add(quiet, busy).tolist()
    crude = odds_ratio(a, b, control_dark=c, control_light=d)
    assert crude.low > 1
    got = pooled_odds(entries(quiet, busy))
    assert got.or_dark_vs_light == pytest.approx(1)
    assert got.finding == "cannot_tell"


def test_a_control_event_that_serves_two_hours_is_one_event() -> None:
    once = entries((30, 20, 15, 15), (30, 20, 15, 15))
    control = once["cell"] >= 2
    shared = once.assign(event=once["event"].mask(control & (once["stratum"] == 1),
                                                  once["event"] - 80))  # fmt: skip
    lone, both = pooled_odds(once), pooled_odds(shared)
    assert both.counts == (60, 40, 15, 15)
    assert both.or_dark_vs_light == lone.or_dark_vs_light
    assert both.high / both.low > lone.high / lone.low


def test_a_bad_fortnight_is_less_evidence_than_as_many_single_events() -> None:
    alone = entries((40, 20, 20, 20))
    burst = alone.assign(fortnight=alone["fortnight"].clip(lower=20))
    assert pooled_odds(burst).low < pooled_odds(alone).low


def test_nothing_to_divide_by_is_too_few() -> None:
    got = pooled_odds(entries((5, 0, 5, 5)))
    assert np.isnan(got.or_dark_vs_light)
    assert (got.finding, got.effect) == ("too_few", "none")
    assert pooled_odds(entries((1, 1, 1, 1)).iloc[:0]).finding == "too_few"


def rows(moments: Any, category: Any = "vandalism", **more: Any) -> gpd.GeoDataFrame:
    """Rows with what the test reads; more columns override."""
    table = pd.DataFrame({"occurred_from": pd.DatetimeIndex(moments).as_unit("us")})
    usual = {"category": category, "occurred_to": pd.Series(pd.NaT, dtype="datetime64[us, UTC]"),
             "time_known": True, "weight": 1.0, "setting": "outdoor", "source": "s",
             "duplicate_group": None, "accuracy_m": np.nan}  # fmt: skip
    shapes = more.pop("geometry", gpd.GeoSeries([None] * len(table), crs="EPSG:3006"))
    table = table.assign(**usual | more)
    table["id"] = [f"{i:06d}" for i in range(len(table))]
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:3006")


def drawn(n: int, *, odds: float, seed: int, shop: bool = False) -> pd.DatetimeIndex:
    """Draw moments over three years; in a shop, late afternoons only."""
    rng = np.random.default_rng(seed)
    moments = pd.date_range(FROM, TO, freq="h", inclusive="left")
    dark = altitude_deg(moments + pd.Timedelta(minutes=30), lon_deg=VAXJO[0], lat_deg=VAXJO[1]) < -6
    clock = moments.tz_convert("Europe/Stockholm").hour.to_numpy()
    weight = np.where(dark, odds, 1.0) * np.where(shop, (clock >= 9) & (clock < 20), 1.0)
    at = rng.choice(len(moments), n, p=weight / weight.sum())
    return moments[at] + pd.to_timedelta(rng.integers(0, 60, n), unit="min")


def ask(events: gpd.GeoDataFrame, **more: Any) -> DarkHours:
    return dark_hours(events, **{"where": VAXJO, "period_from": FROM, "period_to": TO, **more})


def test_a_planted_effect_is_found_with_its_size_and_its_limits() -> None:
    got = ask(rows(drawn(9000, odds=1.86, seed=2)))
    first = got.tests.iloc[0]
    assert (first["group"], first["finding"]) == (ALL, "more_in_dark")
    assert first["low"] < 1.86 < first["high"]
    assert first["night_or"] > 1
    assert (got.case_hours, got.control_hours) == ((5, 6, 17, 18, 19, 20), (9, 10, 11, 12, 13, 14))
    assert (got.control, got.night_hours) == ("light", (0, 1, 2))
    by_group = got.tests.set_index("group")["finding"]
    assert by_group["damage"] == "more_in_dark"
    assert by_group["violence"] == "too_few"
    assert got.n_tested == 2


def test_an_even_world_is_silent() -> None:
    seen = [ask(rows(drawn(3000, odds=1.0, seed=k))).tests["finding"] for k in range(20)]
    loud = sum(f.isin(["more_in_dark", "fewer_in_dark"]).any() for f in seen)
    assert loud <= 3  # 20 runs at 5 %: more than 3 in 1.6 % of the time


def test_evening_thefts_indoors_show_no_effect_of_darkness() -> None:
    inside = rows(drawn(4000, odds=3.0, seed=1, shop=True), "theft", setting="public_indoor")
    outside = rows(drawn(3000, odds=1.0, seed=4))
    both = pd.concat([inside.assign(id="i" + inside["id"]), outside], ignore_index=True)
    got, bare = ask(both), ask(outside)
    pd.testing.assert_frame_equal(got.tests, bare.tests)
    assert got.left_out == {"told_twice": 0, "not_outdoor": 4000}


def test_the_share_of_unknown_settings_is_printed() -> None:
    mute = rows(drawn(1000, odds=1.0, seed=3), setting="unknown").assign(source="mute")
    told = rows(drawn(3000, odds=1.0, seed=4))
    both = pd.concat([mute.assign(id="m" + mute["id"]), told], ignore_index=True)
    assert ask(both).tests.loc[0, "setting_unknown_share"] == pytest.approx(0.25, abs=0.05)


def test_districts_are_tested_one_by_one_and_small_ones_not(town: Any) -> None:
    moments = drawn(4000, odds=1.0, seed=5)
    where = [Point(500_050, 6_400_050)] * 3950 + [Point(500_250, 6_400_050)] * 50
    areas = town.areas(("district", (0, 0, 100, 100)), ("district", (200, 0, 300, 100)),
                       ("land_use", (0, 0, 300, 100)))  # fmt: skip
    tests = ask(rows(moments, geometry=where), areas=areas).tests
    assert list(tests.columns) == list(COLUMNS)
    assert len(tests) == 3 * (1 + len(GROUPS))
    all_types = tests[tests["group"] == ALL].set_index("area_id")
    assert all_types.loc["a0", "n"] > 1000
    assert all_types.loc["a1", "finding"] == "too_few"


def test_what_is_told_twice_wide_or_timeless_is_left_out() -> None:
    moments = drawn(100, odds=1.0, seed=6)
    twice = rows(moments, duplicate_group=[f"d{k // 2}" for k in range(100)])
    assert ask(twice).left_out["told_twice"] == 50
    wide = rows(moments)
    wide["occurred_to"] = wide["occurred_from"] + pd.Timedelta(hours=3)
    got = ask(wide).tests.iloc[0]
    assert (got["n"], got["n_untimed"]) == (0, 100)
    assert np.isnan(got["setting_unknown_share"])
    assert ask(rows(moments, time_known=False)).tests.loc[0, "n"] == 0


def test_the_north_without_a_control_hour_is_not_tested() -> None:
    got = ask(rows(drawn(4000, odds=1.0, seed=7)), where=KIRUNA)
    assert (got.control, got.case_hours) == ("none", ())
    assert set(got.tests["finding"]) == {"too_few"}


def test_wrong_input_is_refused() -> None:
    events = rows(drawn(10, odds=1.0, seed=1))
    with pytest.raises(AnalysisError, match="needs a year"):
        ask(events, period_from=datetime(2026, 5, 1, tzinfo=UTC))
    with pytest.raises(CrsError):
        ask(events.to_crs("EPSG:4326"))
