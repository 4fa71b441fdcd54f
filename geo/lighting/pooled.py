"""One odds ratio out of several clock hours; the events of a fortnight may hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.lighting.odds import FEWEST, OddsRatio

if TYPE_CHECKING:
    import pandas as pd

CASE_DARK, CASE_LIGHT, CONTROL_DARK, CONTROL_LIGHT = range(4)
_CELLS = 4


def pooled_odds(entries: pd.DataFrame) -> OddsRatio:
    """
    Pool the tables of several case hours.

    Parameters
    ----------
    entries
        One row for each table an event enters, shape (n,): ``event``, ``stratum``, ``cell``
        (`CASE_DARK` to `CONTROL_LIGHT`) and ``fortnight``, whole numbers. A control event
        may enter the tables of several case hours.

    Returns
    -------
    OddsRatio
        Mantel-Haenszel ratio. Its variance is linearised and summed by event, or by fortnight
        where that is more, so that neither a control event that serves several hours nor a bad
        fortnight passes for more evidence than it is; it is never below that of one table of the
        same distinct events. Of one stratum of unrelated events it is that of `odds_ratio`. The
        counts are of distinct events. Without ten of them in every cell the finding is
        ``too_few``; the ratio is missing where it cannot be formed.

    References
    ----------
    .. [1] Mantel, N. and Haenszel, W. (1959). Statistical aspects of the analysis of data from
       retrospective studies of disease. J. Natl. Cancer Inst. 22(4), 719-748.
    """
    stratum, cell = entries["stratum"].to_numpy(), entries["cell"].to_numpy()
    event = entries["event"].to_numpy()
    counts = tuple(int(np.unique(event[cell == k]).size) for k in range(_CELLS))
    size = int(stratum.max()) + 1 if len(entries) else 1
    table = np.bincount(stratum * _CELLS + cell, minlength=size * _CELLS).reshape(size, _CELLS)
    a, b, c, d = table.T.astype(float)
    n = np.maximum(table.sum(axis=1), 1.0)
    up, down = float((a * d / n).sum()), float((b * c / n).sum())
    if up == 0 or down == 0:
        return OddsRatio.of_log(np.nan, np.nan, counts=counts, enough=False)
    pull = np.stack([d / n / up, -c / n / down, -b / n / down, a / n / up], axis=1)
    weight = pull[stratum, cell]
    single = float((_sums(weight, event) ** 2).sum())
    by_time = _sums(weight, entries["fortnight"].to_numpy())
    clustered = float((by_time**2).sum()) * by_time.size / max(by_time.size - 1, 1)
    crude = sum(1 / count for count in counts)  # no pooling knows more than its events
    error = float(np.sqrt(max(single, clustered, crude)))
    return OddsRatio.of_log(
        float(np.log(up / down)), error, counts=counts, enough=min(counts) >= FEWEST
    )


def _sums(weight: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Sum weights by group."""
    _, group = np.unique(by, return_inverse=True)
    return np.asarray(np.bincount(group, weight))
