"""GeoJSON: the same as geopandas writes, faster, and by the letter of RFC 7946."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import MapError
from geo.maps.geojson import box_from_degrees, box_to_degrees, feature_collection

SQUARE = shapely.Polygon([(0, 0), (0, 100), (100, 100), (100, 0)])  # clockwise
ORIGIN = (650_000, 6_600_000)


def one(geometry: object, crs: str = "EPSG:3006", **columns: object) -> gpd.GeoDataFrame:
    """Make a frame of one row."""
    data = {"id": ["a"]} | {k: [v] for k, v in columns.items()}
    return gpd.GeoDataFrame(data, geometry=[geometry], crs=crs)


def first(rows: gpd.GeoDataFrame) -> dict[str, object]:
    """Encode, parse strictly, and give the first feature."""

    def refuse(text: str) -> None:
        msg = f"{text} is not JSON"
        raise AssertionError(msg)

    found: dict[str, object] = json.loads(feature_collection(rows), parse_constant=refuse)
    return found["features"][0]  # type: ignore[index,return-value]  # a parsed mapping


def test_it_says_what_geopandas_says_to_the_last_digit() -> None:
    rng = np.random.default_rng(1)
    points = gpd.points_from_xy(*(ORIGIN[i] + rng.uniform(0, 9000, 50) for i in (0, 1)))
    rows = gpd.GeoDataFrame(
        {"id": [f"r{i}" for i in range(50)], "n": rng.integers(0, 9, 50), "x": rng.random(50)},
        geometry=points,
        crs="EPSG:3006",
    )
    ours = json.loads(feature_collection(rows))["features"]
    theirs = json.loads(rows.to_crs("OGC:CRS84").to_json())["features"]
    for mine, other in zip(ours, theirs, strict=True):
        assert mine["properties"] == other["properties"]
        np.testing.assert_allclose(
            mine["geometry"]["coordinates"], other["geometry"]["coordinates"], atol=5.1e-8
        )
    assert len(str(ours[0]["geometry"]["coordinates"][0]).split(".")[1]) <= 7


def test_outer_rings_run_counter_clockwise_and_holes_clockwise() -> None:
    hole = [(20, 20), (40, 20), (40, 40), (20, 40)]
    moved = shapely.affinity.translate(shapely.Polygon(SQUARE.exterior, [hole]), *ORIGIN)
    rings = first(one(moved))["geometry"]["coordinates"]  # type: ignore[index]  # parsed JSON
    assert shapely.LinearRing(rings[0]).is_ccw
    assert not shapely.LinearRing(rings[1]).is_ccw


def test_moments_end_with_z_and_days_stay_days() -> None:
    at = pd.Timestamp("2026-11-20 21:30", tz="Europe/Stockholm")
    rows = one(None, at=at, day=pd.Timestamp("2026-11-20"))
    properties = first(rows)["properties"]
    assert properties == {"id": "a", "at": "2026-11-20T20:30:00Z", "day": "2026-11-20"}


def test_what_is_missing_is_null_and_lists_and_mappings_are_kept() -> None:
    rows = one(
        None,
        number=float("nan"),
        text=None,
        words=["dark", "tunnel"],
        table={"n": np.int64(3), "share": np.nan, "at": datetime(2026, 1, 1, tzinfo=UTC)},
        flag=True,
        endless=float("inf"),
    )
    feature = first(rows)
    assert feature["geometry"] is None
    assert feature["properties"] == {
        "id": "a",
        "number": None,
        "text": None,
        "words": ["dark", "tunnel"],
        "table": {"n": 3, "share": None, "at": "2026-01-01T00:00:00Z"},
        "flag": True,
        "endless": None,
    }


def test_the_collection_counts_and_links() -> None:
    rows = one(shapely.Point(*ORIGIN))
    link = {"rel": "self", "href": "/x"}
    found = json.loads(feature_collection(rows, matched=7, data_until="2026Z", links=[link]))
    assert (found["numberMatched"], found["numberReturned"]) == (7, 1)
    assert (found["dataUntil"], found["links"]) == ("2026Z", [link])


def test_no_rows_are_a_collection_of_none() -> None:
    found = json.loads(feature_collection(one(shapely.Point(*ORIGIN)).iloc[:0]))
    assert (found["features"], found["numberMatched"]) == ([], 0)


def test_rows_without_a_crs_and_values_json_cannot_hold_are_refused() -> None:
    with pytest.raises(MapError, match="found: none"):
        feature_collection(gpd.GeoDataFrame({"id": ["a"]}, geometry=[shapely.Point(1, 1)]))
    with pytest.raises(MapError, match="'odd'"):
        feature_collection(one(shapely.Point(*ORIGIN), odd=object()))


@pytest.mark.parametrize(
    "box", [(17, 59, 18), (17, 59, float("nan"), 60), (18, 59, 17, 60), (17, 59, 200, 60)]
)
def test_what_is_no_box_in_degrees_is_refused(box: tuple[float, ...]) -> None:
    with pytest.raises(MapError):
        box_from_degrees(box, crs="EPSG:3006")


inside = st.tuples(st.floats(14, 20), st.floats(56, 66), st.floats(0.001, 0.5))


@settings(max_examples=50)
@given(corner=inside, at=st.tuples(st.floats(0.02, 0.98), st.floats(0.02, 0.98)))
def test_a_point_in_the_box_in_degrees_is_in_the_box_in_metres(
    corner: tuple[float, float, float], at: tuple[float, float]
) -> None:
    west, south, side = corner
    point = gpd.GeoSeries(
        [shapely.Point(west + at[0] * side, south + at[1] * side)], crs="OGC:CRS84"
    ).to_crs("EPSG:3006")
    shape = box_from_degrees((west, south, west + side, south + side), crs="EPSG:3006")
    assert shape.contains(point.iloc[0])
    back = box_to_degrees(shape.bounds, crs="EPSG:3006")
    assert back[0] <= west + 1e-7
    assert back[3] >= south + side - 1e-7


def test_whole_numbers_with_gaps_are_null_where_they_are_missing() -> None:
    rows = gpd.GeoDataFrame(
        {"id": ["a", "b"], "n": pd.array([3, None], dtype="Int64"), "50 %": [1, 2]},
        geometry=[shapely.Point(ORIGIN), None],
        crs="EPSG:3006",
    )
    found = json.loads(feature_collection(rows))["features"]
    assert [f["properties"]["n"] for f in found] == [3, None]
    assert [f["properties"]["50 %"] for f in found] == [1, 2]
    assert found[1]["geometry"] is None
