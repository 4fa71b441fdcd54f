"""The prospective scan: what happens just now beyond what place and time usually have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError
from geo.hotspots.scan_statistic import REPLICATES, Cluster, circles, llr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def scan_recent(
    x: ArrayLike,
    y: ArrayLike,
    unit: ArrayLike,
    age_days: ArrayLike,
    *,
    radii_m: Sequence[float],
    spells_days: Sequence[float],
    rng: np.random.Generator,
    replicates: int = REPLICATES,
) -> list[Cluster]:
    """
    Find circles with unusually much just now, given what place and time usually have.

    A space-time permutation: places keep how much they have in all, days keep theirs, and
    only the meeting of the two is tested. A busy square is no alarm, and neither is a busy
    week everywhere.

    Parameters
    ----------
    x, y
        Middles of the units, metres, shape (n,).
    unit
        Row position of each incident's unit, shape (m,).
    age_days
        Days from each incident to now, >= 0, shape (m,).
    radii_m
        Radii tried round each middle.
    spells_days
        Lengths of the spell that ends now; each shorter than the data.
    rng
        Draws the shuffles of the ages.
    replicates
        How many.

    Returns
    -------
    list of Cluster
        Clear of each other, strongest first; `p` is of the strongest in each shuffle, so it
        allows for all circles and spells tried.

    Raises
    ------
    AnalysisError
        If an age is missing or below 0.

    References
    ----------
    .. [1] Kulldorff, M., Heffernan, R., Hartman, J., Assuncao, R. and Mostashari, F. (2005).
       A space-time permutation scan statistic for disease outbreak detection. PLoS Medicine
       2(3), e59. doi:10.1371/journal.pmed.0020059
    """
    east, north = np.asarray(x, np.float64), np.asarray(y, np.float64)
    place, age = np.asarray(unit, np.int64), np.asarray(age_days, np.float64)
    if not np.isfinite(age).all() or (age < 0).any():
        msg = "the scan needs the age of every incident, from 0 days up."
        raise AnalysisError(msg, fix="leave undated and later incidents out")
    if age.size == 0:
        return []
    zones = circles(east, north, radii_m=radii_m)
    limit = np.asarray(spells_days, np.float64)
    total = float(age.size)
    in_spell = (age[:, None] < limit).sum(axis=0).astype(np.float64)
    everything = zones @ np.bincount(place, minlength=east.size).astype(np.float64)
    mean = everything[:, None] * in_spell[None, :] / total

    def inside(ages: Floats) -> Floats:
        held = np.empty((east.size, limit.size))
        for k, days in enumerate(limit):
            held[:, k] = np.bincount(place[ages < days], minlength=east.size)
        out: Floats = zones @ held
        return out

    count = inside(age)
    found = llr(count, mean, total)
    top = np.asarray([llr(inside(rng.permutation(age)), mean, total).max() for _ in
                      range(replicates)])  # fmt: skip
    out, taken = [], np.zeros(east.size, bool)
    for flat in np.argsort(-np.round(found, 9), axis=None, kind="stable"):
        zone, spell = divmod(int(flat), limit.size)
        value = float(found[zone, spell])
        if value <= 0:
            break
        units = zones.indices[zones.indptr[zone] : zones.indptr[zone + 1]]
        if taken[units].any():
            continue
        taken[units] = True
        middle, radius = zone % east.size, radii_m[zone // east.size]
        p = (1 + int((top >= value - 1e-9).sum())) / (replicates + 1)
        out.append(
            Cluster(float(east[middle]), float(north[middle]), float(radius), float(limit[spell]),
                    float(count[zone, spell]), float(mean[zone, spell]), value, p)
        )  # fmt: skip
    return out
