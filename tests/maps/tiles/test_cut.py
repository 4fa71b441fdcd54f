"""Tiles: known bytes, the laws of clipping, and what another decoder reads in them."""

from __future__ import annotations

import itertools
import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import MapError, NotFoundError
from geo.maps.tiles import BUFFER, EXTENT, MAX_ZOOM, cut_tile, prepare, tile_at
from geo.maps.tiles.mercator import HALF_M, tile_matrix_set, tile_range

ROOT = Path(__file__).resolve().parents[3]
Z, X, Y = MAX_ZOOM, 35468, 20120
"""A tile in Sweden where nothing is simplified; shapes of these tests are made in its units."""
few = settings(max_examples=60)


def metres(units: Any) -> Any:
    """Take tile units of the tile to EPSG:3857."""
    at = np.asarray(units, float)
    world = (at / EXTENT + [X, Y]) / 2**Z
    return np.column_stack([world[:, 0] * 2 * HALF_M - HALF_M, HALF_M - world[:, 1] * 2 * HALF_M])


def layer_of(*shapes: Any, **columns: Any) -> gpd.GeoDataFrame:
    """Make a frame of shapes given in tile units."""
    moved = [None if shape is None else shapely.transform(shape, metres) for shape in shapes]
    data = columns or {"id": [f"f{i}" for i in range(len(shapes))]}
    return gpd.GeoDataFrame(data, geometry=moved, crs="EPSG:3857")


def tile_of(rows: gpd.GeoDataFrame, **at: int) -> bytes:
    """Cut the tile."""
    return cut_tile(prepare(rows, name="lager"), **({"z": Z, "x": X, "y": Y} | at))


def decoded(rows: gpd.GeoDataFrame, **at: int) -> list[dict[str, Any]]:
    """Cut the tile and read it with another library, y downwards."""
    body = tile_of(rows, **at)
    read = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    return list(read["lager"]["features"]) if read else []


def test_a_tile_of_one_point_is_these_bytes() -> None:
    rows = layer_of(shapely.Point(25, 17), kind=["lamp"])
    feature = b"\x12\x02\x00\x00" + b"\x18\x01" + b"\x22\x03\x09\x32\x22"  # the spec's own point
    values = [b"\x1a\x04kind", b"\x22\x06\x0a\x04lamp", b"\x28\x80\x20", b"\x78\x02"]
    layer = b"".join([b"\x0a\x05lager", b"\x12", bytes([len(feature)]), feature, *values])
    assert tile_of(rows) == b"\x1a" + bytes([len(layer)]) + layer


def test_lines_and_rings_are_the_commands_of_the_specification() -> None:
    line = shapely.LineString([(2, 2), (2, 10), (10, 10)])
    ring = shapely.Polygon([(3, 6), (8, 12), (20, 34)])
    body = tile_of(layer_of(line, ring, n=[1, 2]), z=Z)
    assert bytes([9, 4, 4, 18, 0, 16, 16, 0]) in body  # MVT 2.1, section 4.3.5.3
    assert bytes([9, 6, 12, 18, 10, 12, 24, 44, 15]) in body  # and 4.3.5.5


def test_every_kind_of_value_is_read_back() -> None:
    at = pd.Timestamp("2026-11-20 21:30", tz="Europe/Stockholm")
    rows = layer_of(
        *[shapely.Point(9, 9)] * 2,
        text=["å ä ö", "x"], whole=[7, -7], share=[4.5, 2.0], yes=[True, False], at=[at, at],
        words=[["dark"], []], gone=[None, "there"], lost=[float("nan"), 3.0],
    )  # fmt: skip
    first, second = (f["properties"] for f in decoded(rows))
    assert first == {
        "text": "å ä ö", "whole": 7, "share": 4.5, "yes": True, "at": "2026-11-20T20:30:00Z",
        "words": '["dark"]',
    }  # fmt: skip
    assert second["whole"] == -7
    assert second["share"] == 2.0
    assert isinstance(second["share"], float)
    assert second["gone"] == "there"


unit = st.floats(-3000, EXTENT + 3000).map(lambda at: round(at, 3))


