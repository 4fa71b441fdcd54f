from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import IngestError
from geo.ingest.dates import clock_text
from geo.ingest.times import Times, midnight_only, parse_times

ZONE = "Europe/Stockholm"


def times(*texts: str, **rest: object) -> Times:
    return parse_times([pd.Series(texts, dtype="str")], timezone=ZONE, **rest)  # type: ignore[arg-type]  # one helper for all switches


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-20 21:30", "2026-11-20 20:30"),
        ("2026-11-20 kl. 21:30", "2026-11-20 20:30"),
        ("2026-11-20 21.30", "2026-11-20 20:30"),
        ("20/11 2026 21:30", "2026-11-20 20:30"),
        ("20.11.2026 21:30", "2026-11-20 20:30"),
        ("fre 20 nov 2026, kl 21:30", "2026-11-20 20:30"),
        ("20 november 2026 21:30:15", "2026-11-20 20:30:15"),
        ("Nov 20, 2026 9:30 PM", "2026-11-20 20:30"),
        ("202611202130", "2026-11-20 20:30"),
        ("2026-11-20T21:30:00Z", "2026-11-20 21:30"),
        ("2026-11-20T21:30:00.000+02:00", "2026-11-20 19:30"),
        ("2026-11-20 21:30 -0500", "2026-11-21 02:30"),
        ("2026-11-20 24:00", "2026-11-20 23:00"),
        ("2026-07-01 12:00", "2026-07-01 10:00"),
        ("1-Apr-12", "2012-03-31 22:00"),
    ],
)
def test_known_moments(text: str, utc: str) -> None:
    got = times(text)
    assert got.utc[0] == pd.Timestamp(utc, tz="UTC")
    assert bool(got.has_time[0]) == (text != "1-Apr-12")


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01 10:00", "31 februari 2026", "i fredags", "25:00",
             "2026-11-20 21:75", "13/13/2026", "20 foo 2026"],
)  # fmt: skip
def test_what_is_no_date_is_unreadable_not_guessed(text: str) -> None:
    got = times(text)
    assert bool(got.unreadable[0])
    assert pd.isna(got.utc[0])


def test_the_gap_never_happened_and_the_fold_happened_twice() -> None:
    got = times("2026-03-29 02:30", "2026-10-25 02:30", "2026-10-25 04:30")
    assert got.in_gap.tolist() == [True, False, False]
    assert got.in_fold.tolist() == [False, True, False]


def test_a_date_alone_has_no_hour_and_falls_in_no_fold() -> None:
    got = times("2026-10-25")
    assert not got.has_time[0]
    assert not got.in_fold[0]


def test_a_month_is_an_interval() -> None:
    got = times("2018-12", "2018")
    assert got.end.tolist() == [pd.Timestamp("2018-12-31 23:00", tz="UTC")] * 2
    assert not got.has_time.any()


def test_local_times_marked_as_utc_are_local_when_the_mapping_says_so() -> None:
    got = times("2018-07-01T04:28:13.000Z", ignore_offset=True)
    assert got.utc[0] == pd.Timestamp("2018-07-01 02:28:13", tz="UTC")


def test_day_and_month_are_told_apart_by_any_value_that_fits_only_one_order() -> None:
    assert times("03/04/2026", "13/04/2026").local[0] == pd.Timestamp("2026-04-03")
    assert times("03/04/2026", "04/13/2026").local[0] == pd.Timestamp("2026-03-04")
    assert times("03/04/2026", date_order="mdy").local[0] == pd.Timestamp("2026-03-04")
    with pytest.raises(IngestError, match="day first or month first") as caught:
        times("03/04/2026", "05/06/2026")
    assert "date_order" in caught.value.fix
    with pytest.raises(IngestError, match="day first or month first"):
        times("13/04/2026", "04/13/2026")


def test_a_time_is_built_of_several_columns() -> None:
    def build(*columns: list[str]) -> Times:
        return parse_times([pd.Series(c, dtype="str") for c in columns], timezone=ZONE)

    whole = build(["2020", "2020"], ["6", "2"], ["19", "30"], ["3", "1"], ["40", "0"])
    assert whole.utc[0] == pd.Timestamp("2020-06-19 01:40", tz="UTC")
    assert whole.unreadable.tolist() == [False, True]
    pair = build(["13/1/2010", "14/1/2010", "15/1/2010"], ["21:05", "7", ""])
    told = ("2010-01-13 21:05", "2010-01-14 07:00", "2010-01-15")
    assert pair.local.tolist() == [pd.Timestamp(text) for text in told]
    assert pair.has_time.tolist() == [True, True, False]
    assert build(["2010-01-13"], ["sent"]).unreadable[0]
    with pytest.raises(IngestError, match="too many columns"):
        build(*[["1"]] * 7)


@pytest.mark.parametrize(
    ("text", "clock"),
    [("", ""), ("7", "07:00"), ("0730", "07:30"), ("kl. 21.30", "21:30"), ("21:30:05", "21:30"),
     ("7h", "07:00"), ("natt", None)],
)  # fmt: skip
def test_times_of_day(text: str, clock: str | None) -> None:
    assert clock_text(text) == clock


def test_midnights_mean_no_time_when_nearly_all_are() -> None:
    midnights = [f"2026-01-{d:02d} 00:00" for d in range(1, 31)]
    assert int(midnight_only(times(*midnights, "2026-02-01 12:00")).sum()) == 30
    mixed = times(*midnights, *["2026-02-01 12:00"] * 10)
    assert not midnight_only(mixed).any()
    kinds = pd.Series(["a"] * 30 + ["b"] * 10)
    assert midnight_only(mixed, groups=kinds).tolist() == [True] * 30 + [False] * 10


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)))
def test_every_usual_form_of_a_moment_is_the_same_moment(moment: datetime) -> None:
    at = moment.replace(second=0, microsecond=0)
    forms = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:00", "%d.%m.%Y %H:%M", "%Y%m%d%H%M",
             "%Y-%m-%d kl. %H.%M"]  # fmt: skip
    local = times(*(at.strftime(form) for form in forms)).local
    assert set(local) == {pd.Timestamp(at)}


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)), st.integers(-14, 14))
def test_an_offset_is_subtracted(moment: datetime, hours: int) -> None:
    at = moment.replace(microsecond=0)
    text = f"{at.isoformat()}{hours:+03d}:00"
    expected = at.replace(tzinfo=UTC) - timedelta(hours=hours)
    assert times(text).utc[0] == pd.Timestamp(expected)


@given(st.lists(st.text(max_size=20)))
def test_no_text_breaks_it(texts: list[str]) -> None:
    got = times(*texts, date_order="dmy")
    assert len(got.utc) == len(texts)
