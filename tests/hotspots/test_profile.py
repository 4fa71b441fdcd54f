"""Hours by weekday: intervals are spread, clocks change, and a peak is named only if real."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hotspots.profile import hour_limits, hour_shares, peak, profile, usable

ZONE = "Europe/Stockholm"


def rows(*spans: tuple[str, str | None]) -> pd.DataFrame:
    start = pd.to_datetime([a for a, _ in spans]).tz_localize(ZONE).tz_convert("UTC")
    end = pd.DatetimeIndex(
        [pd.NaT if b is None else pd.Timestamp(b, tz=ZONE).tz_convert("UTC") for _, b in spans]
    )
    if end.tz is None:
        end = end.tz_localize("UTC")
    return pd.DataFrame({"occurred_from": start.as_unit("us"), "occurred_to": end.as_unit("us"),
                         "time_known": True})  # fmt: skip


def week_of(*spans: tuple[str, str | None]) -> np.ndarray:
    shares = hour_shares(rows(*spans), timezone=ZONE)
    return profile(shares, np.ones(len(shares)))


def test_monday_six_comes_first_and_sunday_night_last() -> None:
    week = week_of(("2026-11-16 06:00", None), ("2026-11-16 05:59", None))
    assert week[0, 0] == 1  # Monday 06
    assert week[6, 23] == 1  # Monday 05:59 still belongs to Sunday


def test_saturday_night_belongs_to_saturday() -> None:
    assert week_of(("2026-11-22 01:30", None))[5, 19] == 1


def test_a_car_damaged_between_22_and_07_is_spread_over_nine_hours() -> None:
    week = week_of(("2026-11-20 22:00", "2026-11-21 07:00"))
    np.testing.assert_allclose(week[4, 16:24], 1 / 9)
    assert week[5, 0] == pytest.approx(1 / 9)
    assert week.sum() == pytest.approx(1)
    assert week.max() < 0.2


def test_the_night_the_clocks_go_back_has_a_double_hour() -> None:
    week = week_of(("2026-10-25 00:00", "2026-10-25 06:00"))  # seven hours long
    assert week[5, 20] == pytest.approx(2 / 7)  # 02-03, twice
    assert week[5, 21] == pytest.approx(1 / 7)


def test_the_night_the_clocks_go_forward_lacks_one() -> None:
    week = week_of(("2026-03-29 00:00", "2026-03-29 06:00"))
    assert week[5, 20] == 0
    assert week[5, 21] == pytest.approx(1 / 5)


@given(st.integers(0, 60 * 24 * 500), st.integers(0, 60 * 23))
def test_every_incident_weighs_one_however_long(start: int, length: int) -> None:
    begin = pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(minutes=start)
    frame = pd.DataFrame({"occurred_from": [begin], "occurred_to": [begin +
                          pd.Timedelta(minutes=length)]}).astype("datetime64[us, UTC]")  # fmt: skip
    assert hour_shares(frame, timezone=ZONE).sum() == pytest.approx(1)


def test_unknown_hours_and_whole_days_say_nothing() -> None:
    frame = rows(("2026-11-20 22:00", None), ("2026-11-20 22:00", "2026-11-21 22:00"),
                 ("2026-11-20 22:00", None))  # fmt: skip
    frame["time_known"] = [True, True, False]
    assert usable(frame).tolist() == [True, False, False]


def test_hours_carry_exact_intervals() -> None:
    low, high = hour_limits(np.full((7, 24), 5.0))
    assert low[0, 0] == pytest.approx(1.6235, abs=1e-4)
    assert high[0, 0] == pytest.approx(11.6683, abs=1e-4)


def friday_nights(n: int) -> np.ndarray:
    week = np.zeros((7, 24))
    week[4, 15:18] = n / 3  # Friday 21-24
    return week


def test_friday_nights_are_found() -> None:
    found = peak(friday_nights(15), rng=np.random.default_rng(1))
    assert found["certain"]
    assert found["slots"] == [{"weekday": 4, "from": 21, "to": 24, "n": 15.0, "share": 1.0}]
    assert (found["n"], found["n_timed"]) == (15.0, 15)


def test_hours_past_midnight_are_told_by_the_clock() -> None:
    week = np.zeros((7, 24))
    week[5, 17:21] = 5.0  # Saturday 23 to 03
    slot = peak(week, rng=np.random.default_rng(1))["slots"][0]
    assert (slot["weekday"], slot["from"], slot["to"]) == (5, 23, 3)


def test_few_or_even_hours_have_no_clear_time() -> None:
    few = peak(friday_nights(6), rng=np.random.default_rng(1))
    even = peak(np.full((7, 24), 0.5), rng=np.random.default_rng(1))
    none = peak(np.zeros((7, 24)), rng=np.random.default_rng(1))
    for found in (few, even, none):
        assert not found["certain"]
        assert found["slots"] == []


def test_even_weeks_get_a_peak_no_oftener_than_said() -> None:
    rng = np.random.default_rng(6)
    weeks = rng.multinomial(30, np.full(168, 1 / 168), size=200).reshape(-1, 7, 24)
    named = sum(peak(w.astype(float), rng=rng)["certain"] for w in weeks)
    assert named <= 200 * 0.05 + 10


def test_no_rows_have_no_hours() -> None:
    none = rows(("2026-11-20 22:00", None)).iloc[:0]
    assert hour_shares(none, timezone=ZONE).shape == (0, 168)
