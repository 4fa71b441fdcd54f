"""Counts in fixed squares and weeks: known answers, and laws of where edges lie."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.clock import Week
from geo.errors import CrsError
from geo.maps.cells import count_fixed, last_period, sum_periods

CRS = "EPSG:3006"
START = Week(2026, 47).start()


def points(where: list[tuple[float, float]], when: list[datetime]) -> gpd.GeoDataFrame:
    """Make rows of coordinates and moments."""
    times = pd.Series(pd.to_datetime(when, utc=True)).astype("datetime64[us, UTC]")
    x, y = [p[0] for p in where], [p[1] for p in where]
    return gpd.GeoDataFrame({"at": times}, geometry=gpd.points_from_xy(x, y), crs=CRS)


def test_six_in_one_square_are_told_and_two_in_the_next_are_not() -> None:
    rows = points([(10, 10)] * 6 + [(260, 10)] * 2, [START] * 8)
    out = count_fixed(rows, cell_m=250, period_weeks=1, time="at", min_count=5).set_index("cell")
    assert out.loc["250-0-0", "n"] == 6
    assert np.isnan(out.loc["250-1-0", "n"])
    assert (out.loc["250-1-0", "n_min"], out.loc["250-1-0", "n_max"]) == (1, 4)
    assert list(out["suppressed"]) == [False, True]
    assert out.loc["250-0-0", "geometry"].bounds == (0, 0, 250, 250)


def test_squares_with_few_are_not_there_at_all_when_that_is_the_rule() -> None:
    rows = points([(10, 10)] * 6 + [(260, 10)] * 2, [START] * 8)
    out = count_fixed(rows, cell_m=250, period_weeks=1, time="at", min_count=5, small_shown=False)
    assert list(out["cell"]) == ["250-0-0"]


def test_weights_are_summed_and_rows_without_place_or_time_are_not_counted() -> None:
    rows = points([(10, 10)] * 4, [START] * 4).assign(weight=[1.0, 0.5, 0.5, 1.0])
    rows.loc[3, "geometry"] = None
    rows.loc[0, "at"] = pd.NaT
    out = count_fixed(rows, cell_m=250, period_weeks=1, time="at")
    assert list(out["n"]) == [1.0]


def test_a_week_runs_from_monday_six_local_to_the_next() -> None:
    last = Week(2026, 47).end() - timedelta(seconds=1)
    rows = points([(1, 1)] * 3, [START, last, last + timedelta(seconds=1)])
    out = count_fixed(rows, cell_m=250, period_weeks=1, time="at")
    assert list(out["n"]) == [2, 1]
    assert out["period_from"].iloc[0] == pd.Timestamp(START)
    assert out["period_to"].iloc[0] == out["period_from"].iloc[1]


def test_the_week_the_clocks_change_is_169_hours() -> None:
    rows = points([(1, 1)], [datetime(2026, 10, 24, 12, tzinfo=UTC)])
    out = count_fixed(rows, cell_m=250, period_weeks=1, time="at").iloc[0]
    assert out["period_to"] - out["period_from"] == pd.Timedelta(hours=169)


def test_only_periods_that_have_ended_are_given() -> None:
    rows = points([(1, 1)] * 2, [START, START - timedelta(weeks=1)])
    out = count_fixed(rows, cell_m=250, period_weeks=1, time="at", ended_by=START)
    assert list(out["period_to"]) == [pd.Timestamp(START)]


def test_no_rows_give_no_squares_with_every_column() -> None:
    out = count_fixed(points([], []), cell_m=250, period_weeks=1, time="at", min_count=5)
    assert len(out) == 0
    assert {"id", "cell", "n", "n_min", "period_from", "suppressed"} <= set(out.columns)
    assert len(sum_periods(out)) == 0


def test_degrees_are_refused() -> None:
    with pytest.raises(CrsError):
        count_fixed(points([], []).to_crs(4326), cell_m=250, period_weeks=1, time="at")


def test_weeks_added_up_tell_no_more_than_the_weeks_did() -> None:
    weeks = [START, *[START - timedelta(weeks=1)] * 6]
    out = sum_periods(
        count_fixed(points([(1, 1)] * 7, weeks), cell_m=250, period_weeks=1, time="at", min_count=5)
    ).iloc[0]
    assert np.isnan(out["n"])
    assert (out["n_min"], out["n_max"], out["n_periods"]) == (7, 10, 2)


def test_the_last_ended_period_of_thirteen_weeks_ends_before_the_moment() -> None:
    moment = Week(2026, 47).end()
    first, last = last_period(moment, period_weeks=13)
    assert last.shift(-12) == first
    assert last.end() <= moment < last.shift(13).end()
    assert last_period(moment, period_weeks=1) == (Week(2026, 47), Week(2026, 47))


spots = st.lists(
    st.tuples(st.floats(0, 3000), st.floats(0, 3000), st.integers(0, 52 * 168 - 1)), max_size=40
)


@settings(max_examples=40)
@given(spots=spots, cell_m=st.sampled_from([250, 500]), weeks=st.sampled_from([1, 13]))
def test_every_row_is_in_exactly_one_square_and_period(
    spots: list[tuple[float, float, int]], cell_m: int, weeks: int
) -> None:
    rows = points([s[:2] for s in spots], [START - timedelta(hours=s[2]) for s in spots])
    out = count_fixed(rows, cell_m=cell_m, period_weeks=weeks, time="at")
    assert out["n"].sum() == len(spots)
    assert (np.mod(out.bounds.to_numpy(), cell_m) == 0).all()
    assert out["id"].is_unique
    shuffled = rows.sample(frac=1, random_state=1)
    again = count_fixed(shuffled, cell_m=cell_m, period_weeks=weeks, time="at")
    pd.testing.assert_frame_equal(pd.DataFrame(out), pd.DataFrame(again))
