"""Local times placed a quarter of an hour at a time: the same as one by one, in every zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from geo.quarters import MANY, place, place_by_quarters


def some(first: str, last: str) -> pd.Series:
    """More times than `MANY` between two days, some missing, none in any order."""
    begin, end = (np.datetime64(day, "us").astype(np.int64) for day in (first, last))
    times = pd.Series(np.random.default_rng(1).integers(begin, end, MANY).view("datetime64[us]"))
    return times.mask(times.index % 7 == 0).set_axis(times.index + 5)


@pytest.mark.parametrize(
    "name", ["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
)
def test_the_nights_the_clocks_change_are_as_one_by_one(name: str) -> None:
    for first, last in (("2026-03-26", "2026-04-07"), ("2025-10-03", "2025-11-05")):
        times = some(first, last)
        quick = place_by_quarters(times, tz=ZoneInfo(name))
        assert quick is not None
        for got, wanted in zip(quick, place(times, tz=ZoneInfo(name)), strict=True):
            pd.testing.assert_series_equal(got, wanted, check_names=False)


def test_a_clock_changed_within_a_quarter_is_not_placed_by_quarters() -> None:
    assert (
        place_by_quarters(some("2010-03-10", "2010-03-20"), tz=ZoneInfo("America/St_Johns")) is None
    )
    assert (
        place_by_quarters(some("1878-12-25", "1879-01-05"), tz=ZoneInfo("Europe/Stockholm")) is None
    )


def test_few_times_and_times_far_apart_are_placed_one_by_one() -> None:
    stockholm, times = ZoneInfo("Europe/Stockholm"), some("2026-01-01", "2026-12-01")
    assert place_by_quarters(times.iloc[1:], tz=stockholm) is None
    assert place_by_quarters(some("1980-01-01", "2026-01-01"), tz=stockholm) is None
    assert place_by_quarters(times.mask(times.notna()), tz=stockholm) is None
