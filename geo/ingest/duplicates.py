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
FLAG = "near_duplicate"
_ANY = "other"
_NO_PLACE = frozenset({"stacked", "far_away"})


def group_duplicates(
    incidents: GeoDataFrame, *, near_m: float = NEAR_M, near_minutes: float = NEAR_MINUTES
) -> GeoDataFrame:
    """
    Give rows that tell the same incident a common ``duplicate_group``.

    Two rows are the same incident when they come from *different* sources, lie
    within `near_m`, begin within `near_minutes`, are of the same category (or
    one is ``other``), and each is the best match that the other's source
    offers. Three and more tellings of one incident are one group. Two rows of
    one source are two incidents: a source knows its own cases.

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
        every new group is named by the ids in it. Its rows are flagged
        ``near_duplicate``.
    """
    import numpy as np
    import pandas as pd

    placed = incidents.geometry.notna() & incidents["time_known"].fillna(False).astype(bool)  # noqa: FBT003 (the value of a row)
    doubted = incidents["flags"].map(lambda flags: not _NO_PLACE.isdisjoint(flags)).astype(bool)
    usable = (
        placed & ~doubted & incidents["occurred_from"].notna() & incidents["duplicate_group"].isna()
    )
    rows = incidents[usable].sort_values("id", kind="stable")
    if rows["source"].nunique() < 2:
        return incidents.copy()
    at = np.column_stack(
        [
            rows.geometry.x.to_numpy(float) / near_m,
            rows.geometry.y.to_numpy(float) / near_m,
            rows["occurred_from"].astype("int64").to_numpy(float) / 60e6 / near_minutes,
        ]
    )
    fitting = _candidates(at, rows)
    source = pd.factorize(rows["source"].to_numpy(str))[0].astype(np.int64)
    labels = _join(_mutual_best(fitting, at, source), fitting, source, n=len(rows))
    names = _names(rows["id"].to_numpy(str), labels)
    out = incidents.copy()
    found = pd.Series(names, index=rows.index, dtype="object").dropna()
    out.loc[found.index, "duplicate_group"] = found.astype("str")
    told = out.index.isin(found.index)
    out["flags"] = pd.Series(
        [sorted({*flags, FLAG}) if again else flags
         for flags, again in zip(out["flags"], told, strict=True)],
        index=out.index, dtype="object",
    )  # fmt: skip
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


def _mutual_best(
    pairs: NDArray[np.int64], at: NDArray[np.float64], source: NDArray[np.int64]
) -> NDArray[np.int64]:
    """
    Keep the pairs in which each row is the best the other's source offers; nearest first.

    Judged source by source, so that a third and a fourth telling of the same incident each
    find the first, whichever of them happens to lie nearest.
    """
    import numpy as np

    if not len(pairs):
        return pairs
    both = np.concatenate([pairs, pairs[:, ::-1]])
    cost = np.sqrt(((at[both[:, 0]] - at[both[:, 1]]) ** 2).sum(axis=1))
    whose = both[:, 0] * (int(source.max()) + 1) + source[both[:, 1]]
    order = np.lexsort((both[:, 1], cost, whose))
    first = np.ones(len(order), dtype=bool)
    first[1:] = whose[order][1:] != whose[order][:-1]
    best = both[order[first]]
    n = int(best.max()) + 1
    mutual = np.isin(best[:, 0] * n + best[:, 1], best[:, 1] * n + best[:, 0])
    kept = mutual & (best[:, 0] < best[:, 1])
    chosen, near = best[kept], cost[order[first]][kept]
    out: NDArray[np.int64] = chosen[np.lexsort((chosen[:, 1], chosen[:, 0], near))]
    return out


def _join(
    pairs: NDArray[np.int64], fitting: NDArray[np.int64], source: NDArray[np.int64], *, n: int
) -> NDArray[np.int64]:
    """
    Join pairs to groups; label the rows.

    A group holds at most one row of a source, and every two of its rows fit each other: a
    row of an unnamed kind does not make one incident of a theft and a noise.
    """
    import numpy as np

    fits = {(int(i), int(j)) for i, j in fitting} | {(int(j), int(i)) for i, j in fitting}
    labels = np.arange(n)
    members: dict[int, list[int]] = {}
    for i, j in pairs.tolist():
        one, other = int(labels[i]), int(labels[j])
        ours, theirs = members.get(one, [i]), members.get(other, [j])
        if one == other or not {source[k] for k in ours}.isdisjoint({source[k] for k in theirs}):
            continue
        if all((k, m) in fits for k in ours for m in theirs):
            members[one] = [*ours, *theirs]
            labels[theirs] = one
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
