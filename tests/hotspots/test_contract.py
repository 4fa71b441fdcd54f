"""Every method of the catalogue gives defined answers, and keeps the laws of counting."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.frames import HOTSPOTS
from geo.hotspots import METHODS, Context
from geo.hotspots.rows import CERTAINTY_ORDER

MakeContext = Callable[..., Context]
Draw = Callable[..., np.ndarray]
EAST, NORTH = 500_000.0, 6_400_000.0
FAST: dict[str, dict[str, Any]] = {"alarm": {"replicates": 99}}
SHIFT = (3000.0, -6000.0)
"""Whole cells of every size in use: 25, 50, 75, 100 and 150 m."""
LATTICED = [name for name in METHODS if name != "hexagons"]
"""Hexagons have an irrational side north to south: no shift is whole for them and the streets."""


def ask(name: str, context: Context) -> gpd.GeoDataFrame:
    found = METHODS[name](**FAST.get(name, {})).find(context)
    HOTSPOTS.conform(found, crs=context.crs)
    assert set(found["certainty"]) <= set(CERTAINTY_ORDER)
    assert (found["method"] == name).all()
    assert (found["n"] >= 0).all()
    assert found.geometry.is_valid.all()
    assert found["p"].dropna().between(0, 1).all()
    return found


def print_of(frame: gpd.GeoDataFrame) -> str:
    text = pd.DataFrame(frame.drop(columns="geometry")).to_csv(lineterminator="\n")
    shapes = b"".join(frame.geometry.to_wkb())
    return hashlib.sha256(text.encode() + shapes).hexdigest()


def same(one: gpd.GeoDataFrame, two: gpd.GeoDataFrame, *, moved: tuple[float, float] = (0, 0)
         ) -> None:  # fmt: skip
    for column in ("claim", "certainty", "n", "rank"):
        assert one[column].tolist() == two[column].tolist(), column
    for column in ("expected", "p", "score"):
        np.testing.assert_allclose(
            one[column].astype(float), two[column].astype(float), rtol=1e-6, atol=1e-9
        )
    shapes = shapely.transform(one.geometry.to_numpy(), lambda c: c + np.asarray(moved))
    gap = shapely.area(shapely.symmetric_difference(shapes, two.geometry.to_numpy()))
    assert (gap <= 1e-3 * shapely.area(shapes) + 1e-6).all()


@pytest.fixture(scope="module")
def answers(planted: Context) -> Callable[[str], gpd.GeoDataFrame]:
    """Ask a method of the planted town once."""
    known: dict[str, gpd.GeoDataFrame] = {}

    def get(name: str) -> gpd.GeoDataFrame:
        if name not in known:
            known[name] = ask(name, planted)
        return known[name]

    return get


def with_rows(context: Context, incidents: gpd.GeoDataFrame, **changes: Any) -> Context:
    parts = {"streets": context.streets, "areas": None, "period_from": context.period_from,
             "period_to": context.period_to, "crs": context.crs, "seed": context.seed}  # fmt: skip
    return Context(incidents, **(parts | changes))


@pytest.mark.parametrize("name", list(METHODS))
def test_the_order_of_rows_changes_nothing(
    planted: Context, answers: Callable[[str], gpd.GeoDataFrame], name: str
) -> None:
    turned = with_rows(planted, planted.incidents.sample(frac=1, random_state=5),
                       streets=planted.streets.sample(frac=1, random_state=6))  # fmt: skip
    same(answers(name), ask(name, turned))


@pytest.mark.parametrize("name", LATTICED)
def test_a_shift_by_whole_cells_moves_the_answer_and_nothing_else(
    planted: Context, answers: Callable[[str], gpd.GeoDataFrame], name: str
) -> None:
    def move(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        return frame.set_geometry(frame.geometry.translate(*SHIFT))

    moved = with_rows(planted, move(planted.incidents), streets=move(planted.streets))
    same(answers(name), ask(name, moved), moved=SHIFT)


@pytest.mark.parametrize("name", list(METHODS))
def test_the_same_seed_gives_the_same_rows_and_the_input_is_left_alone(
    planted: Context, answers: Callable[[str], gpd.GeoDataFrame], name: str
) -> None:
    before = [print_of(frame) for frame in (planted.incidents, planted.streets)]
    again = ask(name, planted)
    assert print_of(again) == print_of(answers(name))
    assert [print_of(frame) for frame in (planted.incidents, planted.streets)] == before


@pytest.mark.parametrize("name", list(METHODS))
@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_anything_claims_nothing(context: MakeContext, name: str, n: int) -> None:
    found = ask(name, context(np.array([(EAST + 500.0, NORTH + 500.0)] * n).reshape(-1, 2)))
    assert set(found["certainty"]) <= {"cannot_tell"}
    assert n or found.empty


@pytest.mark.parametrize("name", list(METHODS))
def test_all_on_one_point_is_one_place_at_most(context: MakeContext, name: str) -> None:
    spot = (EAST + 700.0, NORTH + 800.0)
    found = ask(name, context(np.tile(spot, (60, 1))))
    for shape in found.geometry:
        assert shape.distance(shapely.Point(spot)) <= 150
    assert len(found[found["claim"] == "stands_out"]) <= 1
    assert (found["n"] <= 60 + 1e-9).all()


@pytest.mark.parametrize("name", list(METHODS))
def test_all_at_one_time_has_an_answer(context: MakeContext, even: Draw, name: str) -> None:
    until = pd.Timestamp(context(np.empty((0, 2))).period_to)
    at = pd.DatetimeIndex([until - pd.Timedelta(days=30)] * 80)
    found = ask(name, context(even(80, seed=3), at=at))
    assert "changed" not in set(found["claim"])


@pytest.mark.parametrize("name", list(METHODS))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_few_points_have_an_answer(
    context: MakeContext, name: str, data: st.DataObject
) -> None:
    metre = st.floats(-400, 1900)
    n = data.draw(st.integers(1, 25))
    xy = data.draw(st.lists(st.tuples(metre, metre), min_size=n, max_size=n))
    found = ask(name, context(np.add(xy, (EAST, NORTH))))
    assert (found["n"] <= n + 1e-9).all()
