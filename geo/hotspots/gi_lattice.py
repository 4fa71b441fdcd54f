"""Gi* on a whole grid at once: the score, the exact tail and drawn orders, by sums of boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError
from geo.intervals import binomial_tail

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

PERMUTATIONS = 999
_BOX = 9


@dataclass(frozen=True, slots=True, eq=False)
class GiLattice:
    """
    Every cell's neighbourhood: itself and the eight round it.

    Parameters
    ----------
    lag
        Events in the neighbourhood, shape (rows, columns); 0 outside.
    reach
        Cells in it, same shape.
    z
        The score of [1]_, same shape; for comparison, its normal tail decides nothing.
    p
        Upper tail of the lag given the total, every cell alike; exact.
    q
        After Benjamini-Hochberg over the cells inside.

    References
    ----------
    .. [1] Ord, J. K. and Getis, A. (1995). Local Spatial Autocorrelation Statistics.
       Geographical Analysis 27(4), 286-306. doi:10.1111/j.1538-4632.1995.tb00912.x
    """

    lag: Floats
    reach: Ints
    z: Floats
    p: Floats
    q: Floats


def gi_lattice(counts: ArrayLike, *, inside: ArrayLike | None = None) -> GiLattice:
    """
    Test every cell of a grid, as `gi_star` does with a radius of one and a half cells.

    Parameters
    ----------
    counts
        Events of each cell, whole numbers from 0 up, shape (rows, columns).
    inside
        bool: cells of the study area, same shape; all when left out.

    Returns
    -------
    GiLattice
        p and q are 1 and z is 0 outside.

    Raises
    ------
    AnalysisError
        If the counts are not whole numbers from 0 up on a grid.

    Notes
    -----
    Cells with as many neighbours and as many events among them have the same p, so that the tail
    is summed once for each such pair and not once a cell.
    """
    x, held = _checked(counts, inside)
    lag, reach, z = box_score(x, held)
    n, total = int(held.sum()), float(x.sum())
    p, q = np.ones(x.shape), np.ones(x.shape)
    if not n or total == 0:
        return GiLattice(lag, reach, z, p, q)
    here = ... if n == held.size else held  # a whole grid needs no picking out
    key = (lag.astype(np.int64) * (_BOX + 1) + reach)[here]
    cells = np.bincount(key.ravel())
    kinds = np.flatnonzero(cells)
    tail = binomial_tail(kinds // (_BOX + 1), total, kinds % (_BOX + 1) / n)
    table = np.ones((2, cells.size))
    table[0, kinds], table[1, kinds] = tail, _discovery(tail, cells[kinds])
    p[here], q[here] = table[0][key], table[1][key]
    return GiLattice(lag, reach, z, p, q)


def box_score(values: Floats, inside: Bools) -> tuple[Floats, Ints, Floats]:
    """
    Standardise the sum of each cell and the eight round it.

    Parameters
    ----------
    values
        Numbers, shape (rows, columns); 0 outside.
    inside
        Cells of the study area, same shape.

    Returns
    -------
    lag : numpy.ndarray
        The sums; 0 outside.
    reach : numpy.ndarray
        Cells summed.
    z : numpy.ndarray
        The score of Ord and Getis (1995); 0 outside and where nothing varies.
    """
    lag, near, z = _box(values), _box(inside.astype(np.float64)), np.zeros(values.shape)
    lag[~inside] = 0.0
    own = values if inside.all() else values[inside]
    n = own.size
    reach = near.astype(np.int64)
    if not n or not own.any():
        return lag, reach, z
    width = own.std() * np.sqrt(np.maximum(n * near - near * near, 0.0) / max(n - 1, 1))
    np.divide(lag - near * own.mean(), width, out=z, where=inside & (width > 1e-12))
    return lag, reach, z


def gi_permuted(
    counts: ArrayLike, *, rng: np.random.Generator, inside: ArrayLike | None = None,
    permutations: int = PERMUTATIONS,
) -> Floats:  # fmt: skip
    """
    Compare each neighbourhood with neighbours drawn anywhere: one-sided, ties counted.

    Parameters
    ----------
    counts
        As for `gi_lattice`.
    rng
        Draws the neighbours.
    inside
        As for `gi_lattice`.
    permutations
        How many times.

    Returns
    -------
    numpy.ndarray
        ``(1 + draws with as many or more) / (1 + draws)``, shape (rows, columns); 1 outside.
        The cell keeps its own count; its neighbours are drawn without replacement from the
        other cells.

    Notes
    -----
    Counting only draws with *more*, or folding the two sides together, makes an empty
    neighbourhood on a sparse grid "significant"; here it has p = 1. All cells share the draws,
    so each draw is summed once, and a cell finds its rank among the sums by halving.
    """
    x, held = _checked(counts, inside)
    lag, reach, _ = box_score(x, held)
    out, own, n = np.ones(x.shape), x[held], int(held.sum())
    beaten = np.full(n, permutations, np.int64)
    rest, size = np.rint(lag[held] - own), reach[held] - 1
    draws = _draws(n, size=min(_BOX, n), times=permutations, rng=rng)
    sums = np.cumsum(own[draws], axis=1)
    for some in np.unique(size[size > 0]):
        cells = np.flatnonzero(size == some)
        drawn = sums[:, some - 1]
        under = np.searchsorted(np.sort(drawn), rest[cells], side="left")
        beaten[cells] = permutations - under
        # A cell that was drawn itself is not its own neighbour: the next one drawn steps in.
        row, at = np.nonzero(size[draws[:, :some]] == some)
        cell = draws[row, at]
        without = drawn[row] - own[cell] + own[draws[row, some]]
        change = (without >= rest[cell]).astype(np.int64) - (drawn[row] >= rest[cell])
        np.add.at(beaten, cell, change)
    out[held] = (beaten + 1) / (permutations + 1)
    return out


def _draws(n: int, *, size: int, times: int, rng: np.random.Generator) -> Ints:
    """Draw different numbers under n, many times; each row in an order of its own."""
    if n <= 8 * size:
        return np.argsort(rng.random((times, n)), axis=1)[:, :size]
    draws = rng.integers(0, n, (times, size))
    while True:
        ordered = np.sort(draws, axis=1)
        twice = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
        if not twice.size:
            return draws
        draws[twice] = rng.integers(0, n, (twice.size, size))


def _box(values: Floats) -> Floats:
    """Sum each cell and the eight round it."""
    wide = np.zeros((values.shape[0] + 2, values.shape[1] + 2))
    wide[1:-1, 1:-1] = values
    across = wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]
    return np.asarray(across[:-2] + across[1:-1] + across[2:])


def _discovery(p: Floats, cells: Ints) -> Floats:
    """Benjamini-Hochberg over cells of which many share a p."""
    order = np.argsort(p, kind="stable")
    rank = np.cumsum(cells[order])
    q = np.minimum.accumulate((p[order] * rank[-1] / rank)[::-1])[::-1]
    out = np.empty(p.size)
    out[order] = np.minimum(q, 1.0)
    return out


def _checked(counts: ArrayLike, inside: ArrayLike | None) -> tuple[Floats, Bools]:
    """Read the grid; refuse what is no count."""
    x = np.array(counts, np.float64)
    held = np.ones(x.shape, np.bool_) if inside is None else np.asarray(inside, np.bool_)
    if x.ndim != 2 or held.shape != x.shape:
        msg = "Gi* on a grid needs counts in rows and columns, and as large a study area."
        raise AnalysisError(msg, found=str(x.shape), fix="give two-dimensional arrays")
    if not np.isfinite(x).all() or (x < 0).any() or (x != np.rint(x)).any():
        msg = "counts must be whole numbers from 0 up."
        raise AnalysisError(msg, fix="count the events per cell first")
    x[~held] = 0.0
    return x, held
