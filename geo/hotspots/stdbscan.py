"""Groups dense in place and in time at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def st_dbscan(
    x: ArrayLike, y: ArrayLike, days: ArrayLike, *, reach_m: float, reach_days: float, least: int
) -> NDArray[np.int64]:
    """
    Label incidents that crowd together in place and time.

    Parameters
    ----------
    x, y
        Positions, metres, shape (n,).
    days
        Moments, days from any start, shape (n,).
    reach_m, reach_days
        Neighbours lie within both, limits included.
    least
        Smallest number of neighbours of a core incident, itself included.

    Returns
    -------
    numpy.ndarray
        Group of each row, numbered by its first moment (then west, south); -1 for none.

    Raises
    ------
    AnalysisError
        If a reach or the least is not above 0, or a number is missing.

    References
    ----------
    .. [1] Birant, D. and Kut, A. (2007). ST-DBSCAN: An algorithm for clustering spatial-
       temporal data. Data & Knowledge Engineering 60(1), 208-221.
       doi:10.1016/j.datak.2006.01.013
    """
    from scipy.sparse import csr_array
    from scipy.spatial import KDTree
    from sklearn.cluster import DBSCAN

    points = np.column_stack([np.asarray(v, np.float64) for v in (x, y)])
    when = np.asarray(days, np.float64)
    sane = np.isfinite(points).all() and np.isfinite(when).all()
    if not (reach_m > 0 and reach_days > 0 and least > 0 and sane):
        msg = "ST-DBSCAN needs places, times, and reaches above 0."
        raise AnalysisError(
            msg, reach_m=reach_m, reach_days=reach_days, least=least,
            fix="leave unlocated and undated rows out",
        )  # fmt: skip
    n = len(points)
    if not n:
        return np.empty(0, np.int64)
    # The larger of the two scaled gaps is a distance: both limits hold exactly when it is <= 1.
    # A tree over place finds the pairs; time then thins them.
    near = KDTree(points).query_pairs(reach_m * (1 + 1e-12), output_type="ndarray")
    near = near[np.abs(when[near[:, 0]] - when[near[:, 1]]) <= reach_days]
    own = np.arange(n)
    row = np.concatenate((near[:, 0], near[:, 1], own))
    column = np.concatenate((near[:, 1], near[:, 0], own))
    graph = csr_array((np.full(row.size, 0.5), (row, column)), shape=(n, n))
    label = DBSCAN(eps=1.0, min_samples=least, metric="precomputed").fit(graph).labels_
    return _by_first(label.astype(np.int64), np.column_stack((when, points)))


def hdbscan(
    x: ArrayLike, y: ArrayLike, *, smallest: int, least: int | None = None, floor_m: float = 0.0
) -> NDArray[np.int64]:
    """
    Label groups of different density.

    Parameters
    ----------
    x, y
        Positions, metres, shape (n,).
    smallest
        Fewest incidents that make a group.
    least
        Neighbours that make a point dense, itself included, `smallest` when left out; tools
        that do not count the point itself write one less.
    floor_m
        Groups closer together than this are not told apart.

    Returns
    -------
    numpy.ndarray
        Group of each row, numbered from the south-west; -1 for none.

    Raises
    ------
    AnalysisError
        If a number is missing or `smallest` is under 2.

    Notes
    -----
    Rows are given as they are: weights in place of repeated addresses change the answer.
    One single group is allowed.

    References
    ----------
    .. [1] Campello, R. J. G. B., Moulavi, D. and Sander, J. (2013). Density-based clustering
       based on hierarchical density estimates. PAKDD 2013, 160-172.
       doi:10.1007/978-3-642-37456-2_14
    """
    from sklearn.cluster import HDBSCAN

    points = np.column_stack([np.asarray(v, np.float64) for v in (x, y)])
    if smallest < 2 or not np.isfinite(points).all():
        msg = "HDBSCAN needs places, and groups of two or more."
        raise AnalysisError(msg, smallest=smallest, fix="leave unlocated rows out")
    if len(points) < max(smallest, least or 0):
        return np.full(len(points), -1, np.int64)
    order = np.lexsort((points[:, 0], points[:, 1]))  # ties in the tree must not follow row order
    found = HDBSCAN(
        min_cluster_size=smallest, min_samples=least, cluster_selection_epsilon=floor_m,
        allow_single_cluster=True, copy=True,
    ).fit(points[order])  # fmt: skip
    label = np.empty(len(points), np.int64)
    label[order] = found.labels_
    return _by_first(label, points)


def _by_first(label: NDArray[np.int64], keys: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give groups numbers by their first row in order of the keys, whatever the row order."""
    order = np.lexsort(keys.T[::-1])
    seen, first = np.unique(label[order], return_index=True)
    groups = seen[np.argsort(first, kind="stable")]
    groups = groups[groups >= 0]
    new = np.full(int(label.max(initial=-1)) + 2, -1, np.int64)
    new[groups] = np.arange(groups.size)
    return np.asarray(np.where(label >= 0, new[label], -1))
