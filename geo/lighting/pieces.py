"""Streets cut into short pieces, and the lines of the pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.lines import points_along

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_APART = 1e7  # metres; no street is so long
_SAME_M = 1e-6


def cut_pieces(
    samples: pd.DataFrame, *, piece_m: float, whole: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """
    Gather samples into pieces of street.

    Parameters
    ----------
    samples
        Those of `StreetNet.samples`, street by street in order along each,
        shape (n,).
    piece_m
        Longest piece in metres.
    whole
        Samples of streets that stay in one piece, shape (n,).

    Returns
    -------
    start, row : ndarray
        First sample of each piece, and the piece of each sample.
    """
    if len(samples) == 0:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    street = samples["street"].to_numpy()
    length = samples["piece_m"].groupby(street).transform("sum").to_numpy()
    count = np.where(whole, 1.0, np.maximum(np.ceil(length / piece_m), 1.0))
    order = np.minimum(np.floor(samples["chainage_m"].to_numpy() / length * count), count - 1)
    change = np.r_[True, (np.diff(street) != 0) | (np.diff(order) != 0)]
    return np.flatnonzero(change), np.cumsum(change, dtype=np.intp) - 1


def piece_lines(
    lines: NDArray[np.object_], *, of: NDArray[np.intp], start_m: Floats, end_m: Floats
) -> NDArray[np.object_]:
    """
    Draw pieces of lines, all at once.

    Parameters
    ----------
    lines
        Shapely lines, shape (k,).
    of
        The line of each piece, rising, shape (n,).
    start_m, end_m
        Where along it the piece starts and ends, rising within a line.

    Returns
    -------
    ndarray
        Lines, shape (n,).
    """
    import shapely

    if of.size == 0:
        return np.empty(0, object)
    xy, line = shapely.get_coordinates(lines, return_index=True)
    step = np.r_[0.0, np.hypot(*np.diff(xy, axis=0).T)]
    step[np.r_[True, np.diff(line) != 0]] = 0.0
    total = np.cumsum(step)
    first = np.r_[True, np.diff(line) != 0]
    along = total - total[first][line - line[0]]
    piece = np.searchsorted(of * _APART + start_m, line * _APART + along, side="right") - 1
    piece = np.clip(piece, 0, of.size - 1)
    inside = (of[piece] == line) & (along > start_m[piece] + _SAME_M)
    inside &= along < end_m[piece] - _SAME_M
    ends = [points_along(lines, of=of, along_m=at) for at in (start_m, end_m)]
    index = np.r_[np.arange(of.size), piece[inside], np.arange(of.size)]
    at = np.r_[start_m, along[inside], end_m]
    order = np.lexsort((at, index))
    spots = np.vstack([ends[0], xy[inside], ends[1]])[order]
    return np.atleast_1d(np.asarray(shapely.linestrings(spots, indices=index[order]), object))
