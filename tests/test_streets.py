"""The street network against answers made by hand and against brute force."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point, box

from geo.errors import AnalysisError, CrsError
from geo.frames import STREETS
from geo.streets import StreetNet

CRS = "EPSG:3006"


def streets(
    *rows: tuple[str, str | None, str, str, str, list[tuple[float, float]]],
) -> gpd.GeoDataFrame:
    """Rows of (id, name, kind, from, to, coordinates)."""
    data = [
        {"id": i, "name": name, "kind": kind, "from_node": a, "to_node": b, "lit": "yes",
         "batch_id": "b", "geometry": LineString(xy), "length_m": LineString(xy).length}
        for i, name, kind, a, b, xy in rows
    ]  # fmt: skip
    frame = gpd.GeoDataFrame(data, geometry="geometry", crs=CRS) if data else STREETS.empty()
    return STREETS.conform(frame)


CROSS = streets(
    ("b", "Storgatan", "road", "m", "e", [(100, 0), (200, 0)]),
    ("a", "Storgatan", "road", "w", "m", [(0, 0), (100, 0)]),
    ("c", None, "footway", "s", "m", [(100, -50), (100, 0)]),
    ("d", None, "cycleway", "n", "m", [(100, 80), (100, 0)]),
)


def points(*xy: tuple[float, float] | None) -> gpd.GeoSeries:
    return gpd.GeoSeries([None if p is None else Point(p) for p in xy], crs=CRS)


def test_a_point_snaps_to_the_nearest_street_with_distance_and_chainage() -> None:
    got = StreetNet.of(CROSS).snap(points((30, 4), (103, -20), (150, 60), None), tolerance_m=10)
    assert got["street_id"].tolist()[:2] == ["a", "c"]
    assert got["distance_m"].tolist()[:2] == [4, 3]
    assert got["chainage_m"].tolist()[:2] == [30, 30]
    assert got.iloc[2:].isna().all(axis=None)


def test_the_tolerance_itself_is_near_enough_and_zero_means_on_the_line() -> None:
    net = StreetNet.of(CROSS)
    assert net.snap(points((50, 10)), tolerance_m=10)["street_id"].tolist() == ["a"]
    assert net.snap(points((50, 0), (50, 1)), tolerance_m=0)["street_id"].notna().tolist() == [
        True,
        False,
    ]
    with pytest.raises(ValueError, match="tolerance_m"):
        net.snap(points((0, 0)), tolerance_m=-1)


def test_a_tie_goes_to_the_first_id_in_any_row_order() -> None:
    for seed in range(5):
        net = StreetNet.of(CROSS.sample(frac=1, random_state=seed))
        assert net.snap(points((100, 0)), tolerance_m=5)["street_id"].tolist() == ["a"]


def test_degrees_other_systems_and_double_ids_are_refused() -> None:
    with pytest.raises(CrsError):
        StreetNet.of(CROSS.to_crs("EPSG:4326"))
    with pytest.raises(CrsError):
        StreetNet.of(CROSS).snap(points((0, 0)).to_crs("EPSG:3009"), tolerance_m=5)
    with pytest.raises(AnalysisError, match="share an id"):
        StreetNet.of(pd.concat([CROSS, CROSS]))


def test_no_streets_is_an_answer() -> None:
    net = StreetNet.of(STREETS.empty())
    assert net.snap(points((0, 0)), tolerance_m=50)["street_id"].isna().all()
    assert net.nearest_name(points((0, 0)), tolerance_m=50).isna().all()
    assert net.samples(step_m=5).empty
    assert net.runs().empty
    assert net.length_inside(gpd.GeoSeries([box(0, 0, 1, 1)], crs=CRS)).tolist() == [0]
    assert StreetNet.of(CROSS).snap(points(), tolerance_m=5).empty


def test_length_inside_areas() -> None:
    areas = gpd.GeoSeries([box(50, -10, 150, 10), box(500, 500, 600, 600)], index=["x", "y"])
    got = StreetNet.of(CROSS).length_inside(areas.set_crs(CRS))
    assert got.to_dict() == {"x": 100 + 10 + 10, "y": 0}


def test_the_nearest_name_skips_nameless_paths() -> None:
    got = StreetNet.of(CROSS).nearest_name(points((100, 40), (100, 400)), tolerance_m=60)
    assert got[0] == "Storgatan"
    assert got.isna().tolist() == [False, True]


def test_samples_cover_every_metre_once() -> None:
    got = StreetNet.of(CROSS).samples(step_m=7)
    totals = got.groupby("street_id")["piece_m"].sum()
    np.testing.assert_allclose(totals, [100, 100, 50, 80])
    assert got["piece_m"].max() <= 7
    assert got.loc[got["street_id"] == "b", "x"].between(100, 200).all()
    with pytest.raises(ValueError, match="step_m"):
        StreetNet.of(CROSS).samples(step_m=0)


def test_a_run_goes_straight_over_a_crossing_and_keeps_distance() -> None:
    got = StreetNet.of(CROSS).runs()
    assert got["run_id"].to_dict() == {"a": "a", "b": "a", "c": "c", "d": "c"}
    assert got["offset_m"].to_dict() == {"a": 0, "b": 100, "c": 0, "d": 50}
    assert got["backwards"].to_dict() == {"a": False, "b": False, "c": False, "d": True}


def test_a_fork_of_nameless_paths_ends_a_run_and_a_loop_closes() -> None:
    fork = streets(
        ("a", None, "footway", "1", "2", [(0, 0), (10, 0)]),
        ("b", None, "footway", "2", "3", [(10, 0), (20, 5)]),
        ("c", None, "footway", "2", "4", [(10, 0), (20, -5)]),
    )
    assert StreetNet.of(fork).runs()["run_id"].tolist() == ["a", "b", "c"]
    loop = streets(
        ("a", "Ringen", "road", "1", "2", [(0, 0), (10, 0)]),
        ("b", "Ringen", "road", "2", "3", [(10, 0), (10, 10)]),
        ("c", "Ringen", "road", "3", "1", [(10, 10), (0, 0)]),
        ("d", "Torget", "square", "9", "9", [(50, 0), (60, 0), (60, 10), (50, 0)]),
    )
    got = StreetNet.of(loop).runs()
    assert got["run_id"].tolist() == ["a", "a", "a", "d"]
    assert got["offset_m"].tolist() == [0, 10, 20, 0]


def test_a_line_in_parts_is_one_street() -> None:
    parts = CROSS.iloc[[0]].set_geometry(
        gpd.GeoSeries([MultiLineString([[(0, 0), (5, 0)], [(5, 0), (9, 0)]])], index=[0], crs=CRS)
    )
    got = StreetNet.of(parts).snap(points((8, 1)), tolerance_m=5)
    assert got["chainage_m"].tolist() == [8]


@given(spots=st.lists(st.tuples(st.floats(-20, 220), st.floats(-70, 100)), min_size=1, max_size=30))
def test_snapping_equals_brute_force(spots: list[tuple[float, float]]) -> None:
    got = StreetNet.of(CROSS).snap(points(*spots), tolerance_m=25)
    ordered = CROSS.sort_values("id")
    for spot, (_, row) in zip(spots, got.iterrows(), strict=True):
        distance = ordered.geometry.distance(Point(spot))
        if distance.min() > 25:
            assert pd.isna(row["street_id"])
        else:
            assert row["distance_m"] == pytest.approx(distance.min(), abs=1e-9)
            near = ordered.set_index("id").loc[row["street_id"], "geometry"]
            assert near.distance(Point(spot)) == pytest.approx(distance.min(), abs=1e-9)


@given(n=st.integers(1, 12), seed=st.integers(0, 999))
def test_a_chopped_street_is_one_run_whatever_the_drawing_direction(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = []
    for k in range(n):
        ends = [(k * 10.0, 0.0), (k * 10.0 + 10, 0.0)]
        nodes = [f"n{k}", f"n{k + 1}"]
        if rng.random() < 0.5:
            ends, nodes = ends[::-1], nodes[::-1]
        rows.append((f"s{rng.integers(1e6)}-{k}", "Gatan", "road", *nodes, ends))
    got = StreetNet.of(streets(*rows)).runs()
    assert len(set(got["run_id"])) == 1
    assert sorted(got["offset_m"]) == [10 * k for k in range(n)]
