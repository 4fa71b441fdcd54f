"""DBSCAN on collapsed coordinates: where points crowd, without saying that it is unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def dbscan(
    x: ArrayLike,
    y: ArrayLike,
    *,
    reach_m: float,
    least: int,
    weights: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """
    Label the points that crowd together.

    Rows on one coordinate are collapsed to one weighted point first, which
    gives the same partition [1]_ and bounded memory where addresses repeat.

    Parameters
    ----------
    x, y
        Coordinates, metres, shape (n,).
    reach_m
        Largest distance between neighbours, metres.
    least
        Smallest weight within reach of a core point, itself included.
    weights
        Weight of each row, shape (n,); 1 when left out.

    Returns
    -------
    numpy.ndarray
        Cluster of each row, numbered from 0 by the cluster's south-westernmost
        point, so that row order carries no meaning; -1 for none. Shape (n,).

    Raises
    ------
    AnalysisError
        If reach or least is not above 0, or a coordinate is no number.

    References
    ----------
    .. [1] Ester, M., Kriegel, H.-P., Sander, J. and Xu, X. (1996). A
       Density-Based Algorithm for Discovering Clusters. KDD-96, 226-231.
    """
    points = np.column_stack([np.asarray(x, float), np.asarray(y, float)])
    if not (reach_m > 0 and least > 0) or not np.isfinite(points).all():
        msg = "DBSCAN needs coordinates, a reach and a least weight above 0."
        raise AnalysisError(msg, reach_m=reach_m, least=least, fix="leave unlocated rows out")
    if not len(points):
        return np.empty(0, np.int64)
    from sklearn.cluster import DBSCAN

    unique, row = np.unique(points, axis=0, return_inverse=True)
    row = row.ravel()
    weight = np.bincount(row, None if weights is None else np.asarray(weights, float))
    found = DBSCAN(eps=reach_m, min_samples=least)
    labels = found.fit(unique, sample_weight=weight).labels_
    named = _from_south_west(np.asarray(labels, np.int64))
    return named[row]


def _from_south_west(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Renumber clusters by their first point in coordinate order; points are sorted already."""
    kept = labels >= 0
    if not kept.any():
        return labels
    first = np.full(labels.max() + 1, labels.size)
    np.minimum.at(first, labels[kept], np.flatnonzero(kept))
    number = np.empty_like(first)
    number[np.argsort(first, kind="stable")] = np.arange(first.size)
    out = labels.copy()
    out[kept] = number[labels[kept]]
    return out