@few
@given(points=st.lists(st.tuples(unit, unit), min_size=1, max_size=30))
def test_points_come_back_within_one_unit_and_none_is_lost(points: list[Any]) -> None:
    rows = layer_of(*[shapely.Point(p) for p in points])
    found = {f["properties"]["id"]: f["geometry"]["coordinates"] for f in decoded(rows)}
    for number, (x, y) in enumerate(points):
        edge = max(abs(x - EXTENT / 2), abs(y - EXTENT / 2)) - EXTENT / 2 - BUFFER
        if abs(edge) > 1e-3:
            assert (f"f{number}" in found) == (edge < 0)
        if f"f{number}" in found:
            assert math.dist(found[f"f{number}"], (x, y)) <= 0.75


@st.composite
def stars(draw: st.DrawFn) -> shapely.Polygon:
    """Draw a ring round a middle, sometimes with a hole."""
    n = draw(st.integers(3, 14))
    radii = draw(st.lists(st.floats(20, 4000), min_size=n, max_size=n))
    x, y = draw(unit), draw(unit)
    turn = np.linspace(0, 2 * np.pi, n, endpoint=False)
    edge = np.column_stack([np.cos(turn), np.sin(turn)]) * np.array(radii)[:, None] + [x, y]
    inner = (edge - [x, y]) * 0.4 + [x, y]
    return shapely.Polygon(edge, [inner] if draw(st.booleans()) else None)


def signed(ring: Any) -> float:
    """Twice the area, by the surveyor's formula; y is downwards."""
    x, y = np.asarray(ring).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))


def rings_of(geometry: dict[str, Any]) -> list[list[Any]]:
    """List the polygons of a decoded feature, each a list of rings."""
    whole = geometry["coordinates"]
    return [whole] if geometry["type"] == "Polygon" else list(whole)


@few
@given(star=stars())
def test_a_clipped_polygon_covers_what_is_inside_and_turns_the_right_way(
    star: shapely.Polygon,
) -> None:
    square = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    wanted = star.intersection(square).area
    found = decoded(layer_of(star), z=Z)
    area = 0.0
    for feature in found:
        for outer, *holes in rings_of(feature["geometry"]):
            assert signed(outer) > 0
            assert all(signed(hole) < 0 for hole in holes)
            for ring in (outer, *holes):
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                assert np.abs(np.asarray(ring) - EXTENT / 2).max() <= EXTENT / 2 + BUFFER
                area += signed(ring) / 2
    edge = star.length + square.length
    assert abs(area - wanted) <= 0.75 * edge + 4  # rounding


@few
@given(at=st.lists(st.tuples(unit, unit), min_size=2, max_size=12, unique=True))
def test_a_clipped_line_is_as_long_as_what_is_inside(at: list[Any]) -> None:
    line = shapely.LineString(at)
    square = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    inside = line.intersection(square)
    found = decoded(layer_of(line))
    drawn = [shapely.geometry.shape(f["geometry"]) for f in found]
    if inside.length < 4:
        return
    assert shapely.distance(shapely.points(shapely.get_coordinates(drawn)), line).max() <= 0.75
    ours = shapely.buffer(shapely.union_all(drawn), 1.5)
    assert inside.difference(ours).length <= 4  # a piece shorter than a unit is not drawn


def test_the_deepest_zoom_leaves_nothing_out_and_others_little() -> None:
    rng = np.random.default_rng(4)
    steps = np.cumsum(rng.normal(0, 6, (400, 2)), axis=0) + EXTENT / 2
    rows = layer_of(shapely.LineString(steps))
    counts = []
    for z in range(Z - 5, Z + 1):
        (feature,) = decoded(rows, z=z, x=X >> (Z - z), y=Y >> (Z - z))
        counts.append(len(feature["geometry"]["coordinates"]))
    assert counts == sorted(counts)
    assert counts[0] < 100
    assert 395 < counts[-1] <= 400  # rounding may join two


def test_a_small_place_is_still_there_from_afar() -> None:
    place = shapely.Point(2000, 2000).buffer(1500)  # 250 m across
    for z in range(8, Z):
        assert decoded(layer_of(place), z=z, x=X >> (Z - z), y=Y >> (Z - z)), z


