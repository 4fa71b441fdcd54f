"""Dark stretches by lux: runs below a threshold, how long, how dark and how uneven."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.lighting.dark_stretches import find_runs
from geo.lighting.placement import DEFAULTS, LightParams
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

COLUMNS = ("first", "last", "group", "length_m", "mean_lx", "min_lx", "uniformity", "deficit_lxm")


def thresholds_lx() -> tuple[float, float]:
    """
    Give the two levels that stretches are judged by.

    Returns
    -------
    tuple of float
        The minimum of the class, and what people need to feel at ease; lux.
    """
    table = lighting_table("classes")["thresholds"]
    return float(table["minimum_lx"]["value"]), float(table["reassurance_lx"]["value"])


def lux_runs(
    lux: ArrayLike,
    *,
    piece_m: ArrayLike,
    group: ArrayLike,
    threshold_lx: float,
    known: ArrayLike | None = None,
    params: LightParams = DEFAULTS,
) -> pd.DataFrame:
    """
    Find the runs of street that are darker than a threshold.

    Parameters
    ----------
    lux
        Light at each piece, shape (n,), in order along each group.
    piece_m
        Length of each piece in metres, shape (n,).
    group
        What a run may not cross, shape (n,).
    threshold_lx
        Below this it is dark.
    known
        Whether lamps are inventoried there, shape (n,); what is not known is
        never dark, and parts a run. None: all is known.
    params
        Shortest run, and longest lit gap inside one.

    Returns
    -------
    DataFrame
        One row a run: `COLUMNS`. ``deficit_lxm`` is what is missing, lux times
        metres; ``uniformity`` least over mean.

    Examples
    --------
    >>> lux = [3, 3, .5, .4, .3, 2, .6, 3, .2, .2, .2, .2, 4]
    >>> found = lux_runs(lux, piece_m=[5] * 13, group=[0] * 13, threshold_lx=1.0)
    >>> found[["first", "last", "length_m", "deficit_lxm"]].round(2).values.tolist()
    [[2.0, 11.0, 50.0, 27.0]]
    """
    light, length = np.asarray(lux, float), np.asarray(piece_m, float)
    names = np.asarray(group)
    sure = np.ones(light.size, bool) if known is None else np.asarray(known, bool)
    part = np.cumsum(~sure)
    code, _ = pd.factorize(names)
    block = code * (part.max(initial=0) + 1) + part
    runs = find_runs(
        (light < threshold_lx) & sure,
        piece_m=length,
        group=block,
        max_gap_m=params.max_gap_m,
        min_run_m=params.min_run_m,
    )
    rows = []
    for first, last in runs:
        here, metres = light[first : last + 1], length[first : last + 1]
        mean = float((here * metres).sum() / metres.sum())
        least = float(here.min())
        missing = float((np.maximum(threshold_lx - here, 0.0) * metres).sum())
        even = least / mean if mean > 0 else 0.0
        rows.append((first, last, names[first], float(metres.sum()), mean, least, even, missing))
    return pd.DataFrame(rows, columns=list(COLUMNS))
