"""Chance counted: tabulated tails, windows, made-up periods, and the words they end in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from geo.grid import Grid
from geo.hotspots import Context
from geo.hotspots.certainty import excess_per_week, fading_weights, grade, rank_spans
from geo.hotspots.chance import Tails, chance_places, level_of
from geo.hotspots.changed import grade_changes
from geo.hotspots.context import countable
from geo.hotspots.describe import Told
from geo.hotspots.field import RADII_M, Field, lay
from geo.hotspots.scan import offsets, pick, spill
from geo.hotspots.search import FEWEST, Finds, search
from geo.hotspots.stability import stability
from geo.intervals import binomial_tail

Make = Callable[..., Context]
Draw = Callable[..., np.ndarray]


def finds(**columns: list[float]) -> Finds:
    n = len(next(iter(columns.values())))
    base = {
        name: np.ones(n) for name in ("x", "y", "radius_m", "n", "expected", "p", "chance", "q")
    }
    return Finds(**(base | {name: np.asarray(v, float) for name, v in columns.items()}))


def test_tabulated_tails_are_the_exact_ones_within_their_step() -> None:
    mean = np.array([0.3, 2.0, 17.0])
    tails = Tails.of(mean, total=500, spread=0.0, fewest=1)
    for i, m in enumerate(mean):
        for n in (1, 5, 20):
            wanted = float(binomial_tail(n, 500, m / 500))
            got = tails.table[tails.bin_of[i], n]
            assert got == pytest.approx(wanted, rel=0.01 * max(n, m) + 1e-6)


def test_a_count_too_small_to_judge_has_p_one_and_brings_nothing_by_chance() -> None:
    tails = Tails.of(np.full(1000, 0.01), total=500, spread=0.0, fewest=8)
    assert tails.table[0, 7] == 1.0
    assert tails.windows_by_chance(np.array([0.01]))[0] < 1e-12


def test_windows_by_chance_never_exceed_windows_times_level() -> None:
    tails = Tails.of(np.geomspace(0.05, 60, 400), total=3000, spread=0.1, fewest=8)
    levels = np.array([1e-5, 1e-3, 0.02])
    assert np.all(tails.windows_by_chance(levels) <= 400 * levels + 1e-12)


def test_a_level_brings_no_more_places_than_asked() -> None:
    tails = Tails.of(np.full(500, 5.0), total=2500, spread=0.0, fewest=8)
    by_chance = np.sort(np.random.default_rng(1).random(400) * 0.02)
    level = level_of(1 / 3, tails=tails, by_chance=by_chance, runs=100)
    assert (by_chance <= level).sum() / 100 <= 1 / 3 or tails.windows_by_chance(np.array([level]))[
        0
    ] <= 1 / 3


def test_a_window_is_round_and_holds_its_middle() -> None:
    assert len(offsets(75, cell_m=50)) == 9
    assert len(offsets(125, cell_m=50)) == 21
    assert offsets(125, cell_m=50)[0].tolist() == [0, 0]
    assert offsets(10, cell_m=50).tolist() == [[0, 0]]


def test_windows_seen_from_their_cells_count_the_same(context: Make, even: Draw) -> None:
    made = context(even(200, seed=1))
    field = Field.of(made, countable(made), rng=np.random.default_rng(1))
    layout = lay(field.exposure, grid=Grid(50), radii_m=RADII_M)
    n = layout.sum(field.n).astype(np.int64)
    reach, cells = layout.windows.reach(), np.flatnonzero(n)
    wanted = layout.windows.sums(n.astype(float)).ravel().astype(np.int64)
    least = np.full(wanted.size, 4)
    least[::3] = 2
    for _ in range(2):  # counting leaves nothing behind
        window, count = reach.busy(cells, n[cells], least=least)
        assert sorted(window) == np.flatnonzero(wanted >= least).tolist()
        assert count.tolist() == wanted[window].tolist()
    found = np.empty((2, least.size), dtype=np.int64)
    held = spill(cells, n[cells], reach.start, reach.window, least, reach.scratch, found)
    assert (found[:, :held] == (window, count)).all()  # the plain path says what the compiled does
    assert reach.busy(cells[:0], n[:0], least=least)[0].size == 0


@pytest.mark.parametrize("n", [300, 40_000])
def test_made_up_periods_fall_by_the_expected_however_many_there_are(
    context: Make, even: Draw, n: int
) -> None:
    made = context(even(60, seed=1))
    field = Field.of(made, countable(made), rng=np.random.default_rng(1))
    layout = lay(field.exposure, grid=Grid(50), radii_m=RADII_M)
    mean = np.full(layout.windows.key.size, n / layout.windows.key.size)
    assert (n > 4 * mean.size) == (n == 40_000)  # drawn one by one, and cell by cell
    tails = Tails.of(layout.windows.sums(mean).ravel(), total=n, spread=0.0, fewest=8)
    p = chance_places(layout.windows, mean, tails=tails, spread=0.0,
                      rng=np.random.default_rng(2), runs=60)  # fmt: skip
    for level in (0.002, 0.02):
        bound = 60 * float(tails.windows_by_chance(np.array([level]))[0])
        assert 0 < (p <= level).sum() < bound


def test_window_sums_are_sums_of_their_cells(context: Make, even: Draw) -> None:
    made = context(even(200, seed=1))
    field = Field.of(made, countable(made), rng=np.random.default_rng(1))
    layout = lay(field.exposure, grid=Grid(50), radii_m=RADII_M)
    windows, n = layout.windows, layout.sum(field.n)
    sums = windows.sums(n)
    x, y = windows.grid.centres(windows.key)
    mx, my = windows.middles()
    for i in (0, 57, windows.centre.size - 1):
        gap = np.hypot(x - mx[i], y - my[i])
        for row, radius in enumerate(RADII_M):
            assert sums[row, i] == pytest.approx(n[gap <= radius].sum())


def test_picked_windows_keep_clear_of_each_other_and_ties_have_one_answer() -> None:
    x, y = np.array([0.0, 100, 200, 400]), np.zeros(4)
    radius, p = np.full(4, 75.0), np.array([0.5, 0.1, 0.5, 0.5])
    assert pick(x, y, radius_m=radius, p=p).tolist() == [1, 3]
    assert pick(x, y, radius_m=radius, p=np.ones(4)).tolist() == [0, 2, 3]
    assert pick(x[:0], y[:0], radius_m=radius[:0], p=p[:0]).size == 0


def test_words_follow_the_share_of_false_finds_and_the_other_grids() -> None:
    given = finds(
        n=[30, 30, 30, 30, 7, 9, 12], q=[0.01, 0.01, 0.1, 0.4, 0.001, 0.4, 0.9],
        chance=[0.01, 0.01, 0.3, 2.5, 0.001, 2.5, 5],
    )  # fmt: skip
    firm = np.array([1.0, 0.5, 1, 1, 1, 1, 1])
    wanted = ["well_supported", "likely", "likely", "possible", "cannot_tell", "cannot_tell",
              "cannot_tell"]  # fmt: skip
    assert grade(given, firm=firm, real=True) == wanted
    assert "well_supported" not in grade(given, firm=firm, real=False)


def test_a_strong_place_is_found_on_other_grids_and_a_weak_one_is_not(planted: Context) -> None:
    field = Field.of(planted, countable(planted), rng=np.random.default_rng(1))
    found = search(field, rng=np.random.default_rng(1), runs=99)
    firm = stability(field, found)
    assert firm[0] == 1.0
    assert firm[-1] < 0.75
    assert found.finds.n[0] >= FEWEST


def test_recent_incidents_weigh_more() -> None:
    assert fading_weights(np.array([0.0, 13.0, 26.0])).tolist() == [1.0, 0.5, 0.25]


def test_excess_is_drawn_to_nothing_when_chance_explains_it() -> None:
    one = np.array([1.0])
    span = 13 / np.log(2) * (1 - 2**-4)
    expected = np.asarray(10 * 52 / span)
    clear = excess_per_week(40 * one, 40 * one, expected, weeks=52)
    small = excess_per_week(12 * one, 12 * one, expected, weeks=52)
    none = excess_per_week(5 * one, 5 * one, expected, weeks=52)
    assert clear[0] == pytest.approx(30 * (1 - 40 / 900) / span)
    assert small[0] == none[0] == 0.0


def test_ranks_of_like_places_are_wide_and_of_unlike_ones_narrow() -> None:
    rng = np.random.default_rng(1)

    def spans(*sizes: int) -> list[tuple[int, int]]:
        ages = [np.linspace(0, 51, n) for n in sizes]
        low, high = rank_spans(ages, [np.ones(n) for n in sizes], np.full(len(sizes), 2.0),
                               weeks=52, rng=rng)  # fmt: skip
        return list(zip(low.tolist(), high.tolist(), strict=True))

    assert spans(200, 60, 12) == [(1, 1), (2, 2), (3, 3)]
    assert spans(20, 20, 20) == [(1, 3)] * 3
    assert spans() == []


@pytest.mark.slow
def test_where_nothing_is_planted_few_runs_claim_a_place(context: Make, even: Draw) -> None:
    hits = 0
    for run in range(60):
        made = context(even(400, seed=1000 + run))
        rng = np.random.default_rng(run)
        field = Field.of(made, countable(made), rng=rng)
        found = search(field, rng=rng, runs=199)
        hits += "well_supported" in grade(found.finds, firm=stability(field, found), real=True)
    assert hits <= 7  # 5 % would give more than seven in 1 of 100 such tests


@pytest.mark.slow
def test_unequal_risks_that_never_change_are_not_called_changed(context: Make) -> None:
    rng = np.random.default_rng(9)
    hits = 0
    for _ in range(30):
        spots = rng.uniform(100, 1400, (40, 2)) + np.array([500_000, 6_400_000])
        risk = rng.gamma(0.5, 2.0, 40)
        xy = spots[rng.choice(40, 600, p=risk / risk.sum())] + rng.normal(0, 30, (600, 2))
        made = context(xy)
        field = Field.of(made, countable(made), rng=rng)
        found = search(field, rng=rng, runs=9)
        told = Told.of(made, countable(made))
        hits += "well_supported" in grade_changes(field, found, told=told)
    assert hits <= 4
