"""The search for places: expected counts, exact tails, and how much of it chance would do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from geo.grid import Grid
from geo.hotspots.chance import WATCHED, Tails, blocks_of, chance_places, level_of
from geo.hotspots.expected import Rates, estimate_rates, over_dispersion
from geo.hotspots.exposure import ATOM_M, ATOMS, Exposure
from geo.hotspots.field import CELL_M, RADII_M, Field, Layout, lay
from geo.hotspots.scan import pick
from geo.intervals import beta_binomial_tail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

FEWEST = 8
"""A window with fewer incidents is never called anything but "cannot tell"."""
FALSE_SHARE = 0.05
RUNS = 499
_AGREE = 1 / 3
_ROUNDS = 3
_MARGIN_M = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Finds:
    """
    Windows that stand clear of each other, by rising p.

    Parameters
    ----------
    x, y, radius_m
        Middle and radius, metres, shape (f,).
    n, expected
        Incidents in the window, and how many such a place would have.
    p
        Exact conditional tail.
    chance
        Places at least as strong that chance alone would bring in the whole municipality.
    q
        Share of false finds when this one and all stronger are believed.
    """

    x: Floats
    y: Floats
    radius_m: Floats
    n: Floats
    expected: Floats
    p: Floats
    chance: Floats
    q: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """
    One search: what was found, and under which description of "expected".

    Parameters
    ----------
    finds
        The windows found.
    rates
        Incidents per metre of street, by kind of land.
    spread
        Over-dispersion that the tails allow for.
    expected
        Expected incidents in each small cell, shape (n,).
    level
        The p at which chance alone would bring a place in one municipality out of three: what
        another grid must reach to agree.
    """

    finds: Finds
    rates: Rates
    spread: float
    expected: Floats
    level: float


def search(field: Field, *, rng: np.random.Generator, runs: int = RUNS) -> Search:
    """
    Find the places that stand out, and say what chance would have brought.

    Every window's count is set against its expected share of the total by the exact
    conditional tail [1]_. Chance is asked directly: `runs` made-up periods with the same
    expected counts are searched in the same way, which allows for overlapping windows and for
    counts being whole numbers, and gives Benjamini and Hochberg's share of false finds [2]_
    for *places* instead of windows. Places found (q <= 0.05) are then left out of the
    estimate of "expected", and the rest judged again; while nothing is found nothing is left
    out, so that a year with nothing to find is judged by the exact first round.

    Parameters
    ----------
    field
        Counts and exposure.
    rng
        Draws the made-up periods.
    runs
        How many of them.

    Returns
    -------
    Search
        Finds by rising p.

    References
    ----------
    .. [1] Kulldorff, M. (1997). A spatial scan statistic. Communications in Statistics 26(6),
       1481-1496. doi:10.1080/03610929708831995
    .. [2] Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate.
       JRSS B 57(1), 289-300. doi:10.1111/j.2517-6161.1995.tb02031.x
    """
    cells = lay(field.exposure, grid=Grid(CELL_M), radii_m=RADII_M)
    rates = estimate_rates(field.exposure, n=field.n)
    expected = field.exposure.metres @ rates.per_m
    spread = over_dispersion(*_blocks(cells, field.n, expected), rng=rng)
    mean = cells.sum(expected)
    tails = Tails.of(
        cells.windows.sums(mean).ravel(), total=rates.total, spread=spread, fewest=FEWEST
    )
    by_chance = chance_places(cells.windows, mean, tails=tails, spread=spread, rng=rng, runs=runs)
    judge = partial(
        _judge, cells, field.n, spread=spread, tails=tails, by_chance=by_chance, runs=runs
    )
    finds = judge(expected, total=rates.total)
    out: Bools = np.zeros(field.n.size, dtype=bool)
    for _ in range(_ROUNDS):
        fresh = _inside(field.exposure, finds, finds.q <= FALSE_SHARE)
        if np.array_equal(fresh, out) or field.n[fresh].sum() > field.n.sum() / 2:
            break
        out = fresh
        rates = estimate_rates(field.exposure, n=field.n, use=~out)
        expected = field.exposure.metres @ rates.per_m
        finds = judge(expected, total=rates.total)
    level = level_of(_AGREE, tails=tails, by_chance=by_chance, runs=runs)
    return Search(finds, rates, spread, expected, level)


def _judge(
    cells: Layout,
    n: Floats,
    expected: Floats,
    *,
    total: float,
    spread: float,
    tails: Tails,
    by_chance: Floats,
    runs: int,
) -> Finds:
    """Give every window its exact tail, pick those clear of each other, and count on chance."""
    windows = cells.windows
    seen = windows.sums(cells.sum(n)).ravel()
    mean = windows.sums(cells.sum(expected)).ravel()
    hot = np.flatnonzero((seen >= FEWEST - 1e-9) & (seen > mean))
    whole = np.maximum(total, seen[hot])
    p = beta_binomial_tail(seen[hot], np.floor(whole + 1e-9), mean[hot] / whole, spread)
    x, y = windows.middles()
    x, y = np.tile(x, len(windows.radii_m))[hot], np.tile(y, len(windows.radii_m))[hot]
    radius = np.repeat(windows.radii_m, windows.centre.size)[hot]
    best = pick(x, y, radius_m=radius, p=p)
    level = p[best]
    by_runs = (np.searchsorted(by_chance, level * (1 + 1e-9), side="right") + 1) / runs
    watched = level <= WATCHED
    chance = np.where(watched, by_runs, np.inf)
    chance[watched] = np.minimum(chance[watched], tails.windows_by_chance(level[watched]))
    share = chance / np.arange(1, level.size + 1)
    q = np.minimum(np.minimum.accumulate(share[::-1])[::-1], 1.0)
    chance = np.where(watched, chance, tails.windows_by_chance(level))
    return Finds(x[best], y[best], radius[best], seen[hot][best], mean[hot][best], level, chance, q)


def _blocks(cells: Layout, n: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Sum counts and expected counts over blocks of three by three cells."""
    block = blocks_of(cells.windows.key)
    return (
        np.bincount(block, cells.sum(n)).astype(np.float64),
        np.bincount(block, cells.sum(expected)).astype(np.float64),
    )


def _inside(exposure: Exposure, finds: Finds, chosen: Bools) -> Bools:
    """Mark the small cells in or close to the chosen finds."""
    out = np.zeros(exposure.key.size, dtype=bool)
    for i in np.flatnonzero(chosen):
        reach = finds.radius_m[i] + _MARGIN_M
        wide = np.array([-reach, reach + ATOM_M])  # as many cells as hold it, and one more
        corners = ATOMS.keys(finds.x[i] + wide, finds.y[i] + wide)
        here = slice(*np.searchsorted(exposure.key, corners))
        x, y = ATOMS.centres(exposure.key[here])
        out[here] |= np.hypot(x - finds.x[i], y - finds.y[i]) <= reach
    return out
