"""One incident told by several sources: rows are grouped, never deleted."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

NEAR_M = 120.0
"""Two positions with 30 m error each lie within this of one another in over 98 % of cases."""
NEAR_MINUTES = 90.0
_ANY = "other"


def group_duplicates(
    incidents: GeoDataFrame, *, near_m: float = NEAR_M, near_minutes: float = NEAR_MINUTES
) -> GeoDataFrame:
    """
    Give rows that tell the same incident a common ``duplicate_group``.

    Two rows are the same incident when they come from *different* sources, lie
    within `near_m`, begin within `near_minutes`, are of the same category (or
    one is ``other``), and each is the other's best match. Two rows of one
    source are two incidents: a source knows its own cases.

    Parameters
    ----------
    incidents
        Rows of the frame ``incidents``, shape (n,), in metres.
    near_m
        Largest distance, metres.
    near_minutes
        Largest difference in time, minutes.

    Returns
    -------
    GeoDataFrame
        A new frame, same rows; groups already given by a source are kept, and
        every new group is named by the ids in it.
    """
    import numpy as np
    import pandas as pd

    placed = incidents.geometry.notna() & incidents["time_known"].fillna(False).astype(bool)  # noqa: FBT003 (the value of a row)
    usable = placed & incidents["occurred_from"].notna() & incidents["duplicate_group"].isna()
    rows = incidents[usable].sort_values("id", kind="stable")
    if len(rows) < 2:
        return incidents.copy()
    at = np.column_stack(
        [
            rows.geometry.x.to_numpy(float) / near_m,
            rows.geometry.y.to_numpy(float) / near_m,
            rows["occurred_from"].astype("int64").to_numpy(float) / 60e6 / near_minutes,
        ]
    )
    pairs = _candidates(at, rows)
    labels = _mutual_best(pairs, at, n=len(rows))
    names = _names(rows["id"].to_numpy(str), labels)
    out = incidents.copy()
    found = pd.Series(names, index=rows.index, dtype="object").dropna()
    out.loc[found.index, "duplicate_group"] = found.astype("str")
    return out


def _candidates(at: NDArray[np.float64], rows: Any) -> NDArray[np.int64]:
    """Pairs that are near in space and time, from two sources, of kinds that fit."""
    import numpy as np
    from scipy.spatial import cKDTree

    pairs = cKDTree(at).query_pairs(np.sqrt(2.0), output_type="ndarray")
    if not len(pairs):
        return np.empty((0, 2), np.int64)
    a, b = pairs[:, 0], pairs[:, 1]
    source = rows["source"].to_numpy(str)
    category = rows["category"].to_numpy(str)
    near = np.hypot(at[a, 0] - at[b, 0], at[a, 1] - at[b, 1]) <= 1.0
    timely = np.abs(at[a, 2] - at[b, 2]) <= 1.0
    fits = (category[a] == category[b]) | (category[a] == _ANY) | (category[b] == _ANY)
    kept: NDArray[np.int64] = pairs[near & timely & fits & (source[a] != source[b])]
    return kept.astype(np.int64)


def _mutual_best(pairs: NDArray[np.int64], at: NDArray[np.float64], *, n: int) -> NDArray[np.int64]:
    """Join pairs in which each row is the other's best match; label the joined rows."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    cost = np.sqrt(((at[pairs[:, 0]] - at[pairs[:, 1]]) ** 2).sum(axis=1))
    order = np.lexsort((pairs[:, 1], pairs[:, 0], cost))
    best = np.full(n, -1, np.int64)
    for i, j in pairs[order]:
        if best[i] < 0:
            best[i] = j
        if best[j] < 0:
            best[j] = i
    mutual = [(i, j) for i, j in enumerate(best) if j > i and best[j] == i]
    if not mutual:
        return np.arange(n)
    a, b = np.array(mutual).T
    graph = coo_array((np.ones(len(a)), (a, b)), shape=(n, n))
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1]
    return labels


def _names(ids: NDArray[np.str_], labels: NDArray[np.int64]) -> list[str | None]:
    """Name every group of two or more by a hash of its ids; leave the rest unnamed."""
    members: dict[int, list[str]] = {}
    for name, label in zip(ids, labels, strict=True):
        members.setdefault(int(label), []).append(str(name))
    named = {
        label: hashlib.sha256("\n".join(sorted(group)).encode()).hexdigest()[:12]
        for label, group in members.items()
        if len(group) > 1
    }
    return [named.get(int(label)) for label in labels]
