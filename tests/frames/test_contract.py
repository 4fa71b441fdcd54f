"""Contracts: what conforms passes, every fault is said at once, and values are never told."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, Polygon

from geo.errors import CrsError, FrameError
from geo.frames import FRAMES, INCIDENTS, REPORTS, STREETS, Frame, Kind, Sensitivity
from geo.frames.schema import json_schema, markdown

ROOT = Path(__file__).resolve().parents[2]


def _reports(**changes: object) -> gpd.GeoDataFrame:
    rows = {
        "id": ["a", "b"],
        "received_at": pd.to_datetime(["2026-11-20T20:00Z", "2026-11-21T21:00Z"]),
        "felt": ["unsafe", "safe"],
        "reasons": [["dark"], []],
        "state": ["accepted", "accepted"],
        "channel": ["web", "phone"],
        "batch_id": ["", ""],
    } | changes
    return gpd.GeoDataFrame(rows, geometry=[Point(1, 2), Point(3, 4)], crs="EPSG:3006")


@pytest.mark.parametrize("frame", FRAMES.values(), ids=lambda f: f.name)
def test_an_empty_frame_keeps_every_contract(frame: Frame) -> None:
    empty = frame.empty()
    assert frame.check(empty) is empty
    assert frame.conform(empty).columns.tolist() == [*frame.names, "geometry"]


@pytest.mark.parametrize("frame", FRAMES.values(), ids=lambda f: f.name)
def test_an_empty_frame_of_other_columns_or_types_is_refused(frame: Frame) -> None:
    empty, name = frame.empty(), frame.columns[-1].name
    wrong = empty.assign(**{name: pd.Series([], dtype="int8")})
    for broken in (wrong, empty.drop(columns=name), empty.assign(more=pd.Series([], dtype="str"))):
        with pytest.raises(FrameError, match=r"more|" + name):
            frame.check(broken)


def test_conform_fills_orders_and_types_without_touching_its_input() -> None:
    before = _reports()
    copy = before.copy(deep=True)
    out = REPORTS.conform(before)
    pd.testing.assert_frame_equal(pd.DataFrame(before), pd.DataFrame(copy))
    assert out.columns.tolist() == [*REPORTS.names, "geometry"]
    assert str(out["received_at"].dtype) == "datetime64[us, UTC]"
    assert out["unsafe_when"].isna().all()
    assert out["reasons"].tolist() == [["dark"], []]


def test_every_fault_is_said_at_once_and_no_value_is_told() -> None:
    wrong = REPORTS.conform(_reports()).assign(
        felt=["elak", "safe"], id="a", accuracy_m=[float("inf"), 1.0]
    )
    with pytest.raises(FrameError) as caught:
        REPORTS.check(wrong)
    text = str(caught.value)
    assert "felt" in text
    assert "id" in text
    assert "accuracy_m" in text
    assert "elak" not in text


def test_lacking_and_extra_columns_are_named() -> None:
    frame = _reports().drop(columns="felt").assign(namn="x")
    with pytest.raises(FrameError, match=r"lacking: \['felt'\][\s\S]*extra: \['namn'\]"):
        REPORTS.conform(frame)


def test_a_column_of_the_wrong_kind_is_named() -> None:
    with pytest.raises(FrameError, match="received_at"):
        REPORTS.conform(_reports(received_at=["i går", "nyss"]))


def test_times_without_a_zone_are_refused() -> None:
    naive = pd.to_datetime(["2026-11-20 20:00", "2026-11-21 21:00"])
    with pytest.raises(FrameError, match="without a zone"):
        REPORTS.conform(_reports(received_at=naive))


def test_words_outside_a_list_vocabulary_are_a_fault() -> None:
    with pytest.raises(FrameError, match="reasons"):
        REPORTS.conform(_reports(reasons=[["dark"], ["trolls"]]))


def test_degrees_inside_are_a_fault() -> None:
    frame = _reports().to_crs("EPSG:4326")
    with pytest.raises(FrameError, match="WGS 84"):
        REPORTS.conform(frame)
    with pytest.raises(CrsError):
        REPORTS.conform(frame, crs="EPSG:4326")


def test_geometry_faults_are_counted() -> None:
    bow_tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    areas = gpd.GeoDataFrame(
        {"id": ["a", "b"], "name": ["x", "y"], "level": "z", "batch_id": ""},
        geometry=[bow_tie, None],
        crs="EPSG:3006",
    )
    with pytest.raises(FrameError, match=r"1 row\(s\) lack geometry; 1 row\(s\) have invalid"):
        FRAMES["areas"].conform(areas)
    with pytest.raises(FrameError, match="not Point"):
        REPORTS.conform(_reports().set_geometry([LineString([(0, 0), (1, 1)])] * 2, crs=3006))


def test_an_incident_may_lack_a_place() -> None:
    one = {
        "id": ["a"], "category": ["other"], "mapping_version": [""], "time_known": [False],
        "setting": ["unknown"], "source": ["s"], "found_by": ["report"], "flags": [[]],
        "weight": [1.0], "batch_id": [""],
    }  # fmt: skip
    out = INCIDENTS.conform(pd.DataFrame(one))
    assert out.geometry.isna().all()
    assert out["occurred_from"].isna().all()


def test_no_frame_has_a_column_that_could_hold_a_person() -> None:
    words = ("name_of", "person", "email", "phone", "address", "gender", "age", "ethnic", "text")
    allowed = {"public_text"}  # rewritten by staff, scrubbed, never the reporter's own string
    for frame in FRAMES.values():
        for name in set(frame.names) - allowed:
            assert not any(word == part for word in words for part in name.split("_")), name


def test_hashes_of_case_numbers_never_leave_the_machine() -> None:
    assert INCIDENTS.column("ref_hash").sensitivity is Sensitivity.MACHINE


def test_an_unknown_column_is_named_with_the_known() -> None:
    with pytest.raises(FrameError, match="length_m"):
        STREETS.column("width_m")


@pytest.mark.parametrize("frame", FRAMES.values(), ids=lambda f: f.name)
def test_the_json_schema_describes_every_column(frame: Frame) -> None:
    schema = json_schema(frame)
    assert list(schema["properties"]) == frame.names
    assert set(schema["required"]) == {c.name for c in frame.columns if not c.nullable}
    for column in frame.columns:
        if column.kind is Kind.TEXT and column.vocabulary:
            assert set(column.vocabulary) <= set(schema["properties"][column.name]["enum"])


def test_the_page_of_frames_is_current() -> None:
    page = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    for frame in FRAMES.values():
        assert markdown(frame) in page, (
            f"run the command at the top of docs/frames.md: {frame.name}"
        )
