"""Nights before, during and after each outage, free of other outages nearby."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

PHASES = ("before", "during", "after")
_NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """
    The nights of a study.

    Parameters
    ----------
    first
        Day (since 1970) of column 0 of `phase`, shape (n,).
    phase
        Phase of each night of each outage, -1 for none; shape (n, k).
    nights
        Nights in each phase, shape (n, 3).
    """

    first: NDArray[np.int64]
    phase: NDArray[np.int8]
    nights: NDArray[np.float64]

    def phase_of(self, place: NDArray[np.intp], night: NDArray[np.int64]) -> NDArray[np.int8]:
        """
        Look up phases.

        Parameters
        ----------
        place
            Positions of outages, shape (m,).
        night
            Days since 1970, shape (m,).

        Returns
        -------
        ndarray
            -1, or the position in `PHASES`; shape (m,).
        """
        column = night - self.first[place]
        inside = (column >= 0) & (column < self.phase.shape[1])
        out = np.full(place.size, _NONE, np.int8)
        out[inside] = self.phase[place[inside], column[inside]]
        return out


def windows(outages: GeoDataFrame, *, params: Any) -> Windows:
    """
    Lay out the nights of each outage.

    Parameters
    ----------
    outages
        Points with ``reported`` and ``mended`` (local dates), shape (n,).
    params
        A `StudyParams`.

    Returns
    -------
    Windows
        Before and after are as many nights as the outage lasted, at most `compare_nights`, less
        those that another outage within `ring_m` covers. Outages too short, too long or without
        both dates have no nights.

    Raises
    ------
    AnalysisError
        If a lamp was mended before it was reported.
    """
    start, end = (_days(outages[name]) for name in ("reported", "mended"))
    told = (start != _MISSING) & (end != _MISSING)
    if bool((end[told] < start[told]).any()):
        msg = "an outage ends before it begins."
        raise AnalysisError(msg, found=int((end[told] < start[told]).sum()),
                            fix="check that the two dates are not swapped")  # fmt: skip
    length = np.where(told, end - start, 0)
    used = told & (length >= params.fewest_nights) & (length <= params.most_nights)
    most, lag = params.compare_nights, params.lag_nights
    first = np.where(used, start - lag - most, 0)
    width = 2 * most + 2 * lag + params.most_nights
    day = np.arange(width)[None, :] - (lag + most)  # nights since the report
    span = np.minimum(length, most)[:, None]
    last = length[:, None]
    phase = np.full((len(outages), width), _NONE, np.int8)
    phase[(day >= -lag - span) & (day < -lag)] = 0
    phase[(day >= 0) & (day < last)] = 1
    phase[(day >= last) & (day < last + span)] = 2
    phase[~used] = _NONE
    known = np.flatnonzero(told)
    _leave_out(phase, outages, first, (start[known], end[known], known), params=params)
    nights = np.stack([(phase == k).sum(axis=1) for k in range(3)], axis=1).astype(float)
    return Windows(first, phase, nights)


_MISSING = np.iinfo(np.int64).min


def _days(dates: pd.Series) -> NDArray[np.int64]:
    """Days since 1970; a missing date is the smallest number."""
    return np.asarray(pd.to_datetime(dates).to_numpy("datetime64[D]").astype(np.int64))


def _leave_out(
    phase: NDArray[np.int8],
    outages: GeoDataFrame,
    first: NDArray[np.int64],
    others: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]],
    *,
    params: Any,
) -> None:
    """Take lit nights out of `phase` that another outage nearby makes dark."""
    from scipy.spatial import cKDTree

    begun, ended, known = others
    xy = np.column_stack((outages.geometry.x, outages.geometry.y))
    if len(known) == 0:
        return
    near: Any = cKDTree(xy).sparse_distance_matrix(
        cKDTree(xy[known]), params.ring_m, output_type="ndarray"
    )
    both = np.column_stack((near["i"], near["j"]))
    both = both[both[:, 0] != known[both[:, 1]]]
    day = np.arange(phase.shape[1])
    for at in range(0, len(both), 20_000):
        mine, other = both[at : at + 20_000].T
        when = first[mine][:, None] + day[None, :]
        covered = (when >= (begun[other] - params.lag_nights)[:, None]) & (
            when < ended[other][:, None]
        )
        row, column = np.nonzero(covered)
        lit = phase[mine[row], column] != 1
        phase[mine[row[lit]], column[lit]] = _NONE
