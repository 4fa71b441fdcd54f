"""Known answers, laws and refusals of the exact intervals and tails, against plain sums."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom

from geo.intervals import (
    benjamini_hochberg,
    beta_binomial_table,
    beta_binomial_tail,
    binomial_interval,
    binomial_tail,
    compare_rates,
    hypergeometric_tail,
    poisson_interval,
    poisson_tail,
)


def poisson_sum(k: int, mean: float) -> float:
    """P(X >= k), summed by hand from the small end of the upper tail."""
    return sum(mean**i * exp(-mean) / factorial(i) for i in range(k, k + 120))


def binomial_sum(k: int, n: int, share: Fraction) -> float:
    """P(X >= k) in exact arithmetic."""
    return float(sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k, n + 1)))


def test_the_interval_of_a_count_is_garwoods() -> None:
    low, high = poisson_interval([0, 1, 5, 10, 20])
    np.testing.assert_allclose(low, [0, 0.0253, 1.6235, 4.7954, 12.2165], atol=5e-5)
    np.testing.assert_allclose(high, [3.6889, 5.5716, 11.6683, 18.3904, 30.8884], atol=5e-5)


def test_the_interval_of_a_share_is_clopper_and_pearsons() -> None:
    low, high = binomial_interval([0, 2, 5, 10], 10)
    np.testing.assert_allclose(low, [0, 0.0252, 0.1871, 0.6915], atol=5e-5)
    np.testing.assert_allclose(high, [0.3085, 0.5561, 0.8129, 1], atol=5e-5)


def test_no_trials_leave_the_share_open() -> None:
    low, high = binomial_interval(0, 0)
    assert (float(low), float(high)) == (0.0, 1.0)


@given(mean=st.floats(0.01, 80), level=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_count_interval_covers_at_least_its_level(mean: float, level: float) -> None:
    counts = np.arange(int(mean + 12 * mean**0.5 + 40))
    low, high = poisson_interval(counts, level=level)
    tail = poisson_tail(counts, mean)
    chance = tail - np.append(tail[1:], 0.0)
    assert chance[(low <= mean) & (mean <= high)].sum() >= level - 1e-9


@given(n=st.integers(1, 60), share=st.floats(0.001, 0.999))
def test_the_share_interval_covers_at_least_its_level(n: int, share: float) -> None:
    k = np.arange(n + 1)
    low, high = binomial_interval(k, n)
    tail = binomial_tail(k, n, share)
    chance = tail - np.append(tail[1:], 0.0)
    assert chance[(low <= share) & (share <= high)].sum() >= 0.95 - 1e-9


@given(k=st.integers(0, 40), mean=st.floats(0.01, 40))
def test_the_poisson_tail_is_the_sum_of_its_terms(k: int, mean: float) -> None:
    assert float(poisson_tail(k, mean)) == pytest.approx(poisson_sum(k, mean), rel=1e-9)


@given(n=st.integers(1, 60), k=st.integers(0, 60), percent=st.integers(1, 99))
def test_the_binomial_tail_is_the_sum_of_its_terms(n: int, k: int, percent: int) -> None:
    wanted = binomial_sum(k, n, Fraction(percent, 100)) if k <= n else 0.0
    assert float(binomial_tail(k, n, percent / 100)) == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("n", [40, 3000])
@pytest.mark.parametrize("spread", [0.0, 0.02, 1.5])
def test_a_table_of_tails_is_every_tail(n: int, spread: float) -> None:
    share, most = np.array([1e-5, 0.002, 0.2]), 40
    wanted = beta_binomial_tail(np.arange(most + 1.0), n, share[:, None], spread)
    got = beta_binomial_table(most, n, share, spread)
    np.testing.assert_allclose(got, wanted, rtol=1e-8, atol=1e-300)
    assert (np.diff(got, axis=1) <= 0).all()


@given(n=st.integers(1, 40), k=st.integers(0, 40), percent=st.integers(1, 60))
def test_an_over_dispersed_tail_is_scipys_beta_binomial(n: int, k: int, percent: int) -> None:
    spread, share = 0.3, percent / 100
    total = max((1 - share) / (spread * share) - 1, 1e-3)
    a, b = share * total, (1 - share) * total
    wanted = float(betabinom(n, a, b).sf(k - 1))
    assert float(beta_binomial_tail(k, n, share, spread)) == pytest.approx(wanted, rel=1e-6)


def test_without_spread_the_over_dispersed_tail_is_the_binomial() -> None:
    k = np.arange(12)
    np.testing.assert_array_equal(beta_binomial_tail(k, 11, 0.2, 0.0), binomial_tail(k, 11, 0.2))


def test_over_dispersion_makes_large_counts_less_surprising() -> None:
    assert float(beta_binomial_tail(20, 1000, 0.0067, 0.2)) > float(binomial_tail(20, 1000, 0.0067))


@given(st.integers(0, 25), st.integers(0, 25), st.integers(0, 25), st.integers(25, 50))
def test_the_hypergeometric_tail_counts_hands(k: int, drawn: int, marked: int, n: int) -> None:
    ways = sum(
        comb(marked, i) * comb(n - marked, drawn - i)
        for i in range(k, min(drawn, marked) + 1)
        if drawn - i <= n - marked
    )
    wanted = ways / comb(n, drawn)
    assert float(hypergeometric_tail(k, drawn, marked, n)) == pytest.approx(wanted, rel=1e-9)


def test_two_rates_are_compared_given_their_sum() -> None:
    assert float(compare_rates(9, 1, exposure=4, exposure_before=4)) == pytest.approx(11 / 1024)
    assert float(compare_rates(3, 0, exposure=4, exposure_before=48)) == pytest.approx(
        (4 / 52) ** 3
    )
    assert float(compare_rates(0, 0, exposure=1, exposure_before=1)) == 1.0


@given(st.integers(0, 30), st.integers(0, 60), st.floats(0.5, 20), st.floats(0.5, 50))
def test_equal_rates_are_called_different_no_oftener_than_said(
    k: int, n: int, here: float, there: float
) -> None:
    total = k + n
    split = np.arange(total + 1)
    p = compare_rates(split, total - split, exposure=here, exposure_before=there)
    tail = binomial_tail(split, total, here / (here + there))
    chance = tail - np.append(tail[1:], 0.0)
    for level in (0.01, 0.05, 0.2):
        assert chance[p <= level].sum() <= level + 1e-9


def test_benjamini_and_hochberg_by_hand() -> None:
    q = benjamini_hochberg([0.03, 0.001, 0.02, 0.8])
    np.testing.assert_allclose(q, [0.04, 0.004, 0.04, 0.8])
    assert benjamini_hochberg([]).size == 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_false_shares_keep_order_and_never_fall_below_p(p: list[float], seed: int) -> None:
    values = np.asarray(p)
    q = benjamini_hochberg(values)
    shuffle = np.random.default_rng(seed).permutation(values.size)
    np.testing.assert_array_equal(benjamini_hochberg(values[shuffle]), q[shuffle])
    assert np.all(q >= values)
    assert np.all(np.diff(q[np.argsort(values, kind="stable")]) >= 0)


def test_summed_weights_are_counted_down_in_tails() -> None:
    assert float(poisson_tail(2.9, 1.0)) == float(poisson_tail(2, 1.0))
    assert float(poisson_tail(0.1 + 0.2 + 0.7, 1.0)) == float(poisson_tail(1, 1.0))


@pytest.mark.parametrize(
    "call",
    [
        lambda: poisson_interval(-1),
        lambda: poisson_interval(1, level=1.0),
        lambda: poisson_interval(float("nan")),
        lambda: binomial_interval(3, 2),
        lambda: hypergeometric_tail(1, 5, 2, 4),
        lambda: compare_rates(1, 1, exposure=0, exposure_before=1),
        lambda: benjamini_hochberg([0.5, 1.5]),
    ],
)
def test_what_is_no_count_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"must|need"):
        call()  # type: ignore[operator]  # a lambda from the list above
