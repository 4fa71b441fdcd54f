"""No single voice may make a place: anonymous reports are capped, one actor's share is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.grid import Grid

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PLACE_M = 150.0
ANONYMOUS_A_DAY = 1.0
"""What anonymous reports of one place and day weigh together, at most."""
MOST_SHARE = 0.5
"""What one actor may be of a place's evidence before the rest is not counted."""
_NAMED_LEAST = 0.5


def evidence_weight(rows: pd.DataFrame, *, day: Floats) -> Floats:
    """
    Weigh incidents as evidence: anonymous ones of a place and day weigh at most one together.

    Where most rows up to that day name no actor (a register that has no such column) nothing
    is anonymous in that sense, and the row keeps its weight. What comes later is not asked.

    Parameters
    ----------
    rows
        From `geo.hotspots.context.countable`: ``x``, ``y``, ``count``, ``actor``.
    day
        The operative day of each, any whole numbers, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n,), never above ``count``.
    """
    weight = rows["count"].to_numpy(dtype=float).copy()
    unnamed = (rows["actor"].fillna("") == "").to_numpy(dtype=bool)
    days, when = np.unique(day, return_inverse=True)
    so_far = np.cumsum(np.bincount(when, unnamed, days.size)) / np.cumsum(np.bincount(when))
    unnamed = unnamed & (so_far[when] <= 1 - _NAMED_LEAST)
    if not unnamed.any():
        return np.asarray(weight, dtype=np.float64)
    key = Grid(PLACE_M).keys(rows["x"].to_numpy(float), rows["y"].to_numpy(float))
    both = np.column_stack((key, when))[unnamed]
    _, group = np.unique(both, axis=0, return_inverse=True)
    total = np.bincount(group.ravel(), weight[unnamed])
    weight[unnamed] *= np.minimum(1.0, ANONYMOUS_A_DAY / np.maximum(total, 1e-12))[group.ravel()]
    return np.asarray(weight, dtype=np.float64)


def one_voice(sources: Any) -> dict[str, Any]:
    """
    Tell how much of a place's evidence comes from one actor, and cap it.

    Parameters
    ----------
    sources
        The place's ``sources``: a list of ``actor`` and ``n``; None when not known.

    Returns
    -------
    dict
        ``actor`` (the largest), ``share``, ``n``, ``n_capped`` (the largest actor counted as
        at most half of the evidence) and ``one_sided`` (whether the cap took anything).

    Examples
    --------
    >>> one_voice([{"actor": "A", "n": 9}, {"actor": "B", "n": 3}])["n_capped"]
    6.0
    """
    told = [(str(row.get("actor") or ""), float(row.get("n") or 0)) for row in sources or []]
    n = sum(count for _, count in told)
    if n <= 0:
        return {"actor": None, "share": None, "n": 0.0, "n_capped": 0.0, "one_sided": False}
    actor, most = max(told, key=lambda row: (row[1], row[0]))
    rest = n - most
    capped = rest + min(most, rest * MOST_SHARE / (1 - MOST_SHARE))
    return {
        "actor": actor or None, "share": most / n, "n": n, "n_capped": capped,
        "one_sided": capped < n,
    }  # fmt: skip
