"""What chance alone does: tails of every window's count, and places in made-up even towns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.grid import pack, unpack
from geo.hotspots.scan import Windows, pick
from geo.intervals import beta_binomial_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_STEP = 0.02
_SMALLEST = 1e-4
WATCHED = 0.02
_MANY = 4


@dataclass(frozen=True, slots=True, eq=False)
class Tails:
    """
    Exact tails for a grid of means, fine enough (2 %) for counting on chance.

    Parameters
    ----------
    bin_of
        The row of `table` each window uses, shape (m,).
    table
        P(X >= c) by mean and count, shape (b, c_max + 1).
    windows
        How many windows use each row, shape (b,).
    fewest
        A smaller count is never judged: its p is 1.
    """

    bin_of: Ints
    table: Floats
    windows: Ints
    fewest: int

    @classmethod
    def of(cls, mean: Floats, *, total: float, spread: float, fewest: int) -> Tails:
        """
        Tabulate the tails for windows with these means.

        Parameters
        ----------
        mean
            Expected incidents in each window, shape (m,).
        total
            Incidents in all.
        spread
            Over-dispersion.
        fewest
            The smallest count judged.

        Returns
        -------
        Tails
            The table.
        """
        step = np.round(np.log(np.maximum(mean, _SMALLEST)) / _STEP).astype(np.int64)
        steps, bin_of = np.unique(step, return_inverse=True)
        middle = np.exp(steps * _STEP)
        n = max(np.floor(total + 1e-9), 1.0)
        share = np.minimum(middle / n, 1 - 1e-9)
        top = int(middle.max(initial=1.0) * (1 + 8 * np.sqrt(spread)))
        size = min(int(n), fewest + top + int(9 * np.sqrt(top)) + 30)
        table = beta_binomial_table(size, n, share, spread)
        table[:, : min(fewest, size + 1)] = 1.0
        return cls(bin_of, table, np.bincount(bin_of, minlength=steps.size), fewest)

    def critical(self, level: float) -> Ints:
        """
        Give each row's smallest count with a tail of at most `level`.

        Parameters
        ----------
        level
            A p-value.

        Returns
        -------
        numpy.ndarray
            Counts, shape (b,); beyond the table where none is.
        """
        return np.asarray((self.table > level).sum(axis=1), dtype=np.int64)

    def windows_by_chance(self, levels: Floats) -> Floats:
        """
        Count the windows chance alone would bring to each level.

        Discrete tails seldom reach a level exactly, and windows expecting next to nothing
        never do; each window is counted with what it can attain.

        Parameters
        ----------
        levels
            p-values, shape (t,).

        Returns
        -------
        numpy.ndarray
            Expected windows with p at most each level, shape (t,).
        """
        padded = np.column_stack((self.table, np.zeros(len(self.table))))
        rows = np.arange(len(padded))
        return np.asarray(
            [float((self.windows * padded[rows, self.critical(t)]).sum()) for t in levels]
        )


def blocks_of(key: Ints) -> Ints:
    """
    Give each cell the number of its block of three by three cells.

    Parameters
    ----------
    key
        Packed cells, shape (n,).

    Returns
    -------
    numpy.ndarray
        The block of each, from 0 without gaps, shape (n,).
    """
    col, row = unpack(key)
    return np.unique(pack(col // 3, row // 3), return_inverse=True)[1].ravel()


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
    levels = np.geomspace(1e-8, WATCHED, 120)
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
    least = tails.critical(WATCHED)[tails.bin_of]
    block = blocks_of(windows.key)
    last = tails.table.shape[1] - 1
    reach = windows.reach()
    share = np.cumsum(mean)
    out: list[Floats] = []
    for _ in range(runs):
        if spread > 0:
            share = np.cumsum(mean * rng.gamma(1 / spread, spread, block.max() + 1)[block])
        hot, n = reach.busy(*_draw(share, total, rng=rng), least=least)
        p = tails.table[tails.bin_of[hot], np.minimum(n, last)]
        out.append(p[pick(x[hot], y[hot], radius_m=radius[hot], p=p)])
    return np.sort(np.concatenate(out))


def _draw(share: Floats, total: int, *, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Let `total` incidents fall on cells whose shares add up so; cells, and how many in each."""
    if total > _MANY * share.size:  # the same law, drawn cell by cell instead of one by one
        n = rng.multinomial(total, np.diff(share, prepend=0.0) / share[-1])
        cells = np.flatnonzero(n)
        return cells, n[cells]
    at = np.sort(rng.random(total)) * share[-1]  # sorted: cells are then looked up in order
    cell = np.minimum(np.searchsorted(share, at, side="right"), share.size - 1)
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    return cell[first], np.diff(first, append=total)
