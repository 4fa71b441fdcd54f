"""Hexagons, segments, junctions and areas: every incident counted once, lengths kept."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.hotspots import Context
from geo.hotspots.units import (
    count_areas,
    count_hexagons,
    count_segments,
    hexagon_shapes,
    hexagons,
)

MakeContext = Callable[..., Context]
EAST, NORTH = 500_000.0, 6_400_000.0


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(5, 500))
def test_a_point_lies_in_its_hexagon(x: float, y: float, side: float) -> None:
    shape = hexagon_shapes(*hexagons([x], [y], side_m=side), side_m=side)[0]
    assert shape.distance(shapely.Point(x, y)) < 1e-6 * max(1.0, abs(x), abs(y))
    assert shape.area == pytest.approx(1.5 * np.sqrt(3) * side**2)


def test_hexagons_cover_without_overlap() -> None:
    rng = np.random.default_rng(1)
    column, row = hexagons(*(rng.random((2, 400)) * 300), side_m=50)
    unit = np.unique(np.column_stack((column, row)), axis=0)
    shapes = hexagon_shapes(unit[:, 0], unit[:, 1], side_m=50)
    assert shapely.union_all(shapes).area == pytest.approx(shapely.area(shapes).sum())


def test_hexagons_keep_every_incident_and_metre(planted: Context) -> None:
    out = count_hexagons(planted, side_m=60)
    assert out["n_events"].sum() == 330
    assert out["expected"].sum() == pytest.approx(330, rel=1e-6)
    assert out["street_m"].sum() == pytest.approx(planted.streets.geometry.length.sum())


def test_an_incident_at_a_crossing_counts_at_the_junction(context: MakeContext) -> None:
    found = count_segments(
        context([(EAST + 505, NORTH + 500), (EAST + 550, NORTH + 504)], accuracy_m=1.0)
    )
    hit = found[found["n_events"] > 0]
    assert sorted(hit["kind"]) == ["junction", "segment"]
    assert (
        hit[hit["kind"] == "junction"]
        .geometry.iloc[0]
        .equals(shapely.Point(EAST + 500, NORTH + 500))
    )


def test_segments_and_junctions_share_all_length(planted: Context) -> None:
    out = count_segments(planted, tolerance_m=500.0)
    assert out["street_m"].sum() == pytest.approx(planted.streets.geometry.length.sum())
    assert out["expected"].sum() == pytest.approx(330, rel=0.02)
    assert out["n_events"].sum() == 330


def test_an_incident_far_from_every_street_is_on_none(context: MakeContext) -> None:
    out = count_segments(context([(EAST + 50, NORTH + 50)]), tolerance_m=49.0)
    assert out["n_events"].sum() == 0


def test_areas_sum_to_the_whole_and_a_border_counts_once(planted: Context) -> None:
    west = shapely.box(EAST - 500, NORTH - 500, EAST + 750, NORTH + 2000)
    east = shapely.box(EAST + 750, NORTH - 500, EAST + 2000, NORTH + 2000)
    areas = gpd.GeoDataFrame({"name": ["väst", "öst"]}, geometry=[west, east], crs=planted.crs)
    out = count_areas(planted, areas)
    assert out["n_events"].sum() == 330
    assert out["expected"].sum() == pytest.approx(330, rel=1e-6)
    back = count_areas(planted, areas.iloc[::-1])
    assert set(back["n_events"]) == set(out["n_events"])


def test_nothing_happened(context: MakeContext) -> None:
    empty = context(np.empty((0, 2)))
    assert count_hexagons(empty, side_m=50).empty
    assert count_segments(empty).empty
