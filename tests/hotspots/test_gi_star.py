"""Gi*: the classic score equals esda's, and the exact tail does not invent hotspots."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import AnalysisError, CrsError
from geo.hotspots.gi_star import gi_star, neighbours
from geo.intervals import binomial_tail

CRS = "EPSG:3006"


def spots(xy: list[tuple[float, float]], n: list[float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"n_events": n}, geometry=gpd.points_from_xy(*zip(*xy, strict=True)),
                            crs=CRS)  # fmt: skip


def field(n: np.ndarray) -> gpd.GeoDataFrame:
    side = int(n.size**0.5)
    col, row = np.divmod(np.arange(n.size), side)
    boxes = shapely.box(col * 100, row * 100, col * 100 + 100, row * 100 + 100)
    return gpd.GeoDataFrame({"n_events": n}, geometry=boxes, crs=CRS)


def test_the_worked_example_of_getis_and_ord() -> None:
    cells = spots([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)],
                  [2, 3, 3.2, 5, 8, 7])  # fmt: skip
    wanted = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    np.testing.assert_allclose(gi_star(cells, radius_m=15)["z"], wanted, atol=1e-8)


@given(st.lists(st.integers(0, 30), min_size=64, max_size=64), st.sampled_from([110, 150, 210]))
def test_the_score_is_esdas(counts: list[int], radius_m: int) -> None:
    n = np.asarray(counts, float)
    if n.std() == 0:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda import G_Local
        from libpysal.weights import W

        cells = field(n)
        near = neighbours(cells, radius_m=radius_m).tolil().rows
        others = {i: [j for j in row if j != i] for i, row in enumerate(near)}
        theirs = G_Local(n, W(others, silence_warnings=True), transform="B", star=True,
                         permutations=0)  # fmt: skip
    ours = gi_star(cells, radius_m=radius_m)["z"]
    np.testing.assert_allclose(ours, theirs.Zs, atol=1e-9)


def test_p_is_the_exact_share_of_the_total() -> None:
    n = np.zeros(100)
    n[44] = 7
    n[3] = 13
    out = gi_star(field(n), radius_m=110)
    assert out.loc[44, "p"] == pytest.approx(float(binomial_tail(7, 20, 0.05)), rel=1e-12)


def test_cells_that_expect_more_need_more() -> None:
    n = np.ones(100)
    n[44] = 9
    alike = gi_star(field(n), radius_m=50)
    busy = gi_star(field(n).assign(expected=np.where(np.arange(100) == 44, 8.0, 1.0)), radius_m=50)
    assert alike.loc[44, "is_hotspot"]
    assert not busy["is_hotspot"].any()
    assert busy.loc[44, "expected_lag"] == pytest.approx(8 * 108 / 107)


def test_chance_makes_no_hotspots_where_the_normal_tail_makes_many() -> None:
    rng = np.random.default_rng(2)
    exact = normal = 0
    for _ in range(60):
        out = gi_star(
            field(rng.multinomial(120, np.full(900, 1 / 900)).astype(float)), radius_m=150
        )
        exact += bool(out["is_hotspot"].any())
        normal += bool((out["z"] > 4.07).any())  # Bonferroni of 900 cells, had z been normal
    assert exact <= 6
    assert normal > 20


def test_an_even_field_and_an_empty_one_have_answers() -> None:
    even = gi_star(field(np.full(25, 3.0)), radius_m=150)
    assert (even["z"] == 0).all()
    assert not even["is_hotspot"].any()
    none = gi_star(field(np.zeros(0)), radius_m=150)
    assert len(none) == 0
    assert none["is_hotspot"].dtype == bool


def test_row_order_changes_nothing_and_the_input_stays() -> None:
    cells = field(np.random.default_rng(1).poisson(2.0, 64).astype(float))
    before = cells.copy(deep=True)
    there = gi_star(cells, radius_m=150)
    back = gi_star(cells.sample(frac=1, random_state=3), radius_m=150).loc[cells.index]
    for name in ("z", "p", "q"):
        np.testing.assert_allclose(back[name], there[name], atol=1e-12)
    assert cells.equals(before)


@pytest.mark.parametrize("choice", [{"radius_m": 0}, {"radius_m": 100, "alpha": 1.5}])
def test_a_choice_that_cannot_be_is_refused(choice: dict[str, float]) -> None:
    with pytest.raises(AnalysisError):
        gi_star(field(np.ones(9)), **choice)


def test_counts_below_nothing_and_degrees_are_refused() -> None:
    with pytest.raises(AnalysisError):
        gi_star(field(np.array([-1.0, 2, 3, 4])), radius_m=100)
    with pytest.raises(CrsError):
        gi_star(field(np.ones(9)).to_crs("EPSG:4326"), radius_m=100)
