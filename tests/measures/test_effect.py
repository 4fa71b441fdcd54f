"""Did it help: laws of the displacement difference, and tests for few counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.measures.effect import Spell, displacement_difference, harm_difference, rate_ratio
from geo.measures.few import busiest_spell, compare_counts, weekday_g

COUNT = st.integers(0, 400)


@given(COUNT, COUNT, COUNT, COUNT, st.floats(0.1, 9))
def test_same_change_everywhere_is_no_effect(a: int, b: int, c: int, d: int, size: float) -> None:
    out = displacement_difference(Spell(a, b, size), Spell(a, b, size))
    assert out.value == pytest.approx(0, abs=1e-9)
    turned = displacement_difference(Spell(c, d), Spell(a, b))
    assert turned.value == -displacement_difference(Spell(a, b), Spell(c, d)).value
    assert turned.low <= turned.value <= turned.high


def test_one_kind_with_weight_one_is_the_plain_difference() -> None:
    plain = displacement_difference(Spell(20, 9), Spell(18, 17))
    assert harm_difference([Spell(20, 9)], [Spell(18, 17)], harm=[1]) == plain


def test_intervals_cover_where_nothing_happened() -> None:
    rng = np.random.default_rng(1)
    hit = 0
    for t0, t1, c0, c1 in rng.poisson((30, 30, 60, 60), (600, 4)):
        out = displacement_difference(Spell(t0, t1), Spell(c0, c1))
        hit += out.low <= 0 <= out.high
    assert hit / 600 > 0.93


def test_a_lone_ring_and_a_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="both, or none"):
        displacement_difference(Spell(1, 1), Spell(1, 1), displaced=Spell(1, 1))
    with pytest.raises(ValueError, match="above 0"):
        displacement_difference(Spell(1, 1), Spell(1, 1), periods=(0, 1))
    with pytest.raises(ValueError, match="too few"):
        rate_ratio(Spell(0, 3), Spell(4, 4))


@given(COUNT.filter(lambda n: n < 60), COUNT.filter(lambda n: n < 60))
def test_equal_periods_make_both_orders_one_test(a: int, b: int) -> None:
    if a == b:  # equal rates: one order leaves the outcome 0, 0 out
        return
    plain, pooled = compare_counts((a, b)), compare_counts((a, b), pooled=True)
    # One order counts outcomes tied with the one seen by rounding, the other does not always.
    assert plain == pytest.approx(pooled, rel=0.01, abs=1e-4)
    assert plain == pytest.approx(compare_counts((b, a)), abs=1e-9)
    assert 0 <= plain <= 1


def test_the_busiest_spell_against_simulation() -> None:
    rng = np.random.default_rng(2)
    seen = 0
    for _ in range(4000):
        at = np.sort(rng.random(rng.poisson(60)) * 60)
        seen += bool(at.size >= 5 and (at[4:] - at[:-4] <= 1).any())
    assert busiest_spell(5, mean=1, spell=1, whole=60) == pytest.approx(seen / 4000, abs=0.03)


def test_nothing_happened_is_even() -> None:
    assert weekday_g([0] * 7) == 0
    assert weekday_g([2] * 7) == pytest.approx(0)
    assert compare_counts((0, 0)) == 1.0