def test_parts_and_what_has_no_place() -> None:
    points = shapely.MultiPoint([(10, 10), (20, 20)])
    lines = shapely.MultiLineString([[(0, 0), (50, 0)], [(0, 9), (50, 9)]])
    areas = shapely.MultiPolygon([shapely.box(0, 0, 9, 9), shapely.box(20, 20, 40, 40)])
    both = shapely.GeometryCollection([shapely.Point(5, 5), shapely.box(60, 60, 70, 70)])
    rows = layer_of(points, lines, areas, both, None, shapely.Point())
    found = decoded(rows)
    kinds = sorted(f["geometry"]["type"] for f in found)
    assert kinds == ["MultiLineString", "MultiPoint", "MultiPolygon", "Point", "Polygon"]
    assert decoded(rows.iloc[4:]) == []
    assert tile_of(rows, x=X + 9) == b""


def test_row_order_changes_nothing_but_order() -> None:
    rows = layer_of(*[shapely.Point(i, i) for i in range(50)])
    there = {str(f["properties"]) + str(f["geometry"]) for f in decoded(rows)}
    back = {str(f["properties"]) + str(f["geometry"]) for f in decoded(rows.iloc[::-1])}
    assert there == back


@pytest.mark.parametrize(
    ("z", "x", "y"), [(0, 1, 0), (3, -1, 0), (3, 0, 8), (17, 0, 0), (-1, 0, 0)]
)
def test_a_tile_that_is_not_there_is_refused(z: int, x: int, y: int) -> None:
    with pytest.raises(NotFoundError, match="row before the column"):
        tile_of(layer_of(shapely.Point(1, 1)), z=z, x=x, y=y)


def test_rows_without_a_reference_system_are_refused() -> None:
    with pytest.raises(MapError, match="set the CRS"):
        prepare(gpd.GeoDataFrame({"id": ["a"]}, geometry=[shapely.Point(1, 1)]), name="x")


def test_a_position_lies_in_the_tile_that_is_named_for_it() -> None:
    assert tile_at(-180, 85, z=0) == (0, 0)
    assert tile_at(179.999, -85, z=4) == (15, 15)
    assert tile_range([14.7, 56.8, 14.9, 56.9], z=0) == (0, 0, 0, 0)
    first, last, top, bottom = tile_range([14.7, 56.8, 14.9, 56.9], z=12)
    assert first <= tile_at(14.8, 56.85, z=12)[0] <= last
    assert top <= tile_at(14.8, 56.85, z=12)[1] <= bottom


def test_the_matrix_set_halves_at_every_zoom() -> None:
    matrices = tile_matrix_set()["tileMatrices"]
    assert [m["matrixWidth"] for m in matrices] == [2**z for z in range(MAX_ZOOM + 1)]
    assert matrices[0]["cellSize"] == pytest.approx(156543.03392804097)
    for low, high in itertools.pairwise(matrices):
        assert low["scaleDenominator"] == pytest.approx(2 * high["scaleDenominator"])


PLAIN = """
import json, sys
import numpy as np, geopandas as gpd, shapely
from geo.maps.tiles import cut_tile, prepare
wkb, crs = json.load(sys.stdin)
rows = gpd.GeoDataFrame({"n": range(len(wkb))}, geometry=shapely.from_wkb(wkb), crs=crs)
sheet = prepare(rows, name="lager")
print(json.dumps([cut_tile(sheet, z=z, x=x, y=y).hex() for z, x, y in %s]))
"""


def test_the_plain_path_writes_the_same_bytes() -> None:
    rng = np.random.default_rng(7)
    shapes = [
        *[shapely.Point(p) for p in rng.uniform(-400, 4500, (20, 2))],
        shapely.MultiPoint([(3, 3), (-900, 4), (70, 70)]),
        shapely.LineString(rng.uniform(-900, 5000, (9, 2))),
        shapely.Point(4000, 100).buffer(700) - shapely.Point(4000, 100).buffer(300),
        shapely.box(-9000, -9000, 9000, 9000),
        shapely.Point(1, 1).buffer(0.01),
    ]
    rows = layer_of(*shapes).drop(columns="id").assign(n=range(len(shapes)))
    tiles = [(Z, X, Y), (Z, X + 1, Y), (12, X >> 4, Y >> 4), (14, X >> 2, Y >> 2)]
    plain = subprocess.run(
        [sys.executable, "-c", PLAIN % tiles],
        input=json.dumps([shapely.to_wkb(rows.geometry, hex=True).tolist(), "EPSG:3857"]),
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    sheet = prepare(rows[["n", "geometry"]], name="lager")
    ours = [cut_tile(sheet, z=z, x=x, y=y).hex() for z, x, y in tiles]
    assert json.loads(plain.stdout) == ours
    assert all(ours)
