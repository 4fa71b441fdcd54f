"""Boxes, windows and types of what is read, on every kind of store."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from shapely import LineString

from geo.errors import NotFoundError, RegistryError, StoreError
from geo.frames import FRAMES, INCOMING
from geo.store import Store
from tests.store.making import (
    CRS,
    E0,
    INFO,
    N0,
    START,
    a_run,
    assert_same,
    faults,
    hotspots,
    incidents,
    streets,
)

IDS = ["a", "b", "c", "d"]
HOUR = timedelta(hours=1)


def ids(store: Store, frame: str = "incidents", **selection: object) -> list[str]:
    return list(store.read(frame, **selection)["id"])  # type: ignore[arg-type]  # by design loose


@pytest.mark.parametrize("name", INCOMING)
def test_a_frame_nothing_was_loaded_into_is_empty_and_typed(store: Store, name: str) -> None:
    read = store.read(name)
    assert_same(read, FRAMES[name].empty(crs=CRS))
    FRAMES[name].check(read, crs=CRS)


def test_the_box_is_closed_and_exact(store: Store) -> None:
    store.append("incidents", incidents(IDS), batch=INFO)  # at 0, 100, 200, 300 m on both axes
    assert ids(store, bbox=(E0, N0, E0 + 200, N0 + 200)) == ["a", "b", "c"]
    assert ids(store, bbox=(E0 + 200, N0 + 200, E0 + 200, N0 + 200)) == ["c"]
    assert ids(store, bbox=(E0 + 1e-6, N0, E0 + 200 - 1e-6, N0 + 999)) == ["b"]
    assert ids(store, bbox=(E0, N0 + 250, E0 + 200, N0 + 999)) == []


def test_the_box_tells_apart_what_single_precision_cannot(store: Store) -> None:
    north = 6_304_550.0
    close = incidents(
        ["in", "out"], geometry=incidents(["x", "y"]).geometry.set_crs(CRS).translate(0, 0)
    )
    close = close.set_geometry(close.geometry.scale(0, 0, origin=(E0, N0)).translate(0, north - N0))
    close.loc[1:, "geometry"] = close.geometry.iloc[1:].translate(0, 0.01)
    store.append("incidents", close, batch=INFO)
    assert ids(store, bbox=(E0 - 10, north - 10, E0 + 10, north + 0.005)) == ["in"]


def test_rows_without_a_place_are_read_unless_there_is_a_box(store: Store) -> None:
    rows = incidents(IDS)
    rows.loc[1, "geometry"] = None
    store.append("incidents", rows, batch=INFO)
    assert ids(store) == IDS
    assert ids(store, bbox=(0, 0, 1e7, 1e7)) == ["a", "c", "d"]


def test_a_line_is_in_the_box_when_it_meets_the_box_itself(store: Store) -> None:
    diagonal = LineString([(E0, N0), (E0 + 100, N0 + 100)])
    corner = LineString([(E0, N0 + 50), (E0, N0 + 100), (E0 + 50, N0 + 100)])
    store.append("streets", streets([diagonal, corner]), batch=INFO)
    assert ids(store, "streets", bbox=(E0, N0, E0 + 100, N0 + 100)) == ["s0", "s1"]
    assert ids(store, "streets", bbox=(E0 + 40, N0 + 40, E0 + 60, N0 + 60)) == ["s0"]
    assert ids(store, "streets", bbox=(E0 + 60, N0, E0 + 100, N0 + 40)) == []
    assert ids(store, "streets", bbox=(E0 - 9, N0 + 100, E0, N0 + 101)) == ["s1"]


@pytest.mark.parametrize(
    "bbox", [(1, 0, 0, 1), (0, 1, 1, 0), (0, 0, float("nan"), 1), (0, 0, float("inf"), 1)]
)
def test_what_is_no_box_is_refused(store: Store, bbox: tuple[float, ...]) -> None:
    with pytest.raises(StoreError, match="not a box"):
        store.read("incidents", bbox=bbox)  # type: ignore[arg-type]  # wrong on purpose


def test_the_window_is_closed_at_its_start_and_open_at_its_end(store: Store) -> None:
    store.append("incidents", incidents(IDS), batch=INFO)  # hour 0, 1, 2, 3
    tick = timedelta(microseconds=1)
    assert ids(store, window=(START + HOUR, START + 3 * HOUR)) == ["b", "c"]
    assert ids(store, window=(START + HOUR + tick, START + 3 * HOUR + tick)) == ["c", "d"]


def test_an_interval_is_in_the_window_when_any_moment_of_it_is(store: Store) -> None:
    night = incidents(
        IDS,
        occurred_from=[START, START, None, None],
        occurred_to=[START + 9 * HOUR, None, START + 9 * HOUR, None],
    )
    store.append("incidents", night, batch=INFO)
    assert ids(store, window=(START - HOUR, START)) == []
    assert ids(store, window=(START, START + HOUR)) == ["a", "b"]
    assert ids(store, window=(START + 4 * HOUR, START + 5 * HOUR)) == ["a"]
    assert ids(store, window=(START + 9 * HOUR, START + 10 * HOUR)) == ["a", "c"]
    assert ids(store, window=(START + 10 * HOUR, START + 11 * HOUR)) == []


def test_box_and_window_together(store: Store) -> None:
    store.append("incidents", incidents(IDS), batch=INFO)
    box = (E0, N0, E0 + 200, N0 + 200)
    assert ids(store, bbox=box, window=(START + HOUR, START + 9 * HOUR)) == ["b", "c"]


def test_other_frames_have_their_own_main_time(store: Store) -> None:
    store.append("faults", faults({"f": "P1"}), batch=INFO)
    assert ids(store, "faults", window=(START, START + HOUR)) == ["f"]
    assert ids(store, "faults", window=(START - HOUR, START)) == []


def test_windows_that_make_no_sense_are_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="before it starts"):
        store.read("incidents", window=(START, START))
    naive = datetime(2026, 11, 16)
    with pytest.raises(StoreError, match="no time zone"):
        store.read("incidents", window=(naive, START))
    with pytest.raises(StoreError, match=r"'streets' has no main time[\s\S]*incidents"):
        store.read("streets", window=(START, START + HOUR))


def test_only_the_version_that_holds_is_read(store: Store) -> None:
    store.append("incidents", incidents(IDS), batch=INFO)
    moved = incidents(IDS)
    moved.loc[:, "geometry"] = moved.geometry.translate(1000, 0).to_numpy()
    store.append("incidents", moved, batch=INFO)
    assert ids(store, bbox=(E0, N0, E0 + 500, N0 + 500)) == []
    assert ids(store, bbox=(E0 + 1000, N0, E0 + 1500, N0 + 500)) == IDS


def test_rows_of_runs_are_read_by_run(store: Store) -> None:
    store.write_run(a_run("r1"), {"hotspots": hotspots(["h1", "h2"])})
    store.write_run(a_run("r2"), {"hotspots": hotspots(["h1"])})
    assert ids(store, "hotspots", run_id="r1") == ["h1", "h2"]
    assert ids(store, "hotspots", run_id="r2") == ["h1"]
    assert ids(store, "recommendations", run_id="r2") == []
    assert ids(store, "hotspots", run_id="r1", bbox=(E0 + 151, N0, E0 + 160, N0)) == []


def test_runs_are_named_where_they_belong_and_nowhere_else(store: Store) -> None:
    with pytest.raises(StoreError, match="never mixed"):
        store.read("hotspots")
    with pytest.raises(NotFoundError, match="'r9'"):
        store.read("hotspots", run_id="r9")
    with pytest.raises(StoreError, match="not made by runs"):
        store.read("incidents", run_id="r1")
    with pytest.raises(RegistryError):
        store.read("cows")
    with pytest.raises(RegistryError):
        store.revision("cows")
