"""Weights for many forecasts, from what they would have said of what then happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.hotspots.forecast.memory import NAIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Shares = NDArray[np.float32]

NAIVE_PRIOR = 20.0
"""The plain count enters as if it had foretold this many incidents alone."""
PRIORS = tuple((part, size) for part in (0.3, 0.6, 0.9) for size in (10.0, 40.0))
"""How the contest may be drawn: the part of the prior that is the town's mixture (the rest is the
plain count), and how many incidents it weighs. No town is told which: the answers are averaged."""
CONTEST = (1 / 3, 3.0)
"""Ranks, as multiples of the area limit, between which the choice of cells is decided."""
_ROUNDS_TOWN = 80
_ROUNDS_CONTEST = 300
_STRIDE = 1.9
"""A step of the contest is drawn out: below two it still climbs, in half the rounds."""
_LEAST = 0.02
_TINY = 1e-100


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """
    One moment of the past: what could be said then, and what happened after.

    Parameters
    ----------
    block
        The first block that was to come.
    n
        Incidents in the window after it.
    events
        What each forecast gave the cell of each of them, shape (incidents inside, kinds).
    near
        What each forecast gave the cells at the top, busiest first, shape (c, kinds).
    counts
        Incidents that then fell in those cells, shape (c,).
    contest
        From which of them on the area limit is in contest; those before are always chosen.
    """

    block: int
    n: int
    events: Shares
    near: Shares
    counts: Ints
    contest: int


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """
    What each forecast counts for.

    Parameters
    ----------
    town
        Over the whole town, shape (kinds,); sums to one.
    contest
        Among the cells round the area limit, shape (kinds,).
    listed
        What came on past lists over what these weights foretell for them.
    n
        Incidents they were learnt from, each counted once.
    """

    town: Floats
    contest: Floats
    listed: float
    n: float


def top_cells(shares: Shares, *, limit: int) -> tuple[Ints, int]:
    """
    Find the cells at the top, and where the contest for the area limit begins.

    The rank is half the plain count and half the mean of all forecasts: it favours no method.

    Parameters
    ----------
    shares
        From `Memory.shares`, shape (kinds, cells).
    limit
        Cells within the area limit.

    Returns
    -------
    cells : numpy.ndarray
        Positions, busiest first, shape (c,).
    contest : int
        The first that is not chosen whatever the weights.
    """
    rank_by = 0.5 * shares[NAIVE] + 0.5 * shares.mean(axis=0)
    low, high = int(CONTEST[0] * limit), min(int(np.ceil(CONTEST[1] * limit)), rank_by.size)
    order = np.argsort(-rank_by, kind="stable")
    return np.asarray(order[:high], dtype=np.int64), low


def learn(origins: Sequence[Origin], *, overlap: int, kinds: int, limit: int) -> Weights:
    """
    Weigh the forecasts by rolling-origin likelihood, drawn towards the plain count.

    First a mixture for the whole town: expectation-maximisation [1]_ of the likelihood of
    where each incident fell, given that it fell. Then the same for Poisson counts of the
    cells that compete for the area limit, with the town's mixture and the plain count as
    prior: what tells a quiet street from a quieter one is not what tells two busy squares
    apart.

    Parameters
    ----------
    origins
        Moments whose windows have closed; none gives the plain count.
    overlap
        In how many windows each incident stands, so that none counts twice.
    kinds
        How many forecasts there are.
    limit
        Cells within the area limit.

    Returns
    -------
    Weights
        The weights.

    References
    ----------
    .. [1] Dempster, A. P., Laird, N. M. and Rubin, D. B. (1977). Maximum likelihood from
       incomplete data via the EM algorithm. JRSS B 39(1), 1-38.
       doi:10.1111/j.2517-6161.1977.tb01600.x
    """
    plain = np.zeros(kinds)
    plain[NAIVE] = 1.0
    if not any(len(o.events) for o in origins):
        return Weights(plain, plain, 1.0, 0.0)
    events = np.concatenate([o.events for o in origins])
    town = _town(events, prior=NAIVE_PRIOR * overlap * plain)
    part = np.array([part for part, _ in PRIORS])[:, None]
    start = (1 - _LEAST) * (part * town + (1 - part) * plain) + _LEAST / kinds
    prior = overlap * np.array([size for _, size in PRIORS])[:, None]
    contest = _contest(origins, start, prior=prior).mean(axis=0)
    listed = _listed(origins, contest, limit=limit, prior=overlap * NAIVE_PRIOR)
    return Weights(town, contest, listed, len(events) / overlap)


def _town(events: Shares, *, prior: Floats) -> Floats:
    """Maximise the likelihood of a mixture, with a Dirichlet prior."""
    weights = np.full(events.shape[1], 1 / events.shape[1])
    for _ in range(_ROUNDS_TOWN):
        mixed = events @ weights.astype(np.float32)
        pull = (1 / np.maximum(mixed, np.float32(1e-30))) @ events
        raised = weights * pull + prior
        weights = raised / raised.sum()
    return np.asarray(weights, dtype=np.float64)


def _contest(origins: Sequence[Origin], start: Floats, *, prior: Floats) -> Floats:
    """
    Maximise the Poisson likelihood of the cells in contest under each gamma prior.

    `start` is the mean of the priors, shape (p, kinds); `prior` what they weigh, shape (p, 1).
    """
    exposure = np.zeros(start.shape[1])
    for origin in origins:
        exposure += origin.n * origin.near[origin.contest :].sum(axis=0, dtype=np.float64)
    held = [(o.counts > 0) & (np.arange(o.counts.size) >= o.contest) for o in origins]
    near = np.concatenate([o.near[h] for o, h in zip(origins, held, strict=True)])
    counts = np.concatenate([o.counts[h] for o, h in zip(origins, held, strict=True)])
    if not counts.size or exposure.sum() <= 0:
        return start
    each = counts.astype(np.float32)[:, None]
    shape = start * exposure
    shape *= prior / shape.sum(axis=1, keepdims=True)
    rate = shape / start
    weights = start.copy()
    for _ in range(_ROUNDS_CONTEST):
        mixed = near @ weights.astype(np.float32).T
        pull = (each / np.maximum(mixed, np.float32(1e-30))).T @ near
        raised = (weights * pull + shape) / np.maximum(exposure + rate, 1e-12)
        weights *= (raised / np.maximum(weights, _TINY)) ** _STRIDE
    return np.asarray(weights, dtype=np.float64)


def _listed(origins: Sequence[Origin], weights: Floats, *, limit: int, prior: float) -> float:
    """Compare what came on the lists that these weights would have made with what they foretell."""
    came, foretold = prior, prior
    for origin in origins:
        score = origin.near @ weights
        best = np.argsort(-score, kind="stable")[:limit]
        came += float(origin.counts[best].sum())
        foretold += origin.n * float(score[best].sum())
    return came / max(foretold, 1e-12)
