"""When at a place: the hours of the week, borrowed from the town where its own say too little."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.hotspots.forecast.ground import Ground
    from geo.hotspots.forecast.trail import Trail

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SLOTS = 168
NEAR_M = 500.0
PRIOR = 20.0
"""The town's week enters as if it had foretold this many incidents alone."""
_SMOOTH = np.array([0.25, 0.5, 1.0, 0.5, 0.25])
_TESTS = (0.5, 0.625, 0.75, 0.875, 1.0)
_ROUNDS = 100
_TOWN = 1


def hour_shares(trail: Trail, ground: Ground, places: Sequence[Ints]) -> Floats:
    """
    Share each place's incidents out over the hours of the week.

    Seven profiles are mixed: even; the town's week and day; the week and day within 500 m;
    the place's own week and day. Hours are smoothed over five, round the week. The weights
    are those under which the incidents at the places, in four stretches of the later half of
    the history, were best foretold from what lay before each stretch, drawn towards the
    town's week.

    Parameters
    ----------
    trail
        The incidents; those with an unknown hour are left out.
    ground
        The study area.
    places
        Cells of each place.

    Returns
    -------
    numpy.ndarray
        Shape (places, 168), Monday 00 first; each row sums to one.
    """
    if not places:
        return np.empty((0, SLOTS))
    known = trail.keep(trail.slot >= 0)
    own = _members(known, ground, places)
    near = _neighbours(known, ground, places)
    weights = _learn(known, own, near)
    every = np.ones(known.x.size, dtype=bool)
    return np.stack([
        np.tensordot(weights, _profiles(known, every, o, n), 1)
        for o, n in zip(own, near, strict=True)
    ])  # fmt: skip


def _learn(known: Trail, own: list[Ints], near: list[Ints]) -> Floats:
    """Weigh the profiles by how they foretold later hours."""
    seen: list[Floats] = []
    size = known.x.size
    for low, high in pairwise(_TESTS):
        first, last = int(low * size), int(high * size)
        past = np.arange(size) < first
        for o, n in zip(own, near, strict=True):
            later = o[(o >= first) & (o < last)]
            if later.size:
                seen.append(_profiles(known, past, o, n)[:, known.slot[later]])
    weights = np.zeros(7)
    weights[_TOWN] = 1.0
    if not seen:
        return weights
    chance = np.concatenate(seen, axis=1)
    prior, weights = PRIOR * weights, np.full(7, 1 / 7)
    for _ in range(_ROUNDS):
        pull = (chance / (weights @ chance)).sum(axis=1)
        raised = weights * pull + prior
        weights = raised / raised.sum()
    return weights


def _profiles(known: Trail, past: NDArray[np.bool_], own: Ints, near: Ints) -> Floats:
    """Give the seven profiles of a place, from the past alone; even where there is none."""
    rows = [np.full(SLOTS, 1 / SLOTS)]
    for at in (np.flatnonzero(past), near[past[near]], own[past[own]]):
        week = np.bincount(known.slot[at], known.weight[at], SLOTS).astype(np.float64)
        day = np.tile(week.reshape(7, 24).sum(axis=0), 7)
        rows += [_smooth(week), _smooth(day)]
    return np.stack(rows)


def _smooth(counts: Floats) -> Floats:
    """Smooth round the week and scale to one; even when empty."""
    from scipy.ndimage import convolve1d

    out = convolve1d(counts, _SMOOTH, mode="wrap") + 1e-3
    return np.asarray(out / out.sum(), dtype=np.float64)


def _members(known: Trail, ground: Ground, places: Sequence[Ints]) -> list[Ints]:
    """Find the incidents in each place."""
    cell = ground.cells(known.x, known.y)
    return [np.flatnonzero(np.isin(cell, place)) for place in places]


def _neighbours(known: Trail, ground: Ground, places: Sequence[Ints]) -> list[Ints]:
    """Find the incidents near the middle of each place."""
    from scipy.spatial import cKDTree

    if not known.x.size:
        return [np.empty(0, dtype=np.int64) for _ in places]
    x, y = ground.grid.centres(ground.keys)
    middle = np.array([[x[p].mean(), y[p].mean()] for p in places])
    held = cKDTree(np.column_stack((known.x, known.y))).query_ball_point(middle, NEAR_M)
    return [np.sort(np.asarray(rows, dtype=np.int64)) for rows in held]
