"""Gi* on a grid: equal to the frame's, to esda's, and to the exact law of drawn neighbours."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from geo.errors import AnalysisError
from geo.hotspots.gi_lattice import _draws, box_score, gi_lattice, gi_permuted
from geo.hotspots.gi_star import gi_star

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS, COLUMNS = 6, 9


def frame(counts: NDArray[np.float64], inside: NDArray[np.bool_]) -> gpd.GeoDataFrame:
    row, col = np.nonzero(inside)
    boxes = shapely.box(col * 100, row * 100, col * 100 + 100, row * 100 + 100)
    return gpd.GeoDataFrame({"n_events": counts[inside]}, geometry=boxes, crs="EPSG:3006")


@given(
    st.lists(st.integers(0, 12), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS),
    st.lists(st.booleans(), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS),
)
def test_it_is_gi_star_of_the_same_cells(counts: list[int], kept: list[bool]) -> None:
    inside = np.asarray(kept).reshape(ROWS, COLUMNS)
    inside[0, 0] = True
    n = np.asarray(counts, float).reshape(ROWS, COLUMNS)
    ours, theirs = gi_lattice(n, inside=inside), gi_star(frame(n, inside), radius_m=150)
    for name in ("lag", "z", "p", "q"):
        np.testing.assert_allclose(getattr(ours, name)[inside], theirs[name], rtol=1e-9, atol=1e-12)
    assert (ours.p[~inside] == 1).all()
    assert (ours.lag[~inside] == 0).all()


def test_the_score_is_esdas() -> None:
    n = np.random.default_rng(4).poisson(0.8, (20, 30)).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda import G_Local
        from libpysal.weights import lat2W

        near = lat2W(20, 30, rook=False)
        theirs = G_Local(n.ravel(), near, transform="B", star=True, permutations=0)
    np.testing.assert_allclose(gi_lattice(n).z.ravel(), theirs.Zs, atol=1e-9)


def test_drawn_neighbours_follow_their_exact_law() -> None:
    n = np.random.default_rng(9).binomial(1, 0.2, (15, 15)).astype(float)
    found = gi_permuted(n, rng=np.random.default_rng(1), permutations=4000)
    lag, reach, _ = box_score(n, np.ones(n.shape, bool))
    rest, total = lag - n, int(n.sum())
    exact = hypergeom.sf(rest - 1, n.size - 1, (total - n).astype(int), reach - 1)
    spread = np.sqrt(exact * (1 - exact) / 4000)
    assert (np.abs(found - exact) <= 5 * spread + 1 / 4000).all()


def test_an_empty_neighbourhood_is_never_unusual_and_ties_count() -> None:
    n = np.zeros((12, 12))
    n[3, 3] = 5
    found = gi_permuted(n, rng=np.random.default_rng(1), permutations=99)
    assert found[9, 9] == 1
    assert found[3, 3] == 1  # its neighbours hold nothing, and it keeps its own
    even = gi_permuted(np.ones((5, 5)), rng=np.random.default_rng(1), permutations=99)
    assert (even == 1).all()  # every draw ties


def test_it_is_the_count_over_draws_of_others_one_by_one() -> None:
    n = np.random.default_rng(2).poisson(1.0, (5, 6)).astype(float)
    inside = np.random.default_rng(8).random(n.shape) < 0.8
    found = gi_permuted(n, inside=inside, rng=np.random.default_rng(3), permutations=60)
    lag, reach, _ = box_score(np.where(inside, n, 0), inside)
    own, total, size = n[inside], lag[inside] - n[inside], reach[inside] - 1
    draws = _draws(own.size, size=9, times=60, rng=np.random.default_rng(3))
    assert all(len(set(row)) == 9 for row in draws.tolist())
    for i, p in enumerate(found[inside]):
        others = [[at for at in row if at != i][: size[i]] for row in draws.tolist()]
        beaten = sum(own[row].sum() >= total[i] for row in others)
        assert p == (beaten + 1) / 61


def test_small_grids_have_an_answer_and_what_is_no_count_is_refused() -> None:
    for shape in ((1, 1), (1, 2), (2, 3)):
        n = np.arange(np.prod(shape), dtype=float).reshape(shape)
        assert gi_lattice(n).p.shape == shape
        assert (gi_permuted(n, rng=np.random.default_rng(1), permutations=9) <= 1).all()
    assert (gi_lattice(np.zeros((3, 3))).p == 1).all()
    with pytest.raises(AnalysisError, match="whole numbers"):
        gi_lattice(np.full((2, 2), 0.5))
    with pytest.raises(AnalysisError, match="rows and columns"):
        gi_lattice(np.zeros(4))
