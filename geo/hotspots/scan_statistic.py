"""The scan statistic: the circle, or circle and spell of late, that is least like chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

REPLICATES = 999
_SOME = 32


@dataclass(frozen=True, slots=True)
class Cluster:
    """
    One cluster of a scan.

    Parameters
    ----------
    x, y, radius_m
        The circle, metres.
    days
        Length of the spell that ends now; None for a scan of place alone.
    n, expected
        Incidents in it, and how many chance would put there.
    llr
        Log-likelihood ratio.
    p
        Share of the made-up data sets whose strongest cluster is at least as strong,
        the real one included.
    """

    x: float
    y: float
    radius_m: float
    days: float | None
    n: float
    expected: float
    llr: float
    p: float

    def recurrence_days(self, *, every_days: float) -> float:
        """
        Say how long one would wait for chance to bring an alarm as strong.

        Parameters
        ----------
        every_days
            Days between two scans.

        Returns
        -------
        float
            ``every_days / p``; with 999 made-up data sets at most 1 000 times the pace.
        """
        return every_days / self.p


def llr(n: ArrayLike, expected: ArrayLike, total: ArrayLike) -> Floats:
    """
    Compare inside with outside: Kulldorff's Poisson log-likelihood ratio for more than expected.

    Parameters
    ----------
    n, expected
        Incidents inside, and expected there given the total, any shape.
    total
        Incidents in all.

    Returns
    -------
    numpy.ndarray
        ``n ln(n/E) + (N - n) ln((N - n)/(N - E))`` where n > E, else 0.

    References
    ----------
    .. [1] Kulldorff, M. (1997). A spatial scan statistic. Communications in Statistics 26(6),
       1481-1496. doi:10.1080/03610929708831995

    Examples
    --------
    >>> llr([3, 4, 1], [0.42, 0.96, 2.0], 100).round(6).tolist()
    [3.352053, 2.715606, 0.0]
    """
    from scipy.special import xlogy

    c, mean, whole = np.broadcast_arrays(*(np.asarray(v, np.float64) for v in (n, expected, total)))
    out = np.zeros(c.shape)
    more = (c > mean) & (mean > 0)
    c, mean, whole = c[more], mean[more], whole[more]
    rest, rest_mean = whole - c, whole - mean
    outside = xlogy(rest, np.divide(rest, rest_mean, out=np.ones(c.shape), where=rest_mean > 0))
    out[more] = xlogy(c, c / mean) + outside
    return out


def circles(x: Floats, y: Floats, *, radii_m: Sequence[float]) -> csr_array:
    """
    List which units lie in the circle round each unit, for each radius.

    Parameters
    ----------
    x, y
        Middles of the units, metres, shape (n,).
    radii_m
        Radii, metres.

    Returns
    -------
    scipy.sparse.csr_array
        Ones where inside, shape (n * radii, n); radius by radius.
    """
    from scipy.sparse import csr_array, vstack
    from scipy.spatial import KDTree

    tree, own = KDTree(np.column_stack((x, y))), np.arange(x.size)
    parts = []
    for radius in radii_m:
        pair = tree.query_pairs(radius * (1 + 1e-12), output_type="ndarray")
        row = np.concatenate((pair[:, 0], pair[:, 1], own))
        column = np.concatenate((pair[:, 1], pair[:, 0], own))
        parts.append(csr_array((np.ones(row.size), (row, column)), shape=(x.size, x.size)))
    return csr_array(vstack(parts, format="csr"))


def scan_circles(
    x: ArrayLike,
    y: ArrayLike,
    n: ArrayLike,
    expected: ArrayLike,
    *,
    radii_m: Sequence[float],
    rng: np.random.Generator,
    replicates: int = REPLICATES,
    at_most: float = 0.5,
) -> list[Cluster]:
    """
    Find circles that hold more than expected, strongest first.

    Parameters
    ----------
    x, y
        Middles of the units, metres, shape (n,).
    n
        Incidents in each, whole numbers.
    expected
        What each would have, any scale.
    radii_m
        Radii tried round each middle.
    rng
        Draws the made-up data sets: the same total spread by `expected`.
    replicates
        How many.
    at_most
        Largest share of what is expected that a circle may hold.

    Returns
    -------
    list of Cluster
        Clear of each other (no unit in two), all with n > expected; empty without any.

    Raises
    ------
    AnalysisError
        If the shapes differ, or nothing is expected.
    """
    east, north, count = (np.asarray(v, np.float64) for v in (x, y, n))
    share = _share(np.asarray(expected, np.float64), like=count)
    total = float(count.sum())
    if total == 0:
        return []
    zones = circles(east, north, radii_m=radii_m)
    part = zones @ share
    usable = part <= at_most
    mean = part * total
    found = np.where(usable, llr(zones @ count, mean, total), 0.0)
    top = np.empty(replicates)
    for start in range(0, replicates, _SOME):
        size = min(_SOME, replicates - start)
        drawn = rng.multinomial(round(total), share, size=size).T.astype(np.float64)
        value = llr(zones @ drawn, mean[:, None], total)
        top[start : start + size] = np.where(usable[:, None], value, 0.0).max(axis=0)
    inside = zones @ count
    out, taken = [], np.zeros(east.size, bool)
    for at in np.argsort(-np.round(found, 9), kind="stable"):
        if found[at] <= 0:
            break
        units = zones.indices[zones.indptr[at] : zones.indptr[at + 1]]
        if taken[units].any():
            continue
        taken[units] = True
        middle, radius = at % east.size, radii_m[at // east.size]
        p = (1 + int((top >= found[at] - 1e-9).sum())) / (replicates + 1)
        out.append(
            Cluster(float(east[middle]), float(north[middle]), float(radius), None,
                    float(inside[at]), float(mean[at]), float(found[at]), p)
        )  # fmt: skip
    return out


def _share(expected: Floats, *, like: Floats) -> Floats:
    """Read what is expected as shares that sum to one."""
    sane = expected.shape == like.shape and np.isfinite(expected).all() and (expected >= 0).all()
    if not sane or expected.sum() <= 0:
        msg = "what is expected must be a number from 0 up for each unit, not all 0."
        raise AnalysisError(msg, fix="count the cells with `count_cells`, which gives both")
    return np.asarray(expected / expected.sum())
