"""Gi*: neighbourhoods with more than their share, by the exact tail and not by z."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError
from geo.intervals import benjamini_hochberg, beta_binomial_tail
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]


def gi_star(
    cells: GeoDataFrame, *, radius_m: float, spread: float = 0.0, alpha: float = 0.05
) -> GeoDataFrame:
    """
    Test every cell's neighbourhood against its expected share of the total.

    Parameters
    ----------
    cells
        One row per cell, shape (n,), in a metric CRS, with ``n_events`` (>= 0)
        and, where cells are not alike, ``expected`` (>= 0, any scale).
    radius_m
        Cells whose middles lie within this many metres are neighbours; a cell
        is its own neighbour, which is what the star stands for.
    spread
        Over-dispersion rho of the beta-binomial; 0 is the binomial.
    alpha
        Accepted share of false finds among those marked, in (0, 1).

    Returns
    -------
    GeoDataFrame
        A copy of `cells`, same index and CRS, with ``lag`` (events in the
        neighbourhood), ``expected_lag`` (expected there, given the total),
        ``z`` (the score of [1]_, for comparison with other tools), ``p`` (exact
        upper tail of the lag, given the total), ``q`` (after
        Benjamini-Hochberg [2]_) and ``is_hotspot`` (q <= alpha).

    Raises
    ------
    CrsError
        If `cells` is geographic or has no CRS.
    AnalysisError
        If the radius, alpha or the counts make no sense.

    Notes
    -----
    The score with binary weights and W neighbours is ``(lag - W mean) / (S
    sqrt((n W - W^2) / (n - 1)))``, S the population standard deviation. Its
    normal tail invents hotspots on small counts, so it decides nothing here.
    Where it is 0/0, as on an even field, z is 0.

    References
    ----------
    .. [1] Ord, J. K. and Getis, A. (1995). Local Spatial Autocorrelation
       Statistics. Geographical Analysis 27(4), 286-306.
       doi:10.1111/j.1538-4632.1995.tb00912.x
    .. [2] Benjamini, Y. and Hochberg, Y. (1995). Controlling the False
       Discovery Rate. JRSS B 57(1), 289-300.
       doi:10.1111/j.2517-6161.1995.tb02031.x
    """
    require_metres(cells, name="cells")
    x, share = _checked(cells, radius_m=radius_m, alpha=alpha)
    if x.size == 0:
        empty = np.empty(0)
        return cells.assign(
            lag=empty, expected_lag=empty, z=empty, p=empty, q=empty, is_hotspot=empty.astype(bool)
        )
    near = neighbours(cells, radius_m=radius_m)
    lag, part = near @ x, np.minimum(near @ share, 1.0)
    total = float(x.sum())
    p = beta_binomial_tail(np.round(lag), round(total), part, spread)
    q = benjamini_hochberg(p)
    return cells.assign(
        lag=lag,
        expected_lag=part * total,
        z=_score(x, lag, near.sum(axis=1)),
        p=p,
        q=q,
        is_hotspot=(q <= alpha) & (lag > 0),
    )


def neighbours(cells: GeoDataFrame, *, radius_m: float) -> csr_array:
    """
    Find which cells lie within reach of each other.

    Parameters
    ----------
    cells
        Cells in metres, shape (n,).
    radius_m
        Reach between their middles, metres.

    Returns
    -------
    scipy.sparse.csr_array
        Ones where neighbours, the diagonal included, shape (n, n).
    """
    from scipy.sparse import csr_array
    from scipy.spatial import KDTree

    middle = cells.geometry.centroid.get_coordinates().to_numpy()
    pairs = KDTree(middle).query_pairs(radius_m * (1 + 1e-12), output_type="ndarray")
    n = len(cells)
    own = np.arange(n)
    row = np.concatenate([pairs[:, 0], pairs[:, 1], own])
    column = np.concatenate([pairs[:, 1], pairs[:, 0], own])
    return csr_array((np.ones(row.size), (row, column)), shape=(n, n))


def _checked(cells: GeoDataFrame, *, radius_m: float, alpha: float) -> tuple[Floats, Floats]:
    """Read counts and expected shares; refuse what cannot be tested."""
    if not (radius_m > 0 and 0 < alpha < 1):
        msg = "Gi* needs a radius above 0 and an alpha between 0 and 1."
        raise AnalysisError(msg, radius_m=radius_m, alpha=alpha, fix="give both inside their range")
    x = cells["n_events"].to_numpy(float)
    expected = cells["expected"].to_numpy(float) if "expected" in cells else np.ones(x.size)
    sane = np.isfinite(x).all() and np.isfinite(expected).all()
    if not sane or (x < 0).any() or (expected < 0).any() or (x.size and expected.sum() <= 0):
        msg = "counts and expected counts must be numbers from 0 up, with something expected."
        raise AnalysisError(msg, fix="count the events per cell first")
    return x, expected / expected.sum() if x.size else expected


def _score(x: Floats, lag: Floats, reach: Floats) -> Floats:
    """Standardise the lag as Ord and Getis do."""
    n, sd = x.size, x.std()
    if n < 2 or sd == 0:
        return np.zeros(n)
    width = sd * np.sqrt(np.maximum(n * reach - reach**2, 0.0) / (n - 1))
    gap = lag - reach * x.mean()
    return np.asarray(np.divide(gap, width, out=np.zeros(n), where=width > 1e-12))
