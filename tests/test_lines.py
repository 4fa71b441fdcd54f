"""Points along lines: to the last bit where GEOS puts them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.lines import points_along


def _lines(rng: np.random.Generator, n: int) -> np.ndarray:
    out = []
    for _ in range(n):
        xy = rng.uniform(0, 1000, (rng.integers(2, 9), 2)) + np.array([674_000, 6_580_000])
        xy = np.repeat(xy, rng.integers(1, 3, len(xy)), axis=0)  # a vertex may be there twice
        out.append(shapely.LineString(xy))
    return np.array(out, object)


@given(seed=st.integers(0, 999))
def test_every_point_is_the_one_geos_gives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lines = _lines(rng, 7)
    of = np.sort(rng.integers(0, 7, 200))
    along = rng.uniform(0, 1.1, 200) * shapely.length(lines)[of]
    along[::9], along[1::9] = 0.0, shapely.length(lines)[of[1::9]]
    wanted = shapely.get_coordinates(shapely.line_interpolate_point(lines[of], along))
    np.testing.assert_array_equal(points_along(lines, of=of, along_m=along), wanted)


def test_vertices_parts_and_nothing() -> None:
    bent = shapely.LineString([(0, 0), (3, 0), (3, 4), (3, 4), (9, 4)])
    at = np.array([0.0, 3.0, 7.0, 13.0, 14.0])
    got = points_along(np.array([bent], object), of=np.zeros(5, np.intp), along_m=at)
    assert got.tolist() == [[0, 0], [3, 0], [3, 4], [9, 4], [9, 4]]
    parts = np.array([shapely.MultiLineString([[(0, 0), (5, 0)], [(9, 0), (9, 5)]])], object)
    assert points_along(parts, of=np.zeros(1, np.intp), along_m=np.array([7.0])).tolist() == [
        pytest.approx([9, 2])
    ]
    assert points_along(parts, of=np.empty(0, np.intp), along_m=np.empty(0)).shape == (0, 2)
