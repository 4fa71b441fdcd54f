"""Cells lie still, points fall in one of them, and no street length is lost."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import CrsError
from geo.grid import Grid, count, cut_streets, find, kinds_of_land, pack, study_cells, unpack

CRS = "EPSG:3006"
metres = st.floats(-4000, 4000).map(lambda v: round(v, 3))
points = st.tuples(metres, metres)


def lines(*paths: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.LineString(p) for p in paths], crs=CRS)


def test_a_point_on_an_edge_lies_in_the_cell_to_its_north_east() -> None:
    col, row = Grid(50).of([0.0, 50.0, -0.001], [0.0, 49.999, 100.0])
    assert (col.tolist(), row.tolist()) == ([0, 1, -1], [0, 0, 2])


def test_cells_do_not_depend_on_the_data() -> None:
    grid = Grid(50)
    alone = grid.keys([525_120.0], [6_581_010.0])
    among = grid.keys([0.0, 525_120.0], [0.0, 6_581_010.0])
    assert alone[0] == among[1]


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_packing_is_undone(col: int, row: int) -> None:
    back = unpack(pack(np.array([col]), np.array([row])))
    assert (int(back[0][0]), int(back[1][0])) == (col, row)


@given(st.lists(points, min_size=1, max_size=30), st.sampled_from([25.0, 50.0, 130.0]))
def test_every_point_lies_in_the_cell_it_is_counted_in(
    xy: list[tuple[float, float]], cell_m: float
) -> None:
    grid = Grid(cell_m, shift_m=(7.0, 3.0))
    x, y = np.asarray(xy).T
    keys = grid.keys(x, y)
    assert np.all(shapely.intersects(grid.polygons(keys), shapely.points(x, y)))
    cells = np.unique(keys)
    assert count(cells, keys).sum() == len(xy)
    weights = np.arange(1.0, len(xy) + 1)
    assert count(cells, keys, weights).sum() == pytest.approx(weights.sum())


def test_a_cell_that_is_not_there_is_minus_one() -> None:
    assert find(np.array([3, 7]), np.array([7, 5])).tolist() == [1, -1]
    assert find(np.array([], dtype=np.int64), np.array([7])).tolist() == [-1]
    assert count(np.array([3]), np.array([3, 9])).tolist() == [1.0]


@given(st.lists(st.lists(points, min_size=2, max_size=6, unique=True), min_size=1, max_size=5))
def test_cutting_loses_no_length_and_every_piece_lies_in_its_cell(
    paths: list[list[tuple[float, float]]],
) -> None:
    streets = lines(*paths)
    grid = Grid(50)
    pieces = cut_streets(streets, grid=grid)
    whole = np.bincount(pieces.street, pieces.length_m, len(streets))
    np.testing.assert_allclose(whole, streets.length, rtol=1e-9, atol=1e-6)
    assert np.all(pieces.length_m <= 50 * 2**0.5 + 1e-6)
    assert np.array_equal(grid.keys(pieces.x, pieces.y), pieces.key)


@given(st.lists(st.tuples(st.integers(-300, 300), st.integers(-300, 300)), min_size=2, max_size=4,
                unique=True))  # fmt: skip
def test_length_in_a_cell_is_what_shapely_cuts_out(path: list[tuple[int, int]]) -> None:
    moved = [(x + 0.37, y + 0.21) for x, y in path]  # off the edges, where cells share a line
    streets, grid = lines(moved), Grid(50)
    pieces = cut_streets(streets, grid=grid)
    keys = np.unique(pieces.key)
    ours = count(keys, pieces.key, pieces.length_m)
    theirs = shapely.length(shapely.intersection(grid.polygons(keys), streets.geometry.iloc[0]))
    if streets.geometry.iloc[0].is_simple:
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_a_street_along_an_edge_belongs_to_one_cell() -> None:
    pieces = cut_streets(lines([(100.0, 10.0), (100.0, 40.0)]), grid=Grid(50))
    assert pieces.key.tolist() == Grid(50).keys([100.0], [10.0]).tolist()
    assert pieces.length_m.tolist() == [30.0]


def test_no_streets_have_no_pieces_and_no_study_area() -> None:
    none = gpd.GeoDataFrame(geometry=gpd.GeoSeries([], crs=CRS))
    assert cut_streets(none, grid=Grid(50)).key.size == 0
    assert study_cells(none, grid=Grid(50)).size == 0


def test_the_study_area_reaches_300_m_and_no_farther() -> None:
    grid = Grid(50)
    x, y = grid.centres(study_cells(lines([(0.0, 25.0), (1000.0, 25.0)]), grid=grid))
    gap = shapely.distance(shapely.LineString([(0, 25), (1000, 25)]), shapely.points(x, y))
    assert gap.max() <= 300
    middle = x == 525
    assert sorted(y[middle]) == [25.0 + 50 * k for k in range(-6, 7)]


def test_kinds_of_land_come_from_the_smallest_area_that_holds_a_point() -> None:
    areas = gpd.GeoDataFrame(
        {
            "level": ["land_use", "land_use", "district"],
            "kind": ["residential", "centre", None],
        },
        geometry=[shapely.box(0, 0, 100, 100), shapely.box(0, 0, 20, 20), shapely.box(0, 0, 9, 9)],
        crs=CRS,
    )
    x, y = np.array([10.0, 50.0, 500.0]), np.array([10.0, 50.0, 500.0])
    for order in ([0, 1, 2], [2, 1, 0]):
        kinds = kinds_of_land(x, y, areas=areas.iloc[order])
        assert kinds.tolist() == ["centre", "residential", "other"]
    assert kinds_of_land(x, y, areas=None).tolist() == ["other"] * 3
    assert kinds_of_land(x, y, areas=areas[areas["level"] == "district"]).tolist() == ["other"] * 3


def test_a_cell_needs_a_side() -> None:
    with pytest.raises(ValueError, match="side"):
        Grid(0)


def test_degrees_are_refused() -> None:
    degrees = gpd.GeoDataFrame(geometry=[shapely.LineString([(12, 57), (13, 58)])], crs="EPSG:4326")
    with pytest.raises(CrsError, match="metric"):
        cut_streets(degrees, grid=Grid(50))
