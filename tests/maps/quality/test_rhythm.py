"""A source against its own weeks: known answers, an oracle, and how seldom it cries wolf."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from geo.maps.quality.rhythm import LEVEL, Pace, delivery, rhythm

STEADY = [20] * 20


@pytest.mark.parametrize(
    ("weeks", "pace"),
    [
        ([*STEADY, 20], Pace.AS_USUAL),
        ([*STEADY, 3], Pace.LOW),
        ([*STEADY, 60], Pace.HIGH),
        ([*STEADY, 0], Pace.MISSING),
        ([*STEADY, 0, 0], Pace.MISSING),
        ([*STEADY, 0, 0, 0], Pace.SILENT),
        ([4, 3, 5, 4, 4, 3, 5, 4, 0], Pace.FEW),
        ([1, 0, 1, 0, 0, 1, 1, 0, 0], Pace.FEW),
        ([20, 20, 0], Pace.NEW),
        ([0, 0, 0, 0, 0], Pace.NEW),
        ([], Pace.NO_TIME),
    ],
)
def test_what_a_week_is_called(weeks: list[int], pace: Pace) -> None:
    assert rhythm(weeks).pace is pace


def test_the_baseline_ends_where_the_silence_begins() -> None:
    found = rhythm([*STEADY, 0, 0, 0, 0, 0])
    assert (found.usual, found.weeks_silent, found.weeks_before) == (20.0, 5, 20)


def test_the_interval_is_that_of_the_conditional_binomial() -> None:
    """With no scatter beyond chance, x of n + x is binomial with the week's share of the time."""
    before = [10, 9, 11, 10, 8, 12, 10, 10]
    found = rhythm([*before, 10])
    n, share, side = sum(before), 1 / 9, (1 - LEVEL) / 2
    low = next(x for x in range(99) if binom.cdf(x, n + x, share) >= side)
    high = max(x for x in range(99) if binom.sf(x - 1, n + x, share) >= side)
    assert (found.low, found.high) == (low, high)


def test_a_week_that_is_not_over_is_held_against_as_much_of_a_week() -> None:
    assert rhythm([*STEADY, 5]).pace is Pace.LOW
    assert rhythm([*STEADY, 5], elapsed=0.25).pace is Pace.AS_USUAL
    assert rhythm([*STEADY, 0], elapsed=0.1).pace is Pace.FEW


@pytest.mark.parametrize(("mean", "scatter"), [(8, 0.0), (40, 0.0), (20, 0.1)])
def test_it_seldom_cries_wolf(mean: float, scatter: float) -> None:
    """300 streams of 26 weeks where nothing is wrong: at most 3 in 100 are called anything."""
    rng = np.random.default_rng(47)
    called = 0
    for _ in range(300):
        rates = mean * (rng.gamma(1 / scatter, scatter, 27) if scatter else np.ones(27))
        called += rhythm(rng.poisson(rates)).pace not in {Pace.AS_USUAL, Pace.FEW}
    assert called <= 9


@given(st.lists(st.integers(0, 60), min_size=0, max_size=40), st.floats(0.01, 1.0))
@settings(max_examples=60)
def test_any_history_gets_an_answer_that_hangs_together(weeks: list[int], elapsed: float) -> None:
    found = rhythm(weeks, elapsed=elapsed)
    if found.low is None or found.high is None:
        assert found.pace in {Pace.NEW, Pace.NO_TIME}
        return
    assert 0 <= found.low <= found.high
    assert (found.pace is Pace.HIGH) == (found.n > found.high)
    if found.n > 0:
        assert found.pace not in {Pace.MISSING, Pace.SILENT, Pace.FEW}


def test_a_delivery_is_late_against_its_own_rhythm() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    weekly = [now - timedelta(days=7 * k) for k in range(2, 6)]
    found = delivery(weekly, now=now)
    assert (found.n, found.usual_days, found.since_days, found.late) == (4, 7.0, 14, True)
    assert not delivery([*weekly, now - timedelta(days=8)], now=now).late
    assert not delivery(weekly[:2], now=now).late  # two loads have no rhythm
    twice = [weekly[0], weekly[0] + timedelta(hours=1)]
    assert delivery(twice, now=now).n == 1
    assert delivery([], now=now).since_days is None
