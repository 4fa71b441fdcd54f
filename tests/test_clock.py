"""Time: the nights the clocks change, weeks that start on Monday at six."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import Week, local_to_utc, operative_date, week_starts, zone
from geo.errors import ClockError

STOCKHOLM = "Europe/Stockholm"
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2049, 12, 31), timezones=st.just(UTC))


def test_a_time_the_clocks_skipped_is_no_time() -> None:
    utc, in_gap, in_fold = local_to_utc(
        pd.Series(pd.to_datetime(["2026-03-29 02:30"])), timezone=STOCKHOLM
    )
    assert utc.isna().all()
    assert in_gap.all()
    assert not in_fold.any()


def test_a_time_shown_twice_is_the_earlier_and_is_marked() -> None:
    utc, in_gap, in_fold = local_to_utc(
        pd.Series(pd.to_datetime(["2026-10-25 02:30"])), timezone=STOCKHOLM
    )
    assert utc[0] == pd.Timestamp("2026-10-25 00:30", tz="UTC")
    assert in_fold.all()
    assert not in_gap.any()


def test_missing_stays_missing_and_is_no_gap() -> None:
    utc, in_gap, in_fold = local_to_utc(
        pd.Series([pd.NaT, pd.Timestamp("2026-07-01 12:00")]), timezone=STOCKHOLM
    )
    assert utc.isna().tolist() == [True, False]
    assert not in_gap.any()
    assert not in_fold.any()
    assert str(utc.dtype) == "datetime64[us, UTC]"


def test_aware_times_are_refused() -> None:
    aware = pd.Series(pd.to_datetime(["2026-07-01"], utc=True))
    with pytest.raises(ClockError, match="already carry a zone"):
        local_to_utc(aware, timezone=STOCKHOLM)


def test_an_unknown_zone_is_refused_with_its_fix() -> None:
    with pytest.raises(ClockError, match=r"Europe/Stokholm[\s\S]*write Europe/Stockholm"):
        zone("Europe/Stokholm")


@given(MOMENTS)
def test_utc_to_local_and_back_is_the_same_unless_the_clock_was_ambiguous(moment: datetime) -> None:
    local = moment.astimezone(zone(STOCKHOLM)).replace(tzinfo=None)
    utc, in_gap, in_fold = local_to_utc(pd.Series([pd.Timestamp(local)]), timezone=STOCKHOLM)
    assert not in_gap.any()
    if not in_fold.any():
        assert utc[0] == pd.Timestamp(moment)
    else:
        assert pd.Timestamp(moment) - utc[0] in (timedelta(0), timedelta(hours=1))


def test_saturday_half_past_one_belongs_to_friday_night() -> None:
    moment = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)  # Saturday 01:30 local
    assert operative_date(moment, timezone=STOCKHOLM).isoformat() == "2026-11-20"


def test_a_naive_moment_belongs_to_no_day() -> None:
    with pytest.raises(ClockError, match="without a time zone"):
        operative_date(datetime(2026, 11, 21))


@pytest.mark.parametrize(
    ("week", "hours"), [("2026-W12", 168), ("2026-W13", 167), ("2026-W43", 169)]
)
def test_a_week_with_a_clock_change_has_another_length(week: str, hours: int) -> None:
    w = Week.parse(week)
    length = w.end(timezone=STOCKHOLM) - w.start(timezone=STOCKHOLM)
    assert length == timedelta(hours=hours)


def test_week_53_exists_only_in_years_that_have_one() -> None:
    assert str(Week.parse("2026-W53")) == "2026-W53"
    with pytest.raises(ClockError, match="not a week"):
        Week.parse("2025-W53")


@pytest.mark.parametrize("text", ["2026-47", "v47", "", "2026-W00", "0000-W01", "2026-W471"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ClockError, match="write YEAR-Wnn"):
        Week.parse(text)


@given(MOMENTS)
def test_every_moment_lies_in_exactly_its_week(moment: datetime) -> None:
    week = Week.of(moment, timezone=STOCKHOLM)
    assert week.start(timezone=STOCKHOLM) <= moment < week.end(timezone=STOCKHOLM)
    assert week.shift(1).start(timezone=STOCKHOLM) == week.end(timezone=STOCKHOLM)
    assert week.shift(5).shift(-5) == week


@given(MOMENTS)
def test_the_vectorised_week_agrees_with_the_single_one(moment: datetime) -> None:
    series = pd.Series([pd.Timestamp(moment), pd.NaT]).astype("datetime64[us, UTC]")
    mondays = week_starts(series, timezone=STOCKHOLM)
    assert mondays[0].date() == Week.of(moment, timezone=STOCKHOLM).monday
    assert pd.isna(mondays[1])


def test_the_label_is_what_a_swede_says() -> None:
    assert Week.parse("2026-W47").label == "v.\u00a047"
