"""How many incidents the next window brings in all, whatever their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.hotspots.forecast.memory import HALF_LIVES_WEEKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WARM_UP = 4
_LEAST = 0.1


def pace(totals: Floats, *, block_weeks: float) -> float:
    """
    Foretell the next block's total by a fading mean of the past ones.

    How fast it fades is chosen by the Poisson likelihood of every past block, each foretold
    from those before it.

    Parameters
    ----------
    totals
        Incidents in each past block, oldest first, shape (n,).
    block_weeks
        Length of a block, weeks.

    Returns
    -------
    float
        Incidents in the block to come; 0 without a past.
    """
    if not totals.size:
        return 0.0
    fade = 0.5 ** (block_weeks / np.asarray(HALF_LIVES_WEEKS))
    total, weight = np.zeros(fade.size), np.zeros(fade.size)
    fit = np.zeros(fade.size)
    for i, came in enumerate(totals):
        if i >= _WARM_UP:
            mean = np.maximum(total / weight, _LEAST)
            fit += came * np.log(mean) - mean
        total, weight = total * fade + came, weight * fade + 1
    best = fade.size - 1 if totals.size <= _WARM_UP else int(np.argmax(fit))
    return float(total[best] / weight[best])
