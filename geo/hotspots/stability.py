"""Whether a find is there whatever grid, reach or method it is looked for with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.grid import find, pack
from geo.hotspots.exposure import ATOM_M, ATOMS
from geo.hotspots.field import RADII_M
from geo.hotspots.scan import offsets
from geo.hotspots.search import FEWEST
from geo.intervals import beta_binomial_tail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.hotspots.field import Field
    from geo.hotspots.search import Search

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

GRIDS: tuple[tuple[int, int, int], ...] = (
    (2, 1, 0),
    (2, 0, 1),
    (2, 1, 1),
    (3, 0, 0),
    (3, 1, 2),
    (3, 2, 1),
    (4, 0, 0),
    (4, 2, 2),
)
"""Cell side and shift east and north, in small cells of 25 m."""
REACHES_M = (50.0, 100.0, 150.0, 200.0)
"""Radii of window that the search itself does not use, on its own cells."""
BANDWIDTHS_M = (40.0, 60.0, 80.0, 120.0)
"""Standard deviations of the smooth kernel that is tried in place of a window."""
N_VARIANTS = len(GRIDS) + len(REACHES_M) + len(BANDWIDTHS_M)
_SIDE = 36
_NEAR_M = 75.0
_CUT = 2.5


def stability(field: Field, search: Search) -> Floats:
    """
    Find each place again with other grids, other reaches and another method.

    Eight grids are moved by part of a cell or have cells of another size; four windows reach
    shorter, between or further than those of the search; four times the window is exchanged for a
    smooth kernel, a ratio of densities [1]_. A variant agrees when within 75 m of the find it has
    something as unlikely as a place that chance alone brings to one municipality in three.

    Parameters
    ----------
    field
        Counts and exposure.
    search
        What was found.

    Returns
    -------
    numpy.ndarray
        Share of the `N_VARIANTS` that agree, shape (f,).

    References
    ----------
    .. [1] Kelsall, J. E. and Diggle, P. J. (1995). Non-parametric estimation of spatial variation
       in relative risk. Statistics in Medicine 14(21-22), 2335-2342. doi:10.1002/sim.4780142106
    """
    if search.finds.p.size == 0:
        return np.zeros(0)
    own, small = (_Round.cut(field, search, (size, 0, 0)) for size in (2, 1))
    best = [_by_window(_Round.cut(field, search, grid), search, RADII_M) for grid in GRIDS]
    best += [_by_window(own, search, (radius,)) for radius in REACHES_M]
    best += [_by_kernel(small, search, sd) for sd in BANDWIDTHS_M]
    return np.asarray((np.asarray(best) <= search.level).mean(axis=0), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Round:
    """The cells round each find: incidents, expected and distance (m) to it, shape (f, c, c)."""

    n: Floats
    mean: Floats
    gap: Floats
    cell_m: float

    @classmethod
    def cut(cls, field: Field, search: Search, grid: tuple[int, int, int]) -> _Round:
        """Cut squares of 900 m out of the small cells, summed to a grid's own."""
        size, *shift = grid
        finds = search.finds
        start = [
            (at - _SIDE // 2 - move) // size * size + move
            for at, move in zip(ATOMS.of(finds.x, finds.y), shift, strict=True)
        ]
        reach = np.arange(_SIDE, dtype=np.int64)
        key = pack((start[0][:, None] + reach)[:, :, None], (start[1][:, None] + reach)[:, None, :])
        at, cells = find(field.exposure.key, key), _SIDE // size

        def total(values: Floats) -> Floats:
            held = np.append(values, 0.0)[at]
            boxes = held.reshape(len(held), cells, size, cells, size)
            return np.asarray(boxes.sum(axis=(2, 4)), dtype=np.float64)

        middle = (np.arange(cells) + 0.5) * size * ATOM_M
        gap = np.hypot(
            (start[0][:, None] * ATOM_M + middle - finds.x[:, None])[:, :, None],
            (start[1][:, None] * ATOM_M + middle - finds.y[:, None])[:, None, :],
        )
        return cls(total(field.n), total(search.expected), gap, size * ATOM_M)


def _by_window(near: _Round, search: Search, radii_m: tuple[float, ...]) -> Floats:
    """Give the smallest exact tail of a window near each find."""
    best = np.ones(len(near.n))
    for radius in radii_m:
        step = offsets(radius, cell_m=near.cell_m)
        wide_n, wide_mean = _window(near.n, step), _window(near.mean, step)
        which = (near.gap <= _NEAR_M) & (wide_n >= FEWEST - 1e-9) & (wide_n > wide_mean)
        rows = np.nonzero(which)
        seen, hoped = wide_n[rows], wide_mean[rows]
        whole = np.maximum(search.rates.total, seen)
        p = beta_binomial_tail(seen, np.floor(whole + 1e-9), hoped / whole, search.spread)
        np.minimum.at(best, rows[0], p)
    return best


def _window(values: Floats, step: Ints) -> Floats:
    """Sum each cell with its neighbours; what lies outside counts nothing."""
    reach = int(np.abs(step).max(initial=0))
    wide = np.pad(values, ((0, 0), (reach, reach), (reach, reach)))
    side = values.shape[1]
    out = np.zeros_like(values)
    for dx, dy in step.tolist():
        out += wide[:, reach + dx : reach + dx + side, reach + dy : reach + dy + side]
    return out


def _by_kernel(near: _Round, search: Search, sd_m: float) -> Floats:
    """
    Give the smallest tail of a kernel-weighted count near each find.

    A weighted sum of Poisson counts has no exact tail here: it is taken as Poisson in units of its
    variance over its mean, which has the first two moments right.
    """
    from scipy.special import gammainc

    reach = int(np.ceil(_CUT * sd_m / near.cell_m))
    weight = np.exp(-0.5 * (np.arange(-reach, reach + 1) * near.cell_m / sd_m) ** 2)
    seen, mean = _smooth(near.n, weight), _smooth(near.mean, weight)
    variance = _smooth(near.mean, weight**2) + search.spread * mean**2
    which = (near.gap <= _NEAR_M) & (seen > mean) & (mean > 0)
    unit = np.divide(variance, mean, out=np.ones_like(mean), where=mean > 0)
    p = np.where(which, gammainc(np.maximum(seen / unit, 1e-9), mean / unit), 1.0)
    return np.asarray(p.reshape(len(p), -1).min(axis=1), dtype=np.float64)


def _smooth(values: Floats, weight: Floats) -> Floats:
    """Weigh the neighbours of each cell, east and north; what lies outside counts nothing."""
    from scipy.ndimage import convolve1d

    across = convolve1d(values, weight, axis=1, mode="constant")
    return np.asarray(convolve1d(across, weight, axis=2, mode="constant"), dtype=np.float64)
