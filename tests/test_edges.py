"""The nearest line by rings of cells: to the bit what GEOS finds, with and without the compiler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import geo.edges
import geo.streets
from geo.edges import EdgeIndex
from geo.frames import STREETS
from geo.streets import StreetNet

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = np.array([480_000.0, 6_300_000.0])
SPOT = st.tuples(st.integers(-60, 260), st.integers(-60, 260))


def by_geos(lines: Any, xy: np.ndarray, within_m: float) -> tuple[np.ndarray, ...]:
    points = shapely.points(xy)
    gap = shapely.distance(points[:, None], lines[None, :])
    line = gap.argmin(axis=1)
    best = gap.min(axis=1)
    near = best < within_m
    along = shapely.line_locate_point(lines[line], points)
    return np.where(near, line, -1), np.where(near, best, np.nan), np.where(near, along, np.nan)


@given(
    st.lists(st.lists(SPOT, min_size=2, max_size=4, unique=True), min_size=1, max_size=12),
    st.lists(SPOT, min_size=1, max_size=12),
    st.sampled_from([0.5, 40.0, 1e6]),
)
def test_it_is_what_geos_finds_and_ties_go_to_the_first(
    lines: list[list[tuple[int, int]]], spots: list[tuple[int, int]], within_m: float
) -> None:
    shapes = np.asarray([shapely.LineString(line) for line in lines], object)
    xy = np.asarray(spots, float)
    found = EdgeIndex.of(shapes).nearest(*xy.T, within_m=within_m)
    for ours, theirs in zip(found, by_geos(shapes, xy, within_m), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def town(rng: np.random.Generator, n: int) -> np.ndarray:
    """Bent streets at the coordinates of a real town, one of them in two parts."""
    at = rng.uniform(0, 2000, (n, 1, 2)) + HERE
    lines = shapely.linestrings(at + np.cumsum(rng.normal(0, 60, (n, 4, 2)), axis=1))
    lines[0] = shapely.MultiLineString([lines[0], lines[1]])
    return np.asarray(lines)


def test_bent_streets_and_streets_in_parts_agree_to_the_bit() -> None:
    rng = np.random.default_rng(1)
    lines = town(rng, 80)
    xy = rng.uniform(-500, 2500, (300, 2)) + HERE
    line, gap, along = EdgeIndex.of(lines).nearest(*xy.T, within_m=1e9)
    wanted = by_geos(lines, xy, 1e9)
    np.testing.assert_array_equal(line, wanted[0])
    np.testing.assert_array_equal(gap, wanted[1])
    np.testing.assert_allclose(along, wanted[2], rtol=0, atol=1e-9)


def test_the_loops_say_the_same_without_the_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    lines, xy = town(rng, 15), rng.uniform(-300, 2300, (20, 2)) + HERE
    fast = EdgeIndex.of(lines).nearest(*xy.T, within_m=500)

    def plain(loop: Callable[..., Any]) -> Callable[..., Any]:
        return loop

    monkeypatch.setattr(geo.edges, "compiled", plain)
    slow = EdgeIndex.of(lines).nearest(*xy.T, within_m=500)
    for one, other in zip(fast, slow, strict=True):
        np.testing.assert_array_equal(one, other)


def test_no_lines_no_points_and_no_place_are_answers() -> None:
    none = EdgeIndex.of(np.empty(0, object))
    assert none.nearest(np.zeros(2), np.zeros(2), within_m=10)[0].tolist() == [-1, -1]
    one = EdgeIndex.of(np.asarray([shapely.LineString([(0, 0), (0, 9)])], object))
    assert one.nearest(np.empty(0), np.empty(0), within_m=10)[0].size == 0
    line, gap, along = one.nearest(np.array([np.nan, 3.0]), np.array([1.0, 4.0]), within_m=10)
    assert line.tolist() == [-1, 0]
    assert (gap[1], along[1]) == (3.0, 4.0)


def test_many_points_snap_as_few_do(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    lines = town(rng, 60)
    table = {"id": [f"s{(7 * k) % 60:02d}" for k in range(60)], "kind": "road", "from_node": "",
             "to_node": "", "lit": "unknown", "batch_id": "b", "length_m": 1.0}  # fmt: skip
    rows = gpd.GeoDataFrame(table, geometry=shapely.get_parts(lines)[1:], crs="EPSG:3006")
    net = StreetNet.of(STREETS.conform(rows, crs="EPSG:3006"))
    spots = shapely.points(rng.uniform(-200, 2200, (400, 2)) + HERE)
    spots[5], spots[6] = None, shapely.Point()
    points = gpd.GeoSeries(spots, crs="EPSG:3006", index=np.arange(400)[::-1])
    few = net.snap(points, tolerance_m=80)
    monkeypatch.setattr(geo.streets, "MANY_POINTS", 10)
    many = net.snap(points, tolerance_m=80)
    assert few["street_id"].notna().any()
    assert few["street_id"].isna().any()
    assert few["street_id"].equals(many["street_id"])
    assert few["distance_m"].equals(many["distance_m"])
    np.testing.assert_allclose(few["chainage_m"], many["chainage_m"], rtol=0, atol=1e-9)
