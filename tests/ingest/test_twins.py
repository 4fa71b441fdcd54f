"""One register under two names: found by place and by name, and not where it is not so."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.frames import INCOMING
from geo.ingest.twins import REGISTERS, also_in

CRS = "EPSG:3006"


def lamps(n: int = 40, *, shift: float = 0.0, first: int = 0, step: float = 30.0) -> Any:
    """Give lamps along a street, numbered."""
    at = [shapely.Point(500_000 + step * i + shift, 6_300_000) for i in range(n)]
    return gpd.GeoDataFrame(
        {"pole_ref": [f"{first + i:03}" for i in range(n)]}, geometry=at, crs=CRS
    )


def told(rows: Any, others: Any, frame: str = "lamps", source: str = "a") -> dict[str, int]:
    """Look for rows among those of one other source."""
    return also_in(rows, others, frame=frame, sources=pd.Series([source] * len(others)))


def test_the_same_register_is_found_whole_or_nearly() -> None:
    assert told(lamps(), lamps()) == {"a": 40}
    assert told(lamps(40), lamps(38)) == {"a": 38}, "the earlier file may be a part"
    assert told(lamps(38), lamps(40)) == {"a": 38}


@pytest.mark.parametrize("shift", [0.0, 0.4, -0.9])
def test_a_copy_in_another_system_is_the_same_place(shift: float) -> None:
    assert told(lamps(first=500, shift=shift), lamps()) == {"a": 40}


def test_a_moved_copy_is_known_by_its_numbers_but_not_by_numbers_far_away() -> None:
    assert told(lamps(shift=12.0), lamps()) == {"a": 40}
    assert told(lamps(shift=5_000.0), lamps()) == {}, "two registers may both count from one"


def test_other_lamps_are_not_the_same() -> None:
    assert told(lamps(first=500, shift=15.0), lamps()) == {}
    half = pd.concat([lamps(20), lamps(20, shift=9_000, first=600)], ignore_index=True)
    assert told(half, lamps()) == {}


def test_names_that_many_share_name_nothing() -> None:
    rows, others = lamps(shift=50), lamps()
    rows["pole_ref"], others["pole_ref"] = "okänd", "okänd"
    assert told(rows, others) == {}


def test_each_source_is_told_of_and_most_first() -> None:
    others = pd.concat([lamps(39), lamps(40), lamps(3, first=900, shift=7)], ignore_index=True)
    sources = pd.Series(["b"] * 39 + ["a"] * 40 + ["c"] * 3)
    assert also_in(lamps(), others, frame="lamps", sources=sources) == {"a": 40, "b": 39}


def test_an_outline_that_is_two_things_is_two() -> None:
    box = shapely.box(0, 0, 100, 100)
    land = gpd.GeoDataFrame({"name": ["Ö"], "level": ["land_use"]}, geometry=[box], crs=CRS)
    district = gpd.GeoDataFrame({"name": ["Ö"], "level": ["district"]}, geometry=[box], crs=CRS)
    assert told(district, land, "areas") == {}
    assert told(district, district, "areas") == {"a": 1}


def test_a_school_and_a_playground_on_one_point_are_two() -> None:
    at = [shapely.Point(0, 0)]
    school = gpd.GeoDataFrame({"name": ["A"], "kind": ["school"]}, geometry=at, crs=CRS)
    play = gpd.GeoDataFrame({"name": ["B"], "kind": ["playground"]}, geometry=at, crs=CRS)
    assert told(school, play, "facilities") == {}
    assert told(school, school, "facilities") == {"a": 1}


def test_streets_are_known_by_their_lines() -> None:
    lines = [shapely.LineString([(0, 10 * i), (100, 10 * i)]) for i in range(20)]
    streets = gpd.GeoDataFrame({"name": ["x"] * 20}, geometry=lines, crs=CRS)
    assert told(streets, streets, "streets") == {"a": 20}
    moved = streets.set_geometry(streets.translate(yoff=4))
    assert told(moved, streets, "streets") == {}


def test_streams_empty_frames_and_rows_without_place_give_nothing() -> None:
    assert set(INCOMING) >= REGISTERS
    assert told(lamps(), lamps(), "incidents") == {}
    assert told(lamps(0), lamps()) == told(lamps(), lamps(0)) == {}
    bare = lamps().assign(pole_ref=None)
    bare = bare.set_geometry(gpd.GeoSeries([None] * 40, crs=CRS))
    assert told(bare, bare) == {}


@given(st.integers(1, 60), st.randoms(use_true_random=False))
def test_a_register_is_in_itself_in_any_order(n: int, random: Any) -> None:
    order = list(range(n))
    random.shuffle(order)
    rows = lamps(n)
    assert told(rows.iloc[order].reset_index(drop=True), rows) == {"a": n}
    assert np.isfinite(rows.total_bounds).all()
