"""What counts as a change, and how a year is put in a word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hotspots.change import Change, compare, trend
from geo.intervals import binomial_tail

YEAR = 52.0


def ones(ages: np.ndarray) -> np.ndarray:
    return np.ones(ages.size)


def town(n: int = 2000, weeks: float = 56) -> np.ndarray:
    return (np.arange(n) + 0.5) / n * weeks


def change(ages: list[float], *, around: np.ndarray | None = None, span: float = 56) -> Change:
    age, everyone = np.asarray(ages), town() if around is None else around
    return compare(age, ones(age), town_age=everyone, town_weight=ones(everyone), span_weeks=span)


def test_a_rise_is_set_against_the_past_that_differs_most() -> None:
    found = change([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 3.9, 30, 45])
    assert (found.n_recent, found.n_before) == (8, 0)
    assert found.past_weeks == 52
    assert found.expected_recent == pytest.approx(2 / 52 * 4)
    own = float(binomial_tail(8, 10, 4 / 56))
    assert own * 3 <= found.p <= own * 3 * 3  # the municipality's own split is the stricter one


def test_a_dark_season_everywhere_is_no_change_at_one_place() -> None:
    rise = np.concatenate((np.linspace(0, 4, 1000), np.linspace(4, 56, 1000)))
    ages = [0.4 * k for k in range(1, 10)] + [5.0 * k for k in range(1, 10)]
    assert change(ages).p < 0.01
    assert change(ages, around=rise).p > 0.2


def test_without_a_past_nothing_has_changed() -> None:
    assert change([1, 2, 3], span=6).p == 1
    assert change([1, 2, 3], span=4).past_weeks == 0


def test_pasts_that_do_not_differ_are_tried_once() -> None:
    ages = [0.5, 1, 2, 3, 3.5, 7]
    short = change(ages, span=8, around=town(weeks=8))
    assert short.past_weeks == 4
    assert short.n_past == 1


@given(st.lists(st.floats(0, 55.9), max_size=40))
def test_p_is_a_probability_and_order_is_nothing(ages: list[float]) -> None:
    here = change(ages)
    assert 0 <= here.p <= 1
    assert here == change(ages[::-1])


def test_an_unchanged_place_is_called_changed_no_oftener_than_said() -> None:
    rng = np.random.default_rng(4)
    everyone = town()
    hits = 0
    for _ in range(600):
        ages = rng.random(rng.poisson(20)) * 56
        hits += change(list(ages), around=everyone).p <= 0.05
    assert hits <= 0.05 * 600 + 12


@pytest.mark.parametrize(
    ("ages", "expected", "word"),
    [
        ([0.5, 1, 2, 4, 6, 8], 3.0, "new"),
        ([0.5, 1, 2, 3, 4, 6, 8, 10, 20, 30, 40, 45], 1.0, "growing"),
        ([20, 22, 25, 28, 30, 33, 36, 40, 44, 46, 48, 50, 51, 19], 3.0, "fading"),
        ([1, 5, 9, 14, 18, 23, 27, 33, 38, 44, 50], 3.0, "steady"),
        ([14, 14.2, 14.5, 37, 3], 3.0, "sporadic"),
        ([], 3.0, "sporadic"),
    ],
)
def test_a_year_in_a_word(ages: list[float], expected: float, word: str) -> None:
    age = np.asarray(ages, dtype=float)
    assert trend(age, ones(age), weeks=YEAR, expected=expected) == word


def test_a_short_period_claims_no_trend() -> None:
    age = np.array([0.5, 1.0, 1.5, 2.0])
    assert trend(age, ones(age), weeks=8, expected=1.0) in {"steady", "sporadic"}
