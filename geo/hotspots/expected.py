"""How many incidents each cell would have if only street length and kind of land mattered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.hotspots.exposure import Exposure

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

PRIOR_INCIDENTS = 1.0
"""Kinds of land with few incidents are drawn up towards the whole by this many."""
_ROUNDS = 60
_TRIM = 0.05
_DRAWS = 200
_LEAST = 0.5
_FEWEST_BLOCKS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """
    Incidents per metre of street, by kind of land.

    Parameters
    ----------
    per_m
        Rate of each kind over the period, shape (k,).
    total
        Incidents the rates were estimated from.
    """

    per_m: Floats
    total: float


def estimate_rates(
    exposure: Exposure, *, n: Floats, use: Bools | None = None, prior: float = PRIOR_INCIDENTS
) -> Rates:
    """
    Estimate the rate of each kind of land from the incidents themselves.

    Maximum likelihood (EM, since the blur lets a cell belong to two kinds). A kind with a
    lower rate than the whole is drawn up towards it by `prior` incidents, so that one
    incident in a kind that had none is no sensation; a rate above is left alone, as drawing
    it down would invent places.

    Parameters
    ----------
    exposure
        Street length by kind, shape (n, k).
    n
        Incidents in each small cell, shape (n,).
    use
        Cells to estimate from, shape (n,): places already found are left out, so that they
        do not swell what is expected of others. All when not given.
    prior
        Weight of the whole, incidents.

    Returns
    -------
    Rates
        Per metre and period.
    """
    inside = np.ones(n.size, dtype=bool) if use is None else use
    length = exposure.metres[inside].sum(axis=0)
    counts = n[inside]
    total = float(counts.sum())
    whole = total / max(float(length.sum()), 1e-12)
    if total == 0:
        return Rates(np.zeros(length.size), 0.0)
    held = np.flatnonzero(counts)
    near, each = exposure.metres[inside][held], counts[held]
    per_m = np.full(length.size, whole)
    for _ in range(_ROUNDS):
        part = near * per_m
        part *= (each / np.maximum(part.sum(axis=1), 1e-300))[:, None]
        fresh = np.divide(part.sum(axis=0), length, out=np.zeros_like(length), where=length > 0)
        done = bool(np.allclose(fresh, per_m, rtol=1e-9, atol=1e-15))
        per_m = fresh
        if done:
            break
    drawn = (per_m * length + prior) / (length + prior / whole)
    return Rates(np.where(per_m < whole, drawn, per_m), total)


def over_dispersion(
    n: Floats, expected: Floats, *, rng: np.random.Generator, trim: float = _TRIM
) -> float:
    """
    Estimate how much true rates scatter round the expected ones, robustly.

    Method of moments over blocks, without the share of blocks with the largest standard
    scores; the same trimming of Poisson draws says what chance alone would give. What lies
    within chance (one-sided 5 %) is 0.

    Parameters
    ----------
    n
        Incidents in each block, shape (b,).
    expected
        Expected incidents in each block, shape (b,); blocks under 0.5 say nothing.
    rng
        Draws the Poisson counts.
    trim
        Share of blocks left out, so that planted or true hot places do not swell it.

    Returns
    -------
    float
        Squared coefficient of variation of the true rate, >= 0.
    """
    big = expected >= _LEAST
    mean, seen = expected[big], n[big]
    if mean.size < _FEWEST_BLOCKS:
        return 0.0
    keep = mean.size - max(1, int(np.ceil(trim * mean.size)))

    def moment(counts: Floats) -> Floats:
        gap = counts - mean
        order = np.argsort(gap / np.sqrt(mean), axis=1)[:, :keep]
        excess = np.take_along_axis(gap**2 - mean, order, axis=1).sum(axis=1)
        square = np.take_along_axis(np.broadcast_to(mean**2, gap.shape), order, axis=1)
        return np.asarray(excess / square.sum(axis=1))

    chance = moment(rng.poisson(mean, size=(_DRAWS, mean.size)).astype(np.float64))
    found = float(moment(seen[None, :])[0])
    if found <= np.quantile(chance, 0.95):
        return 0.0
    return max(0.0, found - float(chance.mean()))
