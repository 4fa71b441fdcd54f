"""The forecast: exact kernels, weights that find what was planted, and no look ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from geo.errors import AnalysisError
from geo.grid import Grid
from geo.hotspots.forecast import RIVALS, Ground, Trail, walk
from geo.hotspots.forecast.caps import evidence_weight, one_voice
from geo.hotspots.forecast.compact import compact_places
from geo.hotspots.forecast.hours import hour_shares
from geo.hotspots.forecast.memory import NAIVE, Memory
from geo.hotspots.forecast.pace import pace
from geo.hotspots.forecast.rivals import Moment
from geo.hotspots.forecast.stamp import stamp

SIDE = 24
LIMIT = 20


def trail_of(x: Any, y: Any, block: Any, slot: Any = None) -> Trail:
    x, y, block = np.asarray(x, float), np.asarray(y, float), np.asarray(block, np.int64)
    order = np.lexsort((y, x, block))
    hours = np.zeros(x.size, np.int64) if slot is None else np.asarray(slot, np.int64)
    return Trail(x[order], y[order], block[order], hours[order], np.ones(x.size), 7)


@pytest.fixture(scope="module")
def ground() -> Ground:
    """A square of 24 x 24 cells of 150 m."""
    at = np.arange(SIDE) * 150.0 + 75
    x, y = (v.ravel() for v in np.meshgrid(at, at))
    return Ground.of(np.unique(Grid(150).keys(x, y)), grid=Grid(150))


@pytest.fixture(scope="module")
def town() -> Trail:
    """A smooth hill and a scatter: 900 incidents in 100 weeks, too few to know a cell by."""
    rng = np.random.default_rng(7)
    hill = rng.normal(1800, 350, (600, 2))
    wide = rng.uniform(0, SIDE * 150, (300, 2))
    x, y = np.vstack((hill, wide)).T
    return trail_of(x, y, rng.integers(-100, 0, 900))


def test_a_kernel_is_integrated_exactly_over_every_cell(ground: Ground) -> None:
    held = ground.spread(np.array([1810.0]), np.array([1725.0]), np.array([2.0]), kernel_m=200)
    x, y = ground.grid.centres(ground.keys)
    across = norm.cdf((x + 75 - 1810) / 200) - norm.cdf((x - 75 - 1810) / 200)
    along = norm.cdf((y + 75 - 1725) / 200) - norm.cdf((y - 75 - 1725) / 200)
    near = np.hypot(x - 1810, y - 1725) < 600
    assert np.allclose(held[near], 2 * (across * along)[near], atol=1e-12)
    assert held.sum() == pytest.approx(2, abs=0.01)


def test_the_compiled_loop_is_its_own_plain_path(ground: Ground) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.uniform(-1, SIDE + 1, (2, 40))
    fast, plain = np.zeros(ground.n), np.zeros(ground.n)
    stamp(x, y, np.ones(40), 1.4, ground.index, fast)
    stamp.py_func(x, y, np.ones(40), 1.4, ground.index, plain)
    assert np.allclose(fast, plain, atol=1e-13)


def test_every_simple_forecast_is_a_share_and_the_first_is_the_count(
    ground: Ground, town: Trail
) -> None:
    memory = Memory(ground, town)
    for block in range(-100, 0):
        memory.add(block)
    shares = memory.shares(0)
    assert shares.shape == (memory.n_kinds, ground.n)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-4)
    assert (shares >= 0).all()
    cell = ground.cells(town.x, town.y)
    count = np.bincount(cell[cell >= 0], minlength=ground.n)
    assert np.allclose(shares[NAIVE], count / count.sum(), atol=1e-7)


def test_it_borrows_from_neighbours_when_counts_are_small(ground: Ground, town: Trail) -> None:
    fold = next(walk(town, ground, folds=[0], ahead=4, limit=LIMIT))
    x, y = ground.grid.centres(ground.keys)
    truth = np.exp(-((x - 1800) ** 2 + (y - 1800) ** 2) / (2 * 350**2))
    best = [truth[np.argsort(-v, kind="stable")[:LIMIT]].sum() for v in (fold.auto, fold.naive)]
    assert best[0] > 1.02 * best[1]
    assert fold.weights.town[NAIVE] < 0.5
    assert fold.rate.sum() == pytest.approx(fold.foretold, rel=1e-6)


def test_it_keeps_to_the_plain_count_when_cells_differ_for_good(ground: Ground) -> None:
    rng = np.random.default_rng(5)
    rate = np.zeros(ground.n)
    rate[rng.permutation(ground.n)[:40]] = rng.uniform(20, 90, 40)  # no neighbour is alike
    cell = np.repeat(np.arange(ground.n), rng.poisson(rate))
    x, y = ground.grid.centres(ground.keys[cell])
    spread = rng.uniform(-70, 70, (2, cell.size))
    steady = trail_of(x + spread[0], y + spread[1], rng.integers(-100, 0, cell.size))
    fold = next(walk(steady, ground, folds=[0], ahead=4, limit=LIMIT))
    top = [set(np.argsort(-v, kind="stable")[:LIMIT]) for v in (fold.auto, fold.naive)]
    assert len(top[0] & top[1]) >= LIMIT - 1
    assert fold.weights.town[NAIVE] > 0.4


def test_what_comes_later_changes_no_earlier_forecast(ground: Ground, town: Trail) -> None:
    rng = np.random.default_rng(2)
    later = town.block >= -10
    x, y = town.x.copy(), town.y.copy()
    x[later], y[later] = rng.uniform(0, 400, (2, int(later.sum())))
    moved = replace(town, x=x, y=y)
    for one, other in zip(
        walk(town, ground, folds=[-18, -14, -10], ahead=4, limit=LIMIT),
        walk(moved, ground, folds=[-18, -14, -10], ahead=4, limit=LIMIT),
        strict=True,
    ):
        assert np.array_equal(one.auto, other.auto)
        assert np.array_equal(one.rate, other.rate)


def test_more_of_what_comes_later_changes_no_earlier_forecast(ground: Ground, town: Trail) -> None:
    rng = np.random.default_rng(4)
    flood = rng.uniform(0, SIDE * 150, (2, 9000))  # ten times as much, all of it later
    more = trail_of(
        np.concatenate((town.x, flood[0])), np.concatenate((town.y, flood[1])),
        np.concatenate((town.block, rng.integers(-9, 0, 9000))),
    )  # fmt: skip
    one, other = (next(walk(t, ground, folds=[-10], ahead=1, limit=LIMIT)) for t in (town, more))
    assert np.array_equal(one.auto, other.auto)
    assert np.array_equal(one.rate, other.rate)
    assert town.began(-10) == more.began(-10)
    assert more.start > town.start  # the later ones do move what strays, seen from the end


def test_every_rival_scores_every_cell_and_sees_the_hill(ground: Ground, town: Trail) -> None:
    fold = next(walk(town, ground, folds=[0], ahead=1, limit=LIMIT))
    x, y = ground.grid.centres(ground.keys)
    for name, rival in RIVALS.items():
        points = rival(Moment(town, ground, fold))
        assert points.shape == (ground.n,), name
        best = int(np.argmax(points))
        assert np.hypot(x[best] - 1800, y[best] - 1800) < 900, name


def test_compact_places_never_overlap_and_the_best_is_first(ground: Ground) -> None:
    score = np.zeros(ground.n)
    spots = ground.cells(np.array([1000.0, 1150.0, 3000.0]), np.array([1000.0, 1000.0, 3000.0]))
    score[spots] = [3, 4, 5]
    places = compact_places(ground, score, most=5)
    assert len(places) == 2
    assert set(spots[:2]) <= set(places[0])
    assert spots[2] in places[1]
    every = np.concatenate(places)
    assert every.size == np.unique(every).size == 8


def test_hours_lean_on_the_town_until_the_place_has_its_own(ground: Ground) -> None:
    rng = np.random.default_rng(3)
    night, day = rng.integers(20, 24, 400), rng.integers(10, 14, 400)
    slot = np.r_[night, day] + 24 * rng.integers(0, 7, 800)
    x = np.r_[rng.uniform(600, 740, 400), rng.uniform(3000, 3140, 400)]
    trail = trail_of(x, np.full(800, 700.0), rng.integers(-60, 0, 800), slot)
    here, there = ground.cells(np.array([675.0, 3075.0]), np.array([700.0, 700.0]))
    shares = hour_shares(trail, ground, [np.array([here]), np.array([there])])
    assert np.allclose(shares.sum(axis=1), 1)
    by_day = shares.reshape(2, 7, 24).sum(axis=1)
    assert by_day[0, 20:24].sum() > 0.75
    assert by_day[1, 10:14].sum() > 0.75


def test_the_pace_follows_a_fall_and_keeps_a_level() -> None:
    fallen = np.r_[np.full(60, 40.0), np.full(20, 10.0)]
    assert pace(fallen, block_weeks=1) < 14
    level = np.random.default_rng(1).poisson(20, 120).astype(float)
    assert pace(level, block_weeks=1) == pytest.approx(level.mean(), rel=0.1)
    assert pace(np.empty(0), block_weeks=1) == 0


def test_anonymous_reports_of_a_place_and_day_weigh_one_together() -> None:
    day = np.repeat([-3.0, -2.0, -1.0], 4)
    actor = ["polis", "bolag", "bolag", "polis", "", "", "", "polis", "polis", "bolag", "bolag", ""]
    rows = pd.DataFrame({"x": 100.0, "y": 100.0, "count": 1.0, "actor": actor})
    weight = evidence_weight(rows, day=day)
    assert weight[4:7].sum() == pytest.approx(1)
    assert np.delete(weight, [4, 5, 6]).tolist() == [1] * 9
    none = rows.assign(actor="")  # no such column at all
    assert evidence_weight(none, day=day).tolist() == [1] * 12


def test_anonymous_reports_weigh_the_same_whatever_comes_later() -> None:
    day = np.repeat([-3.0, -2.0, -1.0], 4)
    actor = ["polis", "", "", "bolag"] * 2 + ["polis"] * 4
    rows = pd.DataFrame({"x": 100.0, "y": 100.0, "count": 1.0, "actor": actor})
    later = rows.assign(actor=actor[:8] + [""] * 4)  # from then on nobody gives a name
    past, other = (evidence_weight(r, day=day)[:8] for r in (rows, later))
    assert past.tolist() == other.tolist() == [1, 0.5, 0.5, 1] * 2


def test_one_voice_is_told_and_counts_as_half_at_most() -> None:
    told = one_voice([{"actor": "A", "n": 9}, {"actor": "B", "n": 2}, {"actor": "C", "n": 1}])
    assert (told["actor"], told["share"], told["n_capped"], told["one_sided"]) == (
        "A",
        0.75,
        6,
        True,
    )
    assert one_voice(None)["share"] is None


def test_no_ground_and_a_whole_country_are_refused() -> None:
    with pytest.raises(AnalysisError, match="no study area"):
        Ground.near_points(np.empty(0), np.empty(0), grid=Grid(150))
    far = Grid(150).keys(np.array([0.0, 3e6]), np.array([0.0, 3e6]))
    with pytest.raises(AnalysisError, match="too far"):
        Ground.of(np.unique(far), grid=Grid(150))


def test_a_trail_counts_weeks_on_local_clocks_and_drops_what_comes_after() -> None:
    until = datetime(2026, 11, 2, 5, tzinfo=UTC)  # Monday 06:00 in Stockholm
    moment = pd.to_datetime(["2026-11-02T04:59Z", "2026-10-26T05:00Z", "2026-10-26T04:59Z",
                             "2026-11-02T05:00Z"]).as_unit("us")  # fmt: skip
    rows = pd.DataFrame({"x": 1.0, "y": 2.0, "moment": moment, "count": 1.0, "actor": "a",
                         "time_known": [True, True, False, True]})  # fmt: skip
    trail = Trail.of(rows, until=until, timezone="Europe/Stockholm", block_days=7)
    assert trail.block.tolist() == [-2, -1, -1]
    assert trail.slot.tolist() == [-1, 6, 5]
