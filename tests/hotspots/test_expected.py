"""What is expected: blur keeps every metre, rates are found again, hot places do not swell them."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.grid import cut_streets
from geo.hotspots import Context
from geo.hotspots.context import countable
from geo.hotspots.expected import estimate_rates, over_dispersion
from geo.hotspots.exposure import ATOMS, _distinct, blur, measure, settle
from geo.hotspots.field import Field
from geo.hotspots.position_error import position_error
from geo.hotspots.search import search

EAST, NORTH = 500_000.0, 6_400_000.0
Make = Callable[..., Context]
Draw = Callable[..., np.ndarray]
at = st.floats(-500, 500)


def field_of(context: Context) -> Field:
    return Field.of(context, countable(context), rng=np.random.default_rng(1))


@given(st.lists(st.tuples(at, at), min_size=1, max_size=8), st.sampled_from([0.0, 5.0, 30.0, 60.0]))
def test_blur_spreads_each_source_and_keeps_it_whole(
    xy: list[tuple[float, float]], error_m: float
) -> None:
    x, y = np.asarray(xy).T
    first, share = blur(x, y, error_m=error_m)
    np.testing.assert_allclose(share.sum(axis=(1, 2)), 1.0)
    key = (first[:, :, None] + np.arange(first.shape[1])).ravel()
    source = np.repeat(np.arange(x.size), share[0].size)
    cx, cy = ATOMS.centres(key)
    reach = max(3 * error_m + 50, 25)
    assert np.all(np.hypot(cx - x[source], cy - y[source]) <= reach * 2**0.5)


def test_blur_is_the_normal_error_it_says() -> None:
    first, share = blur(np.array([12.5]), np.array([12.5]), error_m=30.0)
    x, y = ATOMS.centres(first[0][:, None] + np.arange(first.shape[1]))
    share = share[0]
    assert float((share * (x - 12.5)).sum()) == pytest.approx(0, abs=1e-9)
    width = float((share * (x - 12.5) ** 2).sum())
    assert width == pytest.approx(30**2 + 25**2 / 12, rel=0.04)  # and the cell's own width
    assert float((share * (y - 12.5) ** 2).sum()) == pytest.approx(width)


def test_no_street_length_is_lost(streets: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> None:
    none = np.zeros(0)
    found = measure(
        streets, areas=areas, x=none, y=none, accuracy_m=none, rng=np.random.default_rng(1)
    )
    whole = streets.length.sum()
    assert found.metres.sum() == pytest.approx(whole)
    assert found.street_m.sum() == pytest.approx(whole)
    west = streets[streets.intersects(areas.geometry.iloc[0])].clip(areas.geometry.iloc[0])
    assert found.metres[:, found.kinds.index("centre")].sum() == pytest.approx(west.length.sum())


def test_the_stated_error_is_kept_when_the_incidents_agree(context: Make, even: Draw) -> None:
    assert field_of(context(even(400, seed=1))).exposure.error_m == 30.0


def test_incidents_right_on_the_streets_tell_a_smaller_error(
    streets: gpd.GeoDataFrame, context: Make
) -> None:
    rng = np.random.default_rng(2)
    spots = streets.geometry.iloc[rng.integers(0, len(streets), 200)]
    spots = spots.interpolate(rng.random(200), normalized=True)
    xy = np.column_stack((spots.x, spots.y))
    assert field_of(context(xy)).exposure.error_m == pytest.approx(3.0)
    pieces = cut_streets(streets, grid=ATOMS)
    few = xy[:5]
    kept = position_error(pieces, x=few[:, 0], y=few[:, 1], accuracy_m=np.full(5, 20.0), rng=rng)
    assert kept == 20.0


def test_incidents_off_the_streets_go_to_the_nearest_or_nowhere(context: Make, even: Draw) -> None:
    exposure = field_of(context(even(100, seed=1))).exposure
    x = np.array([EAST + 700, EAST - 105, EAST - 150])
    where, moved = settle(exposure, x=x, y=np.full(3, NORTH + 700))
    assert moved.tolist() == [False, True, False]
    assert (where >= 0).tolist() == [True, True, False]


def test_rates_are_found_again_and_sum_to_the_incidents(
    context: Make, even: Draw, streets: gpd.GeoDataFrame, areas: gpd.GeoDataFrame
) -> None:
    west = streets.geometry.centroid.x < EAST + 550
    field = field_of(context(even(4000, seed=1, weight=np.where(west, 5.0, 1.0)), areas=areas))
    rates = estimate_rates(field.exposure, n=field.n)
    assert rates.total == field.n.sum()
    assert float((field.exposure.metres @ rates.per_m).sum()) == pytest.approx(4000, rel=2e-3)
    by_kind = dict(zip(field.exposure.kinds, rates.per_m, strict=True))
    assert by_kind["centre"] / by_kind["residential"] == pytest.approx(5, rel=0.1)


def test_a_kind_without_incidents_still_expects_some(
    context: Make, even: Draw, streets: gpd.GeoDataFrame, areas: gpd.GeoDataFrame
) -> None:
    west = streets.geometry.centroid.x < EAST + 450
    field = field_of(context(even(100, seed=1, weight=np.where(west, 1.0, 0.0)), areas=areas))
    rates = estimate_rates(field.exposure, n=field.n)
    low = rates.per_m[field.exposure.kinds.index("residential")]
    assert 0 < low < rates.per_m[field.exposure.kinds.index("centre")] / 10


def test_no_incidents_expect_nothing(context: Make, even: Draw) -> None:
    field = field_of(context(even(50, seed=1)))
    assert estimate_rates(field.exposure, n=np.zeros(field.n.size)).per_m.tolist() == [0.0]


def test_planted_places_do_not_swell_what_is_expected_of_others(
    context: Make, even: Draw, hot: Draw
) -> None:
    parts = [even(300, seed=1)]
    parts += [
        hot(30, seed=k, east=300 + 450 * (k % 3), north=300 + 450 * (k // 3)) for k in range(5)
    ]
    field = field_of(context(np.vstack(parts)))
    found = search(field, rng=np.random.default_rng(1), runs=99)
    swollen = estimate_rates(field.exposure, n=field.n).per_m[0]
    true = 300 / field.exposure.street_m.sum()
    assert swollen / true > 1.4
    assert found.rates.per_m[0] / true == pytest.approx(1, abs=0.15)
    assert (found.finds.q <= 0.05).sum() == 5


def test_chance_alone_is_no_over_dispersion() -> None:
    rng = np.random.default_rng(5)
    mean = rng.uniform(0.5, 6, 300)
    found = [over_dispersion(rng.poisson(mean).astype(float), mean, rng=rng) for _ in range(100)]
    assert sum(v > 0 for v in found) <= 12


def test_scattered_rates_are_found_and_a_few_hot_blocks_are_not_taken_for_them() -> None:
    rng = np.random.default_rng(5)
    mean = np.full(400, 4.0)
    scattered = rng.poisson(mean * rng.gamma(2, 0.5, 400)).astype(float)
    assert 0.15 < over_dispersion(scattered, mean, rng=rng) < 0.7
    planted = rng.poisson(np.where(np.arange(400) < 8, 40.0, mean)).astype(float)
    assert over_dispersion(planted, mean, rng=rng) < 0.02


def test_few_blocks_say_nothing_of_over_dispersion() -> None:
    rng = np.random.default_rng(5)
    assert over_dispersion(np.arange(10.0), np.full(10, 3.0), rng=rng) == 0.0


@given(st.lists(st.tuples(at, at), min_size=1, max_size=8), st.sampled_from([0.0, 5.0, 30.0]))
def test_runs_of_cells_are_sorted_out_as_cells(
    xy: list[tuple[float, float]], error_m: float
) -> None:
    first, _ = blur(*np.asarray(xy).T, error_m=error_m)
    run = np.arange(first.shape[1])
    cells, place = _distinct(first, run=run.size)
    key = first[:, :, None] + run
    np.testing.assert_array_equal(cells, np.unique(key))
    np.testing.assert_array_equal(cells[place[:, :, None] + run], key)
    none, _ = _distinct(first[:0], run=run.size)
    assert none.size == 0
