"""Points in areas: the oracle's answers, the law of shared borders, the plain path."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import CrsError
from geo.grid import AreaIndex, joins, locate_points_in

CRS = "EPSG:3006"


def squares() -> gpd.GeoDataFrame:
    """Four squares of 100 m that share borders, and a hole in the last."""
    shapes: list[shapely.Geometry] = [
        shapely.box(x, y, x + 100, y + 100) for y in (0, 100) for x in (0, 100)
    ]
    shapes[3] = shapes[3].difference(shapely.box(140, 140, 160, 160))
    return gpd.GeoDataFrame(geometry=shapes, crs=CRS)


def town(seed: int, n: int = 40, step_m: float = 90.0) -> gpd.GeoDataFrame:
    """Ragged areas that share borders."""
    rng = np.random.default_rng(seed)
    frame = shapely.box(0, 0, 6000, 4000)
    cells = shapely.voronoi_polygons(
        shapely.multipoints(rng.uniform((0, 0), (6000, 4000), (n, 2))), extend_to=frame
    )
    shapes = [cell.intersection(frame).segmentize(step_m) for cell in shapely.get_parts(cells)]
    return gpd.GeoDataFrame(geometry=shapes, crs=CRS)


def test_known_answers_by_hand() -> None:
    x = np.array([50.0, 150, 50, 150, 150, -1, 250, np.nan])
    y = np.array([50.0, 50, 150, 120, 150, 50, 50, 50])
    assert AreaIndex.of(squares()).locate(x, y).tolist() == [0, 1, 2, 3, -1, -1, -1, -1]


def test_a_shared_border_belongs_to_what_is_east_or_north_of_it() -> None:
    x, y = np.array([100.0, 50, 100, 0, 200]), np.array([50.0, 100, 100, 0, 50])
    assert AreaIndex.of(squares()).locate(x, y).tolist() == [1, 2, 3, 0, -1]


def test_of_areas_that_overlap_the_first_holds() -> None:
    both = gpd.GeoDataFrame(
        geometry=[shapely.box(0, 0, 90, 90), shapely.box(0, 0, 200, 200)], crs=CRS
    )
    x = np.array([45.0, 150])
    assert AreaIndex.of(both).locate(x, x).tolist() == [0, 1]
    assert AreaIndex.of(both.iloc[::-1]).locate(x, x).tolist() == [0, 0]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("cell_m", [25.0, 700.0])
def test_shapely_gives_the_same_answers(seed: int, cell_m: float) -> None:
    areas = town(seed)
    rng = np.random.default_rng(seed)
    at = rng.uniform((-200, -200), (6200, 4200), (20_000, 2))
    point, area = shapely.STRtree(areas.geometry.to_numpy()).query(
        shapely.points(at), predicate="within"
    )
    wanted = np.full(len(at), -1)
    wanted[point] = area
    found = AreaIndex.of(areas, cell_m=cell_m).locate(at[:, 0].copy(), at[:, 1].copy())
    np.testing.assert_array_equal(found, wanted)


def test_no_point_on_a_border_is_lost_or_told_twice() -> None:
    areas = town(9, step_m=1e9)  # borders are shared vertex by vertex
    corners = shapely.get_coordinates(areas.geometry.to_numpy())
    middle = (corners[1:] + corners[:-1]) / 2
    at = np.unique(np.concatenate([corners, middle]), axis=0)
    at = at[((at > 1) & (at < (5999, 3999))).all(axis=1)]
    found = AreaIndex.of(areas).locate(at[:, 0].copy(), at[:, 1].copy())
    assert (found >= 0).all()
    near = shapely.distance(areas.geometry.to_numpy()[found], shapely.points(at))
    assert near.max() < 1e-6


def test_the_plain_path_gives_what_the_compiled_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    areas, rng = town(2, n=6), np.random.default_rng(2)
    x, y = rng.uniform(0, 6000, 300), rng.uniform(0, 4000, 300)
    compiled = AreaIndex.of(areas, cell_m=400.0).locate(x, y)
    monkeypatch.setattr(joins, "compiled", lambda loop: loop)
    np.testing.assert_array_equal(AreaIndex.of(areas, cell_m=400.0).locate(x, y), compiled)


def test_no_areas_and_no_points() -> None:
    nothing = np.empty(0)
    assert AreaIndex.of(squares()).locate(nothing, nothing).tolist() == []
    one = np.array([1.0])
    assert AreaIndex.of(squares().iloc[:0]).locate(one, one).tolist() == [-1]


def test_degrees_are_refused() -> None:
    points = gpd.GeoDataFrame(geometry=[shapely.Point(50, 50)], crs=CRS)
    assert locate_points_in(points, squares()).tolist() == [0]
    with pytest.raises(CrsError, match="EPSG:4326"):
        AreaIndex.of(squares().to_crs("EPSG:4326"))
    with pytest.raises(CrsError, match="two reference systems"):
        locate_points_in(points, squares().to_crs("EPSG:3007"))
