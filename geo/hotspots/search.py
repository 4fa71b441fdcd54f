"""The search for places: expected counts, exact tails, and how much of it chance would do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from geo.grid import Grid, unpack
from geo.hotspots.chance import Tails
from geo.hotspots.expected import Rates, estimate_rates, over_dispersion
from geo.hotspots.exposure import ATOMS, Exposure, measure, settle
from geo.hotspots.scan import Windows, pick
from geo.intervals import beta_binomial_tail

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geo.hotspots.context import Context, Events

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

CELL_M = 50.0
RADII_M = (75.0, 125.0)
FEWEST = 8
"""A window with fewer incidents is never called anything but "cannot tell"."""
FALSE_SHARE = 0.05
RUNS = 499
_WATCHED = 0.02
_AGREE = 1 / 3
_ROUNDS = 3
_MARGIN_M = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """
    Counts and exposure on the small cells: what every grid is summed from.

    Parameters
    ----------
    exposure
        Street length by kind of land.
    n
        Incidents in each small cell, shape (n,).
    at
        The small cell of each countable incident, in the period or before, -1 when out of
        reach of any street.
    moved
        How many incidents were moved to their nearest street.
    """

    exposure: Exposure
    n: Floats
    at: Ints
    moved: int

    @classmethod
    def of(cls, context: Context, events: Events, *, rng: np.random.Generator) -> Field:
        """
        Measure the exposure and count the period's incidents.

        Parameters
        ----------
        context
            The analysis.
        events
            Its countable incidents.
        rng
            Draws the probes of the position error.

        Returns
        -------
        Field
            The counts.
        """
        from geo.hotspots.context import DEFAULT_ACCURACY_M

        rows: pd.DataFrame = events.rows
        now = events.in_period
        x, y = rows["x"].to_numpy(float), rows["y"].to_numpy(float)
        error = rows["accuracy_m"].fillna(DEFAULT_ACCURACY_M).to_numpy(float)
        exposure = measure(
            context.streets,
            areas=context.areas,
            x=x[now],
            y=y[now],
            accuracy_m=error[now],
            rng=rng,
        )
        at, moved = settle(exposure, x=x, y=y)
        counted = (at >= 0) & now
        weight = rows["count"].to_numpy(float)[counted]
        n = np.bincount(at[counted], weight, exposure.key.size).astype(float)
        return cls(exposure, n, at, int(moved[now].sum()))

    def cells(self, grid: Grid) -> Ints:
        """
        Give the cell of each countable incident on a grid.

        Parameters
        ----------
        grid
            The cells.

        Returns
        -------
        numpy.ndarray
            Packed cells, -1 for those out of reach of any street.
        """
        out = np.full(self.at.size, -1, dtype=np.int64)
        held = self.at >= 0
        out[held] = grid.keys(*ATOMS.centres(self.exposure.key[self.at[held]]))
        return out


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


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """The small cells summed to the search's own cells, with the windows on them."""

    inverse: Ints
    windows: Windows

    def sum(self, values: Floats) -> Floats:
        """Sum small cells to cells."""
        size = self.windows.key.size
        return np.bincount(self.inverse, values, size).astype(np.float64)


def lay(exposure: Exposure, *, grid: Grid, radii_m: tuple[float, ...]) -> _Cells:
    """
    Lay a grid of cells, and windows on it, over the small cells.

    Parameters
    ----------
    exposure
        The study area.
    grid
        Cells whose side and shift are multiples of 25 m.
    radii_m
        Radii of the windows.

    Returns
    -------
    _Cells
        Ready for summing.
    """
    key, inverse = np.unique(grid.keys(*ATOMS.centres(exposure.key)), return_inverse=True)
    street = np.bincount(inverse, exposure.street_m, key.size).astype(np.float64)
    return _Cells(inverse, Windows.of(key, grid=grid, street_m=street, radii_m=radii_m))


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


