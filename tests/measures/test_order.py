"""An order that comes back: rows moved, removed, doubled, mistyped or impossible."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.frames import MEASURES
from geo.measures.answer import read_date
from geo.measures.order import order_id, order_measures, ordered_lamps, settle

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

CRS = "EPSG:3006"
ORDERED, TODAY = date(2026, 11, 23), date(2026, 11, 30)
NAMES = ("key", "pole_ref", "done_on", "code", "lux")


def errand(name: str, lamps: int) -> dict[str, Any]:
    """Give an errand of some lamps."""
    return {
        "id": name, "place": "Björkstigen", "place_id": None, "work": "Reparera",
        "owner": "Kommunen", "target_days": 3,
        "lamps": [{"lamp_id": f"{name}{n}", "pole_ref": f"{n}"} for n in range(1, lamps + 1)],
        "geometry": shapely.Point(500_000, 6_300_000),
    }  # fmt: skip


@pytest.fixture
def ordered() -> GeoDataFrame:
    """Two errands: of three lamps, and of one."""
    return order_measures([errand("a", 3), errand("b", 1)], ordered_on=ORDERED, crs=CRS)


def keys(measures: GeoDataFrame) -> list[str]:
    return [row["key"] for goal in measures["goal"] for row in goal["rows"]]


def file(*rows: dict[str, str]) -> pd.DataFrame:
    """Give a returned file; cells not told are empty."""
    table = pd.DataFrame([{**dict.fromkeys(NAMES, ""), **row} for row in rows], columns=list(NAMES))
    return table.set_axis(range(1, len(rows) + 1), axis="index")


def test_an_order_is_a_measure_with_a_key_for_every_lamp(ordered: GeoDataFrame) -> None:
    MEASURES.check(ordered, crs=CRS)
    assert len(keys(ordered)) == len(set(keys(ordered))) == 4
    assert ordered["state"].tolist() == ["ongoing", "ongoing"]
    assert ordered["ends_on"].dt.date.tolist() == [date(2026, 11, 26)] * 2
    assert ordered_lamps(ordered) == dict.fromkeys(["a1", "a2", "a3", "b1"], "2026-11-23")


def test_a_target_of_hours_is_due_that_day_and_says_the_hours() -> None:
    one = order_measures([errand("a", 1) | {"target_days": 1 / 24}], ordered_on=ORDERED, crs=CRS)
    assert (one["goal"][0]["date"], one["goal"][0]["within"]) == ("2026-11-23", "1 timme")
    usual = order_measures([errand("a", 1)], ordered_on=ORDERED, crs=CRS)
    assert "within" not in usual["goal"][0]


def test_the_same_errand_on_the_same_day_has_the_same_name() -> None:
    assert order_id("a", ORDERED) == order_id("a", ORDERED)
    assert len({order_id(n, d) for n in "ab" for d in (ORDERED, TODAY)}) == 4


def test_a_whole_errand_is_done_keeps_its_days_and_asks_to_be_measured(
    ordered: GeoDataFrame,
) -> None:
    days = ("2026-11-24", "2026-11-26", "2026-11-25")
    rows = [{"key": k, "done_on": d} for k, d in zip(keys(ordered), days, strict=False)]
    got = settle(file(*rows), ordered, today=TODAY)
    assert got.counts == {
        "n_read": 3, "n_closed": 3, "n_noted": 0, "n_unchanged": 0, "n_blank": 0, "n_rejected": 0,
    }  # fmt: skip
    one = got.measures.iloc[0]
    assert (len(got.measures), one["state"], one["revision"]) == (1, "done", 2)
    assert one["ends_on"].date() == date(2026, 11, 26)
    assert one["outcome"] == "3 av 3 ljuspunkter åtgärdade, senast 2026-11-26."
    assert got.done == {
        "a1": date(2026, 11, 24),
        "a2": date(2026, 11, 26),
        "a3": date(2026, 11, 25),
    }
    check = got.checks.iloc[0]
    assert (check["kind"], check["state"]) == ("check", "proposed")
    assert check["follow_up_on"].date() == date(2026, 12, 10)
    assert check["title"] == "Mät om ljuset i mörker: Björkstigen"


def test_the_same_file_again_changes_nothing(ordered: GeoDataFrame) -> None:
    rows = file(*({"key": k, "done_on": "2026-11-24"} for k in keys(ordered)))
    first = settle(rows, ordered, today=TODAY)
    after = pd.concat([first.measures, first.checks], ignore_index=True)
    second = settle(rows, after, today=TODAY)
    assert second.counts["n_unchanged"] == 4
    assert second.checks.empty
    kept = first.measures.set_index("id").sort_index()
    again = second.measures.set_index("id").sort_index()
    pd.testing.assert_frame_equal(pd.DataFrame(kept), pd.DataFrame(again))


def test_a_part_now_and_the_rest_later(ordered: GeoDataFrame) -> None:
    a1, a2, a3, _ = keys(ordered)
    first = settle(file({"key": a1, "done_on": "2026-11-24"}), ordered, today=TODAY)
    assert first.measures["state"].tolist() == ["ongoing"]
    assert first.checks.empty
    later = file({"key": a2, "code": "ej_hittad"}, {"key": a3, "done_on": "2026-11-27"})
    second = settle(later, first.measures, today=TODAY)
    one = second.measures.iloc[0]
    assert one["state"] == "ongoing"
    assert one["outcome"] == (
        "2 av 3 ljuspunkter åtgärdade, senast 2026-11-27. Kvar: ljuspunkten hittades inte."
    )
    assert ordered_lamps(second.measures) == {"a2": "2026-11-23"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"key": "BXXXXXXXX-01", "done_on": "2026-11-24"}, "unknown_key"),
        ({"done_on": "2026-11-20"}, "date_before_order"),
        ({"done_on": "2026-12-24"}, "date_in_future"),
        ({"done_on": "i tisdags"}, "date_unreadable"),
        ({"done_on": "24/11"}, "date_unreadable"),
        ({"code": "klar"}, "date_missing"),
        ({"done_on": "2026-11-24", "code": "fixat"}, "unknown_code"),
        ({"done_on": "2026-11-24", "pole_ref": "2"}, "pole_changed"),
        ({"done_on": "2026-11-24", "lux": "starkt"}, "lux_unreadable"),
        ({"done_on": "2026-11-24", "lux": "-3"}, "lux_unreadable"),
        ({"done_on": "2026-11-24", "lux": "nan"}, "lux_unreadable"),
    ],
)
def test_an_impossible_row_is_rejected_and_changes_nothing(
    ordered: GeoDataFrame, cells: dict[str, str], reason: str
) -> None:
    got = settle(file({"key": keys(ordered)[0], **cells}), ordered, today=TODAY)
    assert got.rejects["reasons"].tolist() == [[reason]]
    assert got.counts["n_rejected"] == 1
    assert got.done == {}
    assert got.checks.empty


def test_a_key_twice_counts_once(ordered: GeoDataFrame) -> None:
    row = {"key": keys(ordered)[3], "done_on": "2026-11-24"}
    got = settle(file(row, row | {"done_on": "2026-11-25"}), ordered, today=TODAY)
    assert got.rejects["reasons"].tolist() == [["duplicate_key"]]
    assert got.done == {"b1": date(2026, 11, 24)}


@given(order=st.permutations(range(4)), gone=st.integers(0, 3), filled=st.sets(st.integers(0, 3)))
def test_order_and_missing_rows_of_the_file_do_not_matter(
    order: list[int], gone: int, filled: set[int]
) -> None:
    measures = order_measures([errand("a", 3), errand("b", 1)], ordered_on=ORDERED, crs=CRS)
    names = keys(measures)
    rows = [
        {"key": names[i], "done_on": "2026-11-25" if i in filled else ""}
        for i in order
        if i != gone
    ]
    got = settle(file(*rows), measures, today=TODAY)
    assert got.counts["n_read"] == 3 == sum(got.counts.values()) - 3
    assert len(got.done) == len(filled - {gone})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", date(2026, 11, 24)), ("2026-11-24 00:00:00", date(2026, 11, 24)),
        ("20261124", date(2026, 11, 24)), ("24.11.2026", date(2026, 11, 24)),
        ("24/11/2026", date(2026, 11, 24)), ("261124", date(2026, 11, 24)),
        ("", None), ("24 november", None), ("2026-13-01", None),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert read_date(text) == day
