"""Scores of lists: known answers by hand, laws, and the peers' published numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hotspots.evaluate import area_limit, best_hits, calibration, chosen_share, score
from geo.hotspots.evaluate_pairs import Ratio, compare, pool

PREDICTED = np.array([8.0, 4.0, 4.0, 2.0, 1.0, 0.0])
OBSERVED = np.array([6.0, 7.0, 3.0, 2.0, 1.0, 0.0])


@pytest.mark.parametrize(
    ("limit", "pai", "pei"), [(1, 1.8947, 0.8571), (3, 1.6842, 1.0), (4, 1.4211, 1.0)]
)
def test_pai_and_pei_are_those_of_ptools(limit: int, pai: float, pei: float) -> None:
    hits = float(OBSERVED @ chosen_share(PREDICTED, limit=limit))
    one = score(
        hits, 19, share=limit / 6, best_same_k=best_hits(OBSERVED, limit=limit), best_same_area=19
    )
    assert one.pai == pytest.approx(pai, abs=5e-5)
    assert one.pei_same_k == pytest.approx(pei, abs=5e-5)
    assert one.pei_same_area == pytest.approx(hits / 19)


def test_a_tie_at_the_limit_scores_what_a_draw_would() -> None:
    # ptools takes the worse of the two fours; by lot it is the mean of 7 and 3
    assert OBSERVED @ chosen_share(PREDICTED, limit=2) == 6 + 5
    assert chosen_share(np.zeros(8), limit=2).tolist() == [0.25] * 8


def test_a_prize_won_by_three_burglaries_has_the_limits_it_deserves() -> None:
    one = score(3, 20, share=0.15 / 30.7, best_same_k=20, best_same_area=20, foretold=6)
    assert (round(one.pai, 1), round(one.pai_low, 1), round(one.pai_high, 1)) == (30.7, 6.6, 77.6)
    assert (one.pei_same_k, one.rri) == (0.15, 2.0)
    none = score(0, 0, share=0.01, best_same_k=0, best_same_area=0)
    assert (none.hit_rate, none.hit_rate_high, none.pei_same_k, none.rri) == (0, 1, None, None)


@given(
    score=st.lists(st.integers(0, 5), min_size=1, max_size=40),
    limit=st.integers(1, 40),
    seed=st.integers(0, 99),
)
def test_a_list_has_its_size_and_row_order_means_nothing(
    score: list[int], limit: int, seed: int
) -> None:
    values, k = np.array(score, float), min(limit, len(score))
    share = chosen_share(values, limit=k)
    assert share.sum() == pytest.approx(k)
    order = np.random.default_rng(seed).permutation(values.size)
    assert np.allclose(chosen_share(values[order], limit=k), share[order])
    assert best_hits(values, limit=k) >= values @ share - 1e-9


def test_the_limit_is_a_whole_cell_at_least() -> None:
    assert [area_limit(n, share=0.01) for n in (1, 49, 250, 24_199)] == [1, 1, 2, 242]


def test_common_hits_do_not_widen_the_comparison() -> None:
    first = np.r_[np.ones(12), np.zeros(8)]
    few = compare(np.r_[np.ones(80), first], np.r_[np.ones(80), 1 - first], fold=np.zeros(100))
    many = compare(np.r_[np.ones(980), first], np.r_[np.ones(980), 1 - first], fold=np.zeros(1000))
    assert few.ratio == pytest.approx(92 / 88)
    assert few.low < 1 < few.high
    assert many.se < few.se / 9
    same = compare(first, first, fold=np.zeros(20))
    assert (same.ratio, same.low, same.high) == (1, 1, 1)
    assert np.isnan(compare(first, 0 * first, fold=np.zeros(20)).ratio)


def test_the_interval_of_a_ratio_covers_nineteen_times_of_twenty() -> None:
    rng, held = np.random.default_rng(4), 0
    for _ in range(400):
        n = rng.poisson(300)
        kind = rng.choice(4, n, p=[0.5, 0.1, 0.1, 0.3])  # both, a, b, neither: the truth is 1
        one = compare((kind <= 1) * 1.0, ((kind == 0) | (kind == 2)) * 1.0,
                      fold=rng.integers(0, 13, n))  # fmt: skip
        held += one.low <= 1 <= one.high
    assert 0.93 <= held / 400 <= 0.99


def test_towns_count_the_same_when_pooled() -> None:
    big = Ratio(1.0, 1.0, 1.0, 0.001, 9e3, 9e3)
    small = Ratio(1.21, 1.0, 1.4, 0.1, 121, 100)
    ratio, low, high = pool([big, small, Ratio(np.nan, np.nan, np.nan, np.nan, 0, 0)])
    assert ratio == pytest.approx(1.1)
    assert np.log(high / low) == pytest.approx(2 * 1.959964 * np.hypot(0.001, 0.1) / 2)


def test_calibration_lays_out_every_incident_once() -> None:
    rate = np.linspace(0, 2, 200)
    came = np.random.default_rng(1).poisson(rate).astype(float)
    rows = calibration(rate, came)
    assert sum(row["came"] for row in rows) == came.sum()
    assert sum(row["foretold"] for row in rows) == pytest.approx(rate.sum())
    assert [row["share_to"] for row in rows] == [0.01, 0.05, 0.2, 1.0]
    assert all(row["low"] <= row["came"] <= row["high"] for row in rows)
