"""Local Moran, G, K, kernels, bandwidths, concentration and patterns: oracles, laws, refusals."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geo.errors import AnalysisError
from geo.hotspots.bandwidth import adaptive, by_likelihood, rule_of_thumb
from geo.hotspots.concentration import concentration
from geo.hotspots.emerging import mann_kendall, pattern
from geo.hotspots.getis import global_g
from geo.hotspots.kernels import kernel_value
from geo.hotspots.local_moran import local_moran
from geo.hotspots.ripley import ripley_k


def rook(side: int) -> csr_array:
    """Neighbours by edge on a square of cells."""
    at = np.arange(side * side)
    col, row = at // side, at % side
    near = (np.abs(col[:, None] - col) + np.abs(row[:, None] - row)) == 1
    return csr_array(near.astype(float))


@given(st.lists(st.integers(0, 20), min_size=36, max_size=36))
def test_local_moran_and_g_are_esdas(counts: list[int]) -> None:
    x = np.asarray(counts, float)
    if x.std() == 0 or (x > 0).sum() < 2:
        return
    near = rook(6)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda import G, Moran_Local
        from libpysal.weights import W

        links = {i: near.indices[near.indptr[i] : near.indptr[i + 1]].tolist() for i in range(36)}
        theirs = Moran_Local(x, W(links, silence_warnings=True), transformation="r",
                             permutations=0)  # fmt: skip
        whole = G(x, W(links, silence_warnings=True), permutations=0)
    ours = local_moran(x, near, rng=np.random.default_rng(0), permutations=9)
    np.testing.assert_allclose(ours.value, theirs.Is * 36 / 35, atol=1e-9)
    g, p = global_g(x, near)
    assert g == pytest.approx(whole.G, abs=1e-12)
    assert p == pytest.approx(whole.p_norm, abs=1e-9)


def test_a_block_is_high_by_high_and_an_empty_stretch_is_no_find() -> None:
    x = np.zeros(144)
    x[[65, 66, 77, 78]] = 9
    out = local_moran(x, rook(12), rng=np.random.default_rng(1))
    assert (out.p[[65, 66, 77, 78]] <= 0.01).all()
    assert (out.quadrant[[65, 66, 77, 78]] == 0).all()
    assert out.p[0] > 0.5  # a folded p with its ties left out would call this a find


def test_nothing_varies() -> None:
    out = local_moran(np.ones(9), rook(3), rng=np.random.default_rng(0))
    assert (out.value == 0).all()
    assert (out.p == 1).all()


def test_own_neighbours_are_refused() -> None:
    with pytest.raises(AnalysisError, match="neighbours"):
        local_moran(np.ones(4), csr_array(np.eye(4)), rng=np.random.default_rng(0))


def test_k_of_randomness_is_the_circle() -> None:
    rng = np.random.default_rng(6)
    x, y = rng.random((2, 4000)) * 10_000
    k = ripley_k(x, y, at_m=[100.0, 200.0], area_m2=1e8, unbiased=True)
    assert k == pytest.approx(np.pi * np.array([100.0, 200]) ** 2, rel=0.06)


def test_an_unknown_kernel_is_refused_and_one_ends_at_its_radius() -> None:
    assert kernel_value([250.0001], radius_m=250, kernel="uniform").tolist() == [0.0]
    with pytest.raises(AnalysisError, match="known name"):
        kernel_value(0, radius_m=1, kernel="cauchy")


def test_the_rule_counts_both_axes() -> None:
    rng = np.random.default_rng(7)
    x, y = rng.normal(0, 100, 5000), rng.normal(0, 300, 5000)
    east, north = rule_of_thumb(x, y)
    assert east == pytest.approx(4.24 * 100 * 5000**-0.2, rel=0.05)
    assert north / east == pytest.approx(3, rel=0.08)


def test_held_out_likelihood_finds_the_width_and_addresses_do_not_fool_it() -> None:
    rng = np.random.default_rng(8)
    centre = rng.random((12, 2)) * 4000
    points = centre[rng.integers(0, 12, 600)] + rng.normal(0, 100, (600, 2))
    widths = [5.0, 20, 60, 200, 600]
    best, score = by_likelihood(*points.T, candidates_m=widths)
    assert best in {20, 60}
    stacked = np.repeat(points, 5, axis=0)  # every address five times
    again, same = by_likelihood(*stacked.T, candidates_m=widths)
    assert again == best
    np.testing.assert_allclose(same, score, atol=1e-9)


def test_adaptive_is_narrow_where_points_crowd() -> None:
    out = adaptive([1.0, 4.0, 16.0], bandwidth_m=100)
    assert out.tolist() == pytest.approx([200, 100, 50])
    with pytest.raises(AnalysisError, match="above 0"):
        adaptive([0.0], bandwidth_m=10)


def test_few_incidents_are_not_called_concentrated() -> None:
    rng = np.random.default_rng(9)
    even = rng.multinomial(30, np.full(300, 1 / 300))
    out = concentration(even, rng=rng)
    assert out.gini > 0.85  # what is usually printed
    assert out.gini_adjusted < 0.3
    assert out.even_low[50] <= out.holds[50] <= out.even_high[50]
    peaked = np.zeros(300)
    peaked[:5] = 60
    strong = concentration(peaked, rng=rng)
    assert strong.holds[50] < strong.even_low[50]
    assert strong.share_incidents[-1] == pytest.approx(1)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=30))
def test_gini_is_the_mean_gap(counts: list[int]) -> None:
    n = np.asarray(counts, float)
    if n.sum() == 0:
        return
    out = concentration(n, rng=np.random.default_rng(0), draws=3)
    gap = np.abs(n[:, None] - n).mean() / (2 * n.mean())
    assert out.gini == pytest.approx(gap, abs=1e-9)


def test_mann_kendall_allows_for_ties() -> None:
    from scipy.stats import kendalltau

    s, p = mann_kendall([1, 1, 2, 3, 3, 3, 5, 6, 6, 8])
    assert s == 40
    assert p == pytest.approx(kendalltau(range(10), [1, 1, 2, 3, 3, 3, 5, 6, 6, 8],
                                         method="asymptotic").pvalue, abs=0.004)  # fmt: skip
    assert mann_kendall([2, 2, 2]) == (0, 1.0)


def test_a_step_cannot_be_hot_and_cold() -> None:
    with pytest.raises(AnalysisError, match="both"):
        pattern([True], [1.0], cold=[True])
    assert pattern([False], [0.0]) == ("neither", "none")
    assert pattern([True], [1.0]) == ("hot", "new")