def level_of(chance: float, *, tails: Tails, by_chance: Floats, runs: int) -> float:
    """
    Find the p at which chance alone brings so many places to the whole municipality.

    Parameters
    ----------
    chance
        Places.
    tails
        Tails of the windows.
    by_chance
        p of the places found in made-up periods, sorted.
    runs
        How many periods.

    Returns
    -------
    float
        A p-value, at most 0.02.
    """
    levels = np.geomspace(1e-8, _WATCHED, 120)
    places = np.searchsorted(by_chance, levels, side="right") / max(runs, 1)
    few = np.minimum(places, tails.windows_by_chance(levels)) <= chance
    return float(levels[few].max(initial=1e-8))


def chance_places(
    windows: Windows,
    mean: Floats,
    *,
    tails: Tails,
    spread: float,
    rng: np.random.Generator,
    runs: int,
) -> Floats:
    """
    Search made-up periods in which only the expected counts matter.

    Parameters
    ----------
    windows
        The windows.
    mean
        Expected incidents in each cell, shape (n,).
    tails
        Their tails.
    spread
        Over-dispersion: true rates of blocks of 150 m scatter by a gamma with this squared
        coefficient of variation.
    rng
        Draws the periods.
    runs
        How many.

    Returns
    -------
    numpy.ndarray
        p of every place found in any of them, sorted.
    """
    total = round(float(mean.sum()))
    if total == 0 or windows.centre.size == 0:
        return np.zeros(0)
    x, y = windows.middles()
    radius = np.repeat(windows.radii_m, x.size)
    x, y = np.tile(x, len(windows.radii_m)), np.tile(y, len(windows.radii_m))
    least = tails.critical(_WATCHED)[tails.bin_of]
    col, row = unpack(windows.key)
    block = np.unique(np.column_stack((col // 3, row // 3)), axis=0, return_inverse=True)[1].ravel()
    last = tails.table.shape[1] - 1
    out: list[Floats] = []
    for _ in range(runs):
        weight = mean
        if spread > 0:
            weight = mean * rng.gamma(1 / spread, spread, block.max() + 1)[block]
        share = np.cumsum(weight)
        cell = np.searchsorted(share, rng.random(total) * share[-1], side="right")
        drawn = np.bincount(np.minimum(cell, mean.size - 1), minlength=mean.size)
        n = windows.sums(drawn.astype(np.float64)).ravel().astype(np.int64)
        hot = np.flatnonzero(n >= least)
        p = tails.table[tails.bin_of[hot], np.minimum(n[hot], last)]
        out.append(p[pick(x[hot], y[hot], radius_m=radius[hot], p=p)])
    return np.sort(np.concatenate(out))


def _judge(
    cells: _Cells,
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
    watched = level <= _WATCHED
    chance = np.where(watched, by_runs, np.inf)
    chance[watched] = np.minimum(chance[watched], tails.windows_by_chance(level[watched]))
    share = chance / np.arange(1, level.size + 1)
    q = np.minimum(np.minimum.accumulate(share[::-1])[::-1], 1.0)
    chance = np.where(watched, chance, tails.windows_by_chance(level))
    return Finds(x[best], y[best], radius[best], seen[hot][best], mean[hot][best], level, chance, q)


def _blocks(cells: _Cells, n: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Sum counts and expected counts over blocks of three by three cells."""
    col, row = unpack(cells.windows.key)
    block = np.unique(np.column_stack((col // 3, row // 3)), axis=0, return_inverse=True)[1].ravel()
    return (
        np.bincount(block, cells.sum(n)).astype(np.float64),
        np.bincount(block, cells.sum(expected)).astype(np.float64),
    )


def _inside(exposure: Exposure, finds: Finds, chosen: Bools) -> Bools:
    """Mark the small cells in or close to the chosen finds."""
    x, y = ATOMS.centres(exposure.key)
    out = np.zeros(x.size, dtype=bool)
    for i in np.flatnonzero(chosen):
        out |= np.hypot(x - finds.x[i], y - finds.y[i]) <= finds.radius_m[i] + _MARGIN_M
    return out
