"""A walk through the past, block by block: at every origin only what was known by then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.hotspots.forecast.memory import Memory
from geo.hotspots.forecast.mix import Origin, Weights, learn, top_cells
from geo.hotspots.forecast.pace import pace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from geo.hotspots.forecast.ground import Ground
    from geo.hotspots.forecast.trail import Trail

    Floats = NDArray[np.float64]
    Shares = NDArray[np.float32]

LEARN_SHARE = 0.6
"""Weights are learnt on the latter part of the history, where the count is long as now."""
LEARN_WEEKS = 260.0
"""And on no more than five years of it."""
ENOUGH_BLOCKS = 104
"""With as long a history to learn on, the windows it is learnt from do not overlap."""


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """
    A forecast made at one moment of the past, or now.

    Parameters
    ----------
    block
        The first block it is of.
    auto
        What the cells are ranked by, shape (cells,).
    rate
        Incidents foretold in each cell within the horizon, shape (cells,).
    naive
        The long-run count of each cell, shape (cells,).
    foretold
        Incidents foretold in all; see `geo.hotspots.forecast.pace`.
    weights
        What was learnt up to then.
    """

    block: int
    auto: Floats
    rate: Floats
    naive: Floats
    foretold: float
    weights: Weights


def walk(
    trail: Trail, ground: Ground, *, folds: Collection[int], ahead: int, limit: int
) -> Iterator[Fold]:
    """
    Make the forecasts of some moments, each from what lay before it alone.

    Parameters
    ----------
    trail
        The incidents.
    ground
        The study area.
    folds
        First block of each forecast; 0 is the one after the end of the trail.
    ahead
        Blocks in the horizon.
    limit
        Cells within the area limit.

    Yields
    ------
    Fold
        In order of time.
    """
    wanted = sorted(folds)
    memory = Memory(ground, trail)
    origins: list[Origin] = []
    cells = ground.cells(trail.x, trail.y)
    begin = int(trail.block[0]) if trail.block.size else 0
    length = wanted[0] - trail.began(wanted[0])
    most = round(LEARN_WEEKS * 7 / trail.block_days)
    span = min(int(length * LEARN_SHARE), most)
    stride = ahead if span >= ENOUGH_BLOCKS else 1
    learn_from = wanted[0] - span // ahead * ahead
    for block in range(begin, wanted[-1] + 1):
        learning = block >= learn_from and (block - learn_from) % stride == 0
        if learning or block in wanted:
            shares = memory.shares(block)
            if block in wanted:
                closed = [o for o in origins if o.block + ahead <= block]
                weights = learn(closed, overlap=ahead // stride, kinds=memory.n_kinds, limit=limit)
                weeks = trail.block_days / 7
                foretold = ahead * pace(_totals(trail, cells, block), block_weeks=weeks)
                yield _fold(memory, shares, weights, block=block, foretold=foretold, limit=limit)
            if learning and block < wanted[-1]:
                origins.append(_origin(trail, cells, shares, block=block, ahead=ahead, limit=limit))
        memory.add(block)


def _origin(
    trail: Trail, cells: NDArray[np.int64], shares: Shares, *, block: int, ahead: int, limit: int
) -> Origin:
    """Note what could be said, and what happened; it is used once the window has closed."""
    window = trail.between(block, block + ahead)
    at = cells[window]
    inside = at[at >= 0]
    near, contest = top_cells(shares, limit=limit)
    counts = np.bincount(inside, minlength=shares.shape[1])[near]
    return Origin(
        block, inside.size, np.ascontiguousarray(shares[:, inside].T),
        np.ascontiguousarray(shares[:, near].T), counts, contest,
    )  # fmt: skip


def _fold(
    memory: Memory, shares: Shares, weights: Weights, *, block: int, foretold: float, limit: int
) -> Fold:
    """Weigh the forecasts together."""
    score = weights.contest @ shares
    town = weights.town @ shares
    best = np.argsort(-score, kind="stable")[:limit]
    rate = town * foretold
    rate[best] = score[best] * weights.listed * foretold
    rest = np.ones(rate.size, dtype=bool)
    rest[best] = False
    rate[rest] *= max(foretold - rate[best].sum(), 0.0) / max(rate[rest].sum(), 1e-12)
    return Fold(block, score, rate, memory.total(), foretold, weights)


def _totals(trail: Trail, cells: NDArray[np.int64], block: int) -> Floats:
    """Count the incidents inside the study area, block by block, since the history began."""
    since = trail.began(block)
    rows = trail.between(since, block)
    inside = cells[rows] >= 0
    at = trail.block[rows][inside] - since
    return np.bincount(at, trail.weight[rows][inside], block - since).astype(np.float64)
