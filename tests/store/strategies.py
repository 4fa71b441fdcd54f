"""Random rows of any frame, made from its contract alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import pandas as pd
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, box
from shapely.geometry.base import BaseGeometry

from geo.frames import Column, Frame, Kind, Shape
from tests.store.making import CRS

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TEXT = st.one_of(
    st.sampled_from(["Järnvägsgatan å ä ö", "", "NaN", "None", "null", "[]", "\u00a0", "a'\"\\b"]),
    st.text(LETTERS, max_size=8),
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
LEAF = st.one_of(st.none(), st.booleans(), st.integers(), NUMBERS, TEXT)
JSON = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999_999))
METRES = st.floats(-1e7, 1e7)


def cells(column: Column) -> st.SearchStrategy[Any]:
    """Values of one column, missing where the contract allows it."""
    words = st.sampled_from(column.vocabulary) if column.vocabulary else TEXT
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: words,
        Kind.INTEGER: st.integers(-(2**63), 2**63 - 1),
        Kind.NUMBER: NUMBERS,
        Kind.BOOLEAN: st.booleans(),
        Kind.TIME: MOMENTS.map(lambda moment: moment.replace(tzinfo=UTC)),
        Kind.DATE: MOMENTS,
        Kind.TEXTS: st.lists(words, max_size=3),
        Kind.JSON: JSON if column.nullable else JSON.filter(lambda value: value is not None),
    }
    values = kinds[column.kind]
    return st.none() | values if column.nullable else values


@st.composite
def shapes(draw: st.DrawFn, frame: Frame) -> BaseGeometry | None:
    """A valid geometry that the frame may carry, or none where it may lack one."""
    e, n = draw(METRES), draw(METRES)
    side = draw(st.floats(0.5, 5e4))
    square = box(e, n, e + side, n + side)
    away = box(e + 2 * side, n, e + 3 * side, n + side)
    kinds: dict[Shape, list[BaseGeometry]] = {
        Shape.POINT: [Point(e, n), Point(e, n, side)],
        Shape.LINE: [LineString([(e, n), (e + side, n), (e, n + side)])],
        Shape.POLYGON: [square, MultiPolygon([square, away])],
    }
    anything = [shape for some in kinds.values() for shape in some]
    choice: list[BaseGeometry | None] = list(kinds.get(frame.shape, anything))
    return draw(st.sampled_from(choice if frame.geometry_required else [None, *choice]))


@st.composite
def frames(draw: st.DrawFn, frame: Frame, *, max_size: int = 4) -> gpd.GeoDataFrame:
    """Rows that keep the frame's contract."""
    names = draw(st.lists(TEXT, max_size=max_size, unique=True))
    columns: dict[str, Any] = {"id": names}
    for column in frame.columns[1:]:
        values = [draw(cells(column)) for _ in names]
        columns[column.name] = pd.Series(values, dtype="object")
    place = gpd.GeoSeries([draw(shapes(frame)) for _ in names], crs=CRS)
    return frame.conform(gpd.GeoDataFrame(columns, geometry=place, crs=CRS), crs=CRS)
