"""Small counts in findings: hidden, and not to be worked out from what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.maps import view
from geo.maps.access import JOINT_ROLES, Role
from geo.maps.soften import counted, fold_categories, is_small

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

names = st.sampled_from(["vandalism", "theft", "disorder", "sexual_harassment", "noise", "other"])


@given(tally=st.dictionaries(names, st.integers(1, 30)))
def test_folded_categories_keep_the_total_and_leave_no_small_remainder(
    tally: dict[str, int],
) -> None:
    out = fold_categories(tally, min_count=5)
    total = sum(tally.values())
    assert sum(r["n"] for r in out) == total
    if total >= 5:
        assert all(r["n"] >= 5 for r in out)
    assert "sexual_harassment" not in {r["category"] for r in out}


def test_counts_by_category_are_read_however_they_are_written() -> None:
    assert counted({"a": 1, "b": 2}) == [{"category": "b", "n": 2}, {"category": "a", "n": 1}]
    assert counted(None) == []


@pytest.mark.parametrize(
    ("value", "small"),
    [(0, False), (1, True), (4.99, True), (5, False), (None, False), (True, False)],
)
def test_small_is_from_one_to_four(value: object, small: bool) -> None:  # noqa: FBT001 (a table of answers)
    assert is_small(value, min_count=5) is small


@pytest.mark.parametrize("role", JOINT_ROLES)
def test_a_place_on_three_events_tells_only_that_they_are_few(
    frames: dict[str, GeoDataFrame], role: Role
) -> None:
    row = view("places", frames["hotspots"], role).set_index("place_id").loc["p3"]
    for name in ("n", "p", "q", "score", "rate", "rate_low", "n_recent", "dark_share", "n_timed"):
        assert row[[name]].isna().all(), name
    assert row["categories"] is None
    assert row["profile"] is None
    assert "Färre än 5" in row["sentence"]
    assert shapely.area(row["geometry"]) == 250 * 250


def test_outlines_have_no_corner_where_an_event_was(frames: dict[str, GeoDataFrame]) -> None:
    incidents = frames["incidents"]
    points = incidents.loc[incidents.geometry.notna()].geometry.head(12)
    hull = frames["hotspots"].head(1).copy()
    hull["geometry"] = [shapely.MultiPoint(list(points)).convex_hull]
    seen = view("places", hull, Role.FORUM).geometry
    corners = shapely.points(shapely.get_coordinates(seen.to_numpy()))
    assert shapely.distance(corners, shapely.MultiPoint(list(points))).min() > 10


def test_sources_never_leave_for_the_joint_roles(frames: dict[str, GeoDataFrame]) -> None:
    assert "sources" not in view("places", frames["hotspots"], Role.FORUM)
    assert "sources" in view("places", frames["hotspots"], Role.SECURITY_CHIEF)


def test_hours_keep_their_counts_only_when_none_is_small(frames: dict[str, GeoDataFrame]) -> None:
    peak = view("places", frames["hotspots"], Role.FORUM)["peak_hours"].iloc[0]
    assert peak["certain"]
    assert all("n" not in slot for slot in peak["slots"])
    busy = frames["hotspots"].head(1).copy()
    slots = [{"weekday": 4, "from": 21, "to": 24, "n": 9, "share": 0.6}]
    busy["peak_hours"] = [{"certain": True, "slots": slots}]
    assert view("places", busy, Role.FORUM)["peak_hours"].iloc[0]["n"] == 9


def test_reasons_lose_ids_and_small_numbers_of_events_but_not_of_lamps(
    frames: dict[str, GeoDataFrame],
) -> None:
    rows = view("recommendations", frames["recommendations"], Role.FORUM).set_index("id")
    rate, recent, dark = rows.loc["rec1", "reasons"]
    assert rate["value"] == 3.04
    assert (recent["value"], recent["n"]) == (None, None)
    assert (dark["value"], dark["n"]) == (None, None)  # four of five, so one was not
    assert all("ids" not in reason for reason in (rate, recent, dark))
    assert rows.loc["rec2", "reasons"][0]["value"] == 2
    exact = view("recommendations", frames["recommendations"], Role.COORDINATOR).set_index("id")
    assert exact.loc["rec1", "reasons"][1]["ids"] == ["i1", "i2"]


def test_points_of_advice_lie_in_the_middle_of_a_square(frames: dict[str, GeoDataFrame]) -> None:
    rows = view("recommendations", frames["recommendations"], Role.FORUM).set_index("id")
    assert rows.loc["rec1", "geometry"].coords[0] == (650_150, 6_600_150)
    exact = frames["recommendations"].set_index("id").loc["rec2", "geometry"]
    assert rows.loc["rec2", "geometry"].contains(exact.buffer(15))


def test_lamps_stay_where_they_stand(frames: dict[str, GeoDataFrame]) -> None:
    lamps = shapely.MultiPoint([(650_003, 6_600_007), (650_013, 6_600_017)])
    row = frames["recommendations"].iloc[1:].copy()
    row["geometry"] = [lamps]
    assert view("lighting_checks", row, Role.PLANNER).geometry.iloc[0].equals(lamps)
