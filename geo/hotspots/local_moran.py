"""Local Moran's I: cells like their neighbours (high by high), or unlike them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

PERMUTATIONS = 999
Quadrant = Literal["high_high", "low_low", "high_low", "low_high"]
QUADRANTS: tuple[Quadrant, ...] = ("high_high", "low_low", "high_low", "low_high")


@dataclass(frozen=True, slots=True, eq=False)
class LocalMoran:
    """
    What each cell says.

    Parameters
    ----------
    value
        Local I, shape (n,).
    quadrant
        Index into `QUADRANTS`: itself high or low, beside its neighbours' mean.
    p
        One-sided share of the drawn neighbours with a value as far out in the direction
        found, ties counted, shape (n,); 1 where the cell has no neighbour.
    """

    value: Floats
    quadrant: Ints
    p: Floats


def local_moran(
    values: ArrayLike,
    near: csr_array,
    *,
    rng: np.random.Generator,
    permutations: int = PERMUTATIONS,
) -> LocalMoran:
    """
    Compare every cell with its neighbours.

    Parameters
    ----------
    values
        Counts or rates, shape (n,).
    near
        Ones where neighbours, zero diagonal, shape (n, n); weighted by row here.
    rng
        Draws other cells as neighbours, without putting any back.
    permutations
        Draws for each cell.

    Returns
    -------
    LocalMoran
        In the order of `values`.

    Raises
    ------
    AnalysisError
        If shapes differ, a value is missing, or a cell is its own neighbour.

    Notes
    -----
    ``I_i = z_i sum_j w_ij z_j / m2`` with ``z = x - mean`` and ``m2 = sum z^2 / n``, rows of w
    summing to one. On counts the normal tail is poor, and a two-sided share that counts no
    ties calls every empty stretch a find, so draws are counted one-sided and with their ties.
    Where all values are equal nothing differs: I is 0 and p is 1.

    References
    ----------
    .. [1] Anselin, L. (1995). Local Indicators of Spatial Association - LISA. Geographical
       Analysis 27(2), 93-115. doi:10.1111/j.1538-4632.1995.tb00338.x
    """
    x = np.asarray(values, np.float64)
    if near.shape != (x.size, x.size) or not np.isfinite(x).all() or near.diagonal().any():
        msg = "local Moran needs one number a cell, and neighbours that are others."
        raise AnalysisError(msg, found=tuple(near.shape), fix="use `neighbours` less its diagonal")
    deviation = x - x.mean() if x.size else x
    spread = float((deviation**2).mean()) if x.size else 0.0
    reach = np.diff(near.indptr).astype(np.int64)
    lag = np.divide(near @ deviation, reach, out=np.zeros(x.size), where=reach > 0)
    code = np.where(deviation > 0, np.where(lag > 0, 0, 2), np.where(lag > 0, 3, 1))
    if spread == 0:
        return LocalMoran(np.zeros(x.size), code, np.ones(x.size))
    p = np.ones(x.size)
    for size in np.unique(reach[reach > 0]):
        cells = np.flatnonzero(reach == size)
        p[cells] = _shares(
            deviation, cells, int(size), lag[cells], rng=rng, permutations=permutations
        )
    return LocalMoran(deviation * lag / spread, code, p)


def _shares(
    deviation: Floats, cells: Ints, size: int, lag: Floats, *, rng: np.random.Generator,
    permutations: int,
) -> Floats:  # fmt: skip
    """Share of drawn neighbourhoods as far out; the cell itself is never drawn."""
    n = deviation.size
    # One set of draws serves all cells with as many neighbours; each takes the others' ranks.
    draws = np.stack([rng.choice(n - 1, size, replace=False) for _ in range(permutations)])
    out = np.empty(cells.size)
    for k, cell in enumerate(cells):
        others = draws + (draws >= cell)
        drawn = deviation[others].mean(axis=1)
        as_far = drawn >= lag[k] - 1e-12 if lag[k] > 0 else drawn <= lag[k] + 1e-12
        out[k] = (int(as_far.sum()) + 1) / (permutations + 1)
    return out
