"""Where incidents could be expected: street length by kind of land, blurred as positions are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.grid import (
    STUDY_REACH_M,
    UNKNOWN_LAND,
    Grid,
    Pieces,
    cut_streets,
    find,
    kinds_of_land,
    pack,
    unpack,
)
from geo.hotspots.position_error import position_error

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

ATOM_M = 25.0
"""Side of the small cells that every larger cell, and every shift of one, is made of."""
ATOMS = Grid(ATOM_M)
_REACH = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """
    Street length by kind of land in small cells, as incidents' position error blurs it.

    Parameters
    ----------
    key
        Packed cells of 25 m, sorted, shape (n,).
    metres
        Blurred street length by kind, metres, shape (n, k); columns sum to the true length.
    street_m
        Unblurred street length, metres, shape (n,).
    kinds
        Names of the k kinds of land.
    error_m
        Position error used, metres.
    pieces
        The streets, cut at the small cells.
    real
        False when there were no streets and the places of incidents stand in for them.
    """

    key: Ints
    metres: Floats
    street_m: Floats
    kinds: tuple[str, ...]
    error_m: float
    pieces: Pieces
    real: bool


def measure(
    streets: GeoDataFrame,
    *,
    areas: GeoDataFrame | None,
    x: Floats,
    y: Floats,
    accuracy_m: Floats,
    rng: np.random.Generator,
) -> Exposure:
    """
    Measure the street length each small cell stands for.

    Parameters
    ----------
    streets, areas
        Rows of those frames.
    x, y
        Positions of the incidents, metres, shape (n,).
    accuracy_m
        Their stated position error, metres, shape (n,).
    rng
        Draws the probes that check the stated error against the streets.

    Returns
    -------
    Exposure
        The study area is where its cells are.
    """
    real = bool(len(streets)) and bool(streets.geometry.length.sum() > 0)
    pieces = cut_streets(streets, grid=ATOMS) if real else stand_in(x, y)
    land = kinds_of_land(pieces.x, pieces.y, areas=areas)
    error = position_error(pieces, x=x, y=y, accuracy_m=accuracy_m, rng=rng) if real else 0.0
    return expose(pieces, land=land, error_m=error, real=real)


def expose(pieces: Pieces, *, land: NDArray[Any], error_m: float, real: bool) -> Exposure:
    """
    Spread pieces of street over the small cells as positions are spread.

    Parameters
    ----------
    pieces
        The streets, cut.
    land
        The kind of land of each piece, shape (n,).
    error_m
        Standard deviation of the position error on each axis, metres.
    real
        Whether the pieces are streets.

    Returns
    -------
    Exposure
        The study area is where its cells are.
    """
    import pandas as pd

    code, kinds = pd.factorize(land, sort=True)
    if kinds.size == 0:
        kinds = np.asarray([UNKNOWN_LAND])
    where = np.unique(pieces.key, return_inverse=True)[1].ravel()
    source, at = np.unique(where * kinds.size + code, return_inverse=True)
    length = np.bincount(at, pieces.length_m, source.size)
    middle_x = np.bincount(at, pieces.x * pieces.length_m, source.size) / length
    middle_y = np.bincount(at, pieces.y * pieces.length_m, source.size) / length
    first, share = blur(middle_x, middle_y, error_m=error_m)
    run = np.arange(first.shape[1])
    cells, place = _distinct(first, run=run.size)
    at = (place * kinds.size + (source % kinds.size)[:, None])[:, :, None] + run * kinds.size
    share *= length[:, None, None]
    metres = np.bincount(at.ravel(), share.ravel(), cells.size * kinds.size)
    street = np.zeros(cells.size)
    np.add.at(street, find(cells, pieces.key), pieces.length_m)
    return Exposure(
        key=cells, metres=metres.reshape(cells.size, kinds.size).astype(np.float64),
        street_m=street, kinds=tuple(kinds.tolist()), error_m=error_m, pieces=pieces, real=real,
    )  # fmt: skip


def blur(x: Floats, y: Floats, *, error_m: float) -> tuple[Ints, Floats]:
    """
    Spread each source over the small cells its incidents would be written down in.

    Parameters
    ----------
    x, y
        Sources, metres, shape (n,).
    error_m
        Standard deviation of the position error on each axis, metres.

    Returns
    -------
    first : numpy.ndarray
        The lowest cell a source reaches in each of its w columns, packed, shape (n, w); it
        reaches w cells of each column.
    share : numpy.ndarray
        Shares, shape (n, w, w), column by column; those of one source sum to 1.
    """
    from scipy.special import ndtr

    col, row = ATOMS.of(x, y)
    if error_m < 1:
        return pack(col, row)[:, None], np.ones((x.size, 1, 1))
    steps = int(np.ceil(_REACH * error_m / ATOM_M))

    def along(at: Floats, cell: Ints) -> Floats:
        edges = ((cell[:, None] + np.arange(-steps, steps + 2)) * ATOM_M - at[:, None]) / error_m
        mass = np.diff(ndtr(edges), axis=1)
        return np.asarray(mass / mass.sum(axis=1, keepdims=True))

    share = along(x, col)[:, :, None] * along(y, row)[:, None, :]
    reach = np.arange(-steps, steps + 1, dtype=np.int64)
    return pack(col[:, None] + reach, row[:, None] - steps), share


def _distinct(first: Ints, *, run: int) -> tuple[Ints, Ints]:
    """
    List the distinct cells of runs of neighbours in a column, sorted, and where each run starts.

    The cells of a run follow each other in the list, so only the first is looked up.
    """
    start, of = np.unique(first, return_inverse=True)
    new = np.minimum(np.diff(start, append=start[-1:] + run), run)  # up to the next run's first
    place = np.cumsum(new) - new
    cells = np.repeat(start - place, new) + np.arange(new.sum())
    return cells, place[of].reshape(first.shape)


def stand_in(x: Floats, y: Floats) -> Pieces:
    """
    Stand in for missing streets: every small cell near an incident counts alike.

    Parameters
    ----------
    x, y
        The incidents, metres, shape (n,).

    Returns
    -------
    Pieces
        One piece of 25 m in each cell within 300 m of an incident.
    """
    steps = int(STUDY_REACH_M // ATOM_M)
    reach = np.arange(-steps, steps + 1, dtype=np.int64)
    dx, dy = (a.ravel() for a in np.meshgrid(reach, reach))
    near = np.hypot(dx, dy) * ATOM_M <= STUDY_REACH_M
    col, row = unpack(np.unique(ATOMS.keys(x, y)))
    key = np.unique(pack(col[:, None] + dx[near], row[:, None] + dy[near]))
    middle_x, middle_y = ATOMS.centres(key)
    length = np.full(key.size, ATOM_M)
    return Pieces(key, middle_x, middle_y, length, np.full(key.size, -1, dtype=np.int64))


def settle(
    exposure: Exposure, *, x: Floats, y: Floats, limit_m: float | None = None
) -> tuple[Ints, NDArray[np.bool_]]:
    """
    Give each incident its small cell; one just off the study area goes to the nearest street.

    An incident further from every street than its position can be wrong is not about any
    of them. Moving it to the nearest would pile what happened on streets that nobody
    loaded onto the last street that somebody did.

    Parameters
    ----------
    exposure
        The study area.
    x, y
        The incidents, metres, shape (n,).
    limit_m
        How far from a street an incident may lie, metres; None is three times
        the position error and a cell.

    Returns
    -------
    at : numpy.ndarray
        Position among the cells of `exposure`, -1 when out of reach; shape (n,).
    moved : numpy.ndarray
        bool, shape (n,): whether it was moved to a street.
    """
    from scipy.spatial import cKDTree

    reach = _REACH * exposure.error_m + ATOM_M if limit_m is None else limit_m
    at = find(exposure.key, ATOMS.keys(x, y))
    lost = np.flatnonzero(at < 0)
    moved = np.zeros(x.size, dtype=bool)
    if lost.size and exposure.pieces.x.size:
        tree = cKDTree(np.column_stack((exposure.pieces.x, exposure.pieces.y)))
        gap, piece = tree.query(np.column_stack((x[lost], y[lost])), distance_upper_bound=reach)
        held = np.isfinite(gap)
        at[lost[held]] = find(exposure.key, exposure.pieces.key[piece[held]])
        moved[lost[held]] = True
    return at, moved
