"""The gate: what leaves, and that no box, window or subtraction finds more than that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import AccessError, CrsError, MapError
from geo.maps import LAYERS, Role, require, view, visible_layers
from geo.maps.access import JOINT_ROLES, PUBLIC_ROLES, RAW_ROLES
from geo.maps.gate import placed

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

EAST, NORTH = 650_000, 6_600_000
NOW = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
COUNTING = [*JOINT_ROLES, *PUBLIC_ROLES]
corner = st.floats(-300, 1300)


def rows_of(frame: GeoDataFrame) -> set[tuple[object, ...]]:
    """Give every row as a hashable whole: id, count, words, outline."""
    return {
        (row["id"], str(row["n"]), row["n_label"], row["geometry"].wkb)
        for _, row in frame.iterrows()
    }


asked = st.tuples(corner, corner, st.floats(0.5, 900), st.integers(0, 9000), st.integers(1, 9000))


@pytest.mark.parametrize("role", [Role.FORUM, Role.PUBLIC])
@settings(max_examples=40)
@given(asked=asked)
def test_a_sliding_box_and_window_find_nothing_that_is_not_in_the_whole(
    frames: dict[str, GeoDataFrame], role: Role, asked: tuple[float, float, float, int, int]
) -> None:
    x, y, wide, back, long = asked
    box = (EAST + x, NORTH + y, EAST + x + wide, NORTH + y + wide)
    window = (NOW - timedelta(hours=back + long), NOW - timedelta(hours=back))
    part = view("incidents", frames["incidents"], role, bbox=box, window=window, now=NOW)
    assert rows_of(part) <= whole(role, frames)


_WHOLE: dict[Role, set[tuple[object, ...]]] = {}


def whole(role: Role, frames: dict[str, GeoDataFrame]) -> set[tuple[object, ...]]:
    """Give the unfiltered view, worked out once."""
    if role not in _WHOLE:
        _WHOLE[role] = rows_of(view("incidents", frames["incidents"], role, now=NOW))
    return _WHOLE[role]


@pytest.mark.parametrize("role", COUNTING)
def test_sliding_a_box_a_metre_at_a_time_over_a_lone_event_recovers_nothing(
    frames: dict[str, GeoDataFrame], role: Role
) -> None:
    answers = {
        frozenset(
            rows_of(
                view(
                    "incidents",
                    frames["incidents"],
                    role,
                    bbox=(EAST + x, NORTH + 300, EAST + x + 1, NORTH + 301),
                    now=NOW,
                )
            )
        )
        for x in range(255, 495, 3)  # all within one square
    }
    assert len(answers) == 1


def test_neighbouring_boxes_cannot_be_subtracted_to_a_smaller_area(
    frames: dict[str, GeoDataFrame],
) -> None:
    def total(east: float) -> float:
        box = (EAST, NORTH, EAST + east, NORTH + 240)
        rows = view("cells", frames["incidents"], Role.FORUM, bbox=box, now=NOW)
        return float(rows["n_min"].sum())

    assert len({total(east) for east in range(10, 250, 20)}) == 1


@pytest.mark.parametrize("role", COUNTING)
def test_squares_over_many_weeks_are_worked_out_from_what_is_shown(
    frames: dict[str, GeoDataFrame], role: Role
) -> None:
    weekly = view("incidents", frames["incidents"], role, now=NOW)
    whole = view("cells", frames["incidents"], role, now=NOW).set_index("id")
    from_shown = weekly.groupby("cell")["n_min"].sum()
    pd.testing.assert_series_equal(
        whole["n_min"].sort_index(), from_shown, check_names=False, check_index_type=False
    )


def test_leaving_one_event_out_changes_nothing_where_counts_are_small(
    frames: dict[str, GeoDataFrame],
) -> None:
    incidents = frames["incidents"]
    shown = view("incidents", incidents, Role.FORUM, now=NOW)
    lone = shown.loc[shown["suppressed"]].geometry
    inside = incidents.loc[placed(incidents)].sjoin(lone.to_frame().iloc[:40])
    both = inside.index[inside.index.duplicated()]
    for index in both[:10]:
        fewer = view("incidents", incidents.drop(index=index), Role.FORUM, now=NOW)
        changed = rows_of(shown) ^ rows_of(fewer)
        assert all(words == "färre än 5" for _, _, words, _ in changed)


@pytest.mark.parametrize("role", COUNTING)
def test_small_counts_are_never_told(frames: dict[str, GeoDataFrame], role: Role) -> None:
    for layer in ("incidents", "reports", "cells"):
        rows = view(layer, frames[LAYERS[layer].frame], role, now=NOW)
        told = rows["n"].dropna()
        assert (told >= 5).all()
        if role in PUBLIC_ROLES:
            assert not rows["suppressed"].any()


@pytest.mark.parametrize("role", PUBLIC_ROLES)
def test_the_public_sees_no_running_quarter_no_homes_and_no_sensitive_kinds(
    frames: dict[str, GeoDataFrame], role: Role
) -> None:
    incidents = frames["incidents"]
    rows = view("incidents", incidents, role, now=NOW)
    assert (rows["period_to"] <= pd.Timestamp(NOW - timedelta(weeks=1))).all()
    bare = incidents.loc[
        (incidents["setting"] != "dwelling_exterior")
        & (incidents["category"] != "sexual_harassment")
    ]
    assert rows_of(view("incidents", bare, role, now=NOW)) == rows_of(rows)


def test_a_delay_needs_to_know_what_time_it_is(frames: dict[str, GeoDataFrame]) -> None:
    with pytest.raises(MapError, match="pass now="):
        view("incidents", frames["incidents"], Role.PUBLIC)


def test_homes_lie_on_their_street_for_all_but_the_coordinator(
    frames: dict[str, GeoDataFrame],
) -> None:
    args = {"streets": frames["streets"], "now": NOW}
    exact = view("incidents", frames["incidents"], Role.COORDINATOR, **args).set_index("id")
    moved = view("incidents", frames["incidents"], Role.SECURITY_CHIEF, **args).set_index("id")
    home = (exact["setting"] == "dwelling_exterior") & exact.geometry.notna()
    assert home.sum() > 5
    assert exact.loc[~home & exact.geometry.notna()].geometry.equals(
        moved.loc[~home & moved.geometry.notna()].geometry
    )
    middles = set(frames["streets"].geometry.interpolate(0.5, normalized=True).to_wkb())
    assert set(moved.loc[home].geometry.to_wkb()) <= middles
    assert moved.loc[home, "accuracy_m"].isna().all()


def test_a_home_with_no_street_near_lies_in_the_middle_of_its_square(
    frames: dict[str, GeoDataFrame],
) -> None:
    rows = view("incidents", frames["incidents"], Role.SECURITY_CHIEF)
    home = rows.loc[(rows["setting"] == "dwelling_exterior") & rows.geometry.notna()]
    offsets = shapely.get_coordinates(home.geometry.to_numpy()) % 250
    assert (offsets == 125).all()


@pytest.mark.parametrize("role", list(Role))
def test_hidden_layers_are_refused_and_the_others_are_listed(
    frames: dict[str, GeoDataFrame], role: Role
) -> None:
    for name, entry in LAYERS.items():
        if name in visible_layers(role):
            require(name, role)
            continue
        with pytest.raises(AccessError, match="not shown to the role"):
            require(name, role)
        with pytest.raises(AccessError):
            view(name, frames.get(entry.frame, frames["incidents"]), role, now=NOW)


def test_a_raster_has_no_rows(frames: dict[str, GeoDataFrame]) -> None:
    with pytest.raises(MapError, match="raster"):
        view("surface", frames["incidents"], Role.FORUM)


def test_degrees_and_empty_boxes_are_refused(frames: dict[str, GeoDataFrame]) -> None:
    with pytest.raises(CrsError):
        view("lamps", frames["lamps"].to_crs(4326), Role.FORUM)
    with pytest.raises(MapError, match="no area"):
        view("lamps", frames["lamps"], Role.FORUM, bbox=(1, 1, 1, 1))


@pytest.mark.parametrize("role", RAW_ROLES)
def test_a_window_takes_intervals_that_reach_into_it(
    frames: dict[str, GeoDataFrame], role: Role
) -> None:
    rows = frames["incidents"].head(3).copy()
    rows["occurred_from"] = pd.Timestamp("2026-11-20T20:00Z")
    rows["occurred_to"] = pd.to_datetime(["2026-11-21T06:00Z", None, "2026-11-20T21:00Z"], utc=True)
    night = (datetime.fromisoformat("2026-11-21T00:00+00:00"), None)
    found = view("incidents", rows, role, window=night, streets=frames["streets"])
    assert list(found["id"]) == [rows["id"].iloc[0]]


def test_a_bound_that_is_a_moment_finds_what_happened_then(frames: dict[str, GeoDataFrame]) -> None:
    rows = frames["incidents"]
    moment = rows["occurred_from"].iloc[0].to_pydatetime()
    found = view("incidents", rows, Role.COORDINATOR, window=(moment, moment))
    assert rows["id"].iloc[0] in set(found["id"])


def test_events_are_chosen_by_their_local_days(frames: dict[str, GeoDataFrame]) -> None:
    def on(start: str, end: str) -> int:
        window = (datetime.fromisoformat(start), datetime.fromisoformat(end))
        return len(view("events", frames["events"], Role.FORUM, window=window))

    assert on("2026-11-20T23:30+00:00", "2026-11-20T23:59+00:00") == 1
    assert on("2026-11-10T00:00+00:00", "2026-11-12T00:00+00:00") == 0


def test_stacked_and_far_rows_are_not_in_the_squares(frames: dict[str, GeoDataFrame]) -> None:
    rows = frames["incidents"].head(20).copy()
    rows["flags"] = [["stacked"]] * 10 + [["far_away"]] * 9 + [["near_duplicate"]]
    assert placed(rows).sum() == 1


def test_nothing_that_comes_in_is_changed(frames: dict[str, GeoDataFrame]) -> None:
    before = {name: frame.copy(deep=True) for name, frame in frames.items()}
    for role in Role:
        for name in visible_layers(role):
            if LAYERS[name].geometry != "raster":
                frame = frames[LAYERS[name].frame]
                view(name, frame, role, now=NOW, streets=frames["streets"])
    for name, frame in before.items():
        pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(frames[name]))
