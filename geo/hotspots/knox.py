"""Near repeats: whether incidents follow each other in place and time more than by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.errors import AnalysisError
from geo.hotspots.pairs import count_shuffled, near_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

Metric = Literal["euclidean", "manhattan"]
PERMUTATIONS = 999
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True, eq=False)
class KnoxTable:
    """
    Pairs of incidents by how far apart they are in space and in time.

    Parameters
    ----------
    observed
        Pairs in each band, shape (space bands, time bands).
    expected
        Their mean over every order the times could have had, same shape.
    ratio
        Observed over expected; NaN where nothing is expected.
    p
        Share of the drawn orders with at least as many pairs, the real one included.
    space_m, time_days
        Edges of the bands, half-open: a band holds its lower edge and not its upper.
    n
        Incidents.
    permutations
        Orders drawn.
    """

    observed: Ints
    expected: Floats
    ratio: Floats
    p: Floats
    space_m: Floats
    time_days: Floats
    n: int
    permutations: int


def knox(
    x: ArrayLike,
    y: ArrayLike,
    days: ArrayLike,
    *,
    space_m: Sequence[float],
    time_days: Sequence[float],
    rng: np.random.Generator,
    metric: Metric = "euclidean",
    permutations: int = PERMUTATIONS,
) -> KnoxTable:
    """
    Count pairs by band of distance and of time, beside what shuffled times would give.

    Parameters
    ----------
    x, y
        Positions, metres, shape (n,).
    days
        Moments in days from any start, shape (n,); fractions are kept.
    space_m
        Rising edges of the bands of distance, metres.
    time_days
        Rising edges of the bands of time, days.
    rng
        Draws the orders.
    metric
        Straight lines, or along the axes as blocks of streets are walked.
    permutations
        Orders of the times drawn; 0 leaves `p` missing.

    Returns
    -------
    KnoxTable
        Nothing is missing from it: pairs farther apart than the last edges are in no band.

    Raises
    ------
    AnalysisError
        If there are fewer than two incidents, a number is missing, or edges do not rise.

    Notes
    -----
    The mean over all orders needs no drawing: every pair of times is equally likely to fall
    on every pair of places, so it is the product of the two margins over all pairs. Bands
    here mean what they say; the Near Repeat Calculator's "a to b" is [a - 1, b).

    References
    ----------
    .. [1] Knox, E. G. (1964). The Detection of Space-Time Interactions. Applied Statistics
       13(1), 25-29. doi:10.2307/2985220
    .. [2] Townsley, M., Homel, R. and Chaseling, J. (2003). Infectious Burglaries. British
       Journal of Criminology 43(3), 615-633. doi:10.1093/bjc/43.3.615
    """
    east, north, when = (np.asarray(v, np.float64) for v in (x, y, days))
    edges_m, edges_d = _edges(space_m, "space_m"), _edges(time_days, "time_days")
    _check(east, north, when)
    i, j, band = near_pairs(east, north, edges_m=edges_m, metric=metric)
    n, bands_m, bands_d = east.size, edges_m.size - 1, edges_d.size - 1
    shape = (bands_m, bands_d)
    observed = count_shuffled(when[None, :], i, j, band, edges=edges_d, bands=bands_m)[0]
    margin_m = np.bincount(band, minlength=bands_m).astype(np.float64)
    margin_d = pairs_in_time(when, edges=edges_d)
    expected = np.outer(margin_m, margin_d) / (n * (n - 1) / 2)
    beaten, left = np.zeros(shape, np.int64), permutations
    while left > 0:
        some = min(left, 64)
        orders = rng.permuted(np.broadcast_to(when, (some, n)), axis=1)
        drawn = count_shuffled(orders, i, j, band, edges=edges_d, bands=bands_m)
        beaten += (drawn >= observed).sum(axis=0)
        left -= some
    p = (beaten + 1) / (permutations + 1) if permutations else np.full(shape, np.nan)
    ratio = np.divide(observed, expected, out=np.full(shape, np.nan), where=expected > 0)
    return KnoxTable(observed, expected, ratio, p, edges_m, edges_d, n, permutations)


def pairs_in_time(days: ArrayLike, *, edges: ArrayLike) -> Floats:
    """
    Count the pairs of moments in each band, without making the pairs.

    Parameters
    ----------
    days
        Moments, days, shape (n,).
    edges
        Rising edges of the bands, days, shape (k + 1,), the first at least 0.

    Returns
    -------
    numpy.ndarray
        Pairs in each half-open band, shape (k,).

    Examples
    --------
    >>> pairs_in_time([0.0, 1.0, 3.0], edges=[0, 2, 4]).tolist()
    [1.0, 2.0]
    """
    when, borders = np.sort(np.asarray(days, np.float64)), np.asarray(edges, np.float64)
    # Pairs nearer than a border; the difference itself is compared, as for the pairs in space.
    nearer = np.zeros(borders.size)
    for k, border in enumerate(borders):
        end = np.searchsorted(when, when + border, side="left")
        own = np.arange(when.size)
        while True:  # rounding of when + border against when[j] - when[i]
            over = np.minimum(end, when.size - 1)
            more = (end < when.size) & (when[over] - when < border)
            if not more.any():
                break
            end = end + more
        while True:
            back = np.maximum(end - 1, 0)
            less = (end - 1 > own) & (when[back] - when >= border)
            if not less.any():
                break
            end = end - less
        nearer[k] = np.maximum(end - own - 1, 0).sum()
    return np.diff(nearer)


def _edges(values: Sequence[float], name: str) -> Floats:
    """Read the edges of bands; refuse what does not rise."""
    edges = np.asarray(values, np.float64)
    rising = edges.ndim == 1 and edges.size > 1 and bool((np.diff(edges) > 0).all())
    if not rising or edges[0] < 0 or not np.isfinite(edges).all():
        msg = f"{name} must be rising edges from 0 up, at least two."
        raise AnalysisError(msg, found=edges.tolist(), fix="give for example 0, 100, 200, 400")
    return edges


def _check(x: Floats, y: Floats, days: Floats) -> None:
    """Refuse what no pair can be made of."""
    if not (x.shape == y.shape == days.shape) or x.size < _LEAST_ROWS:
        msg = "near repeats need at least two incidents with place and time."
        raise AnalysisError(msg, found=int(x.size), fix="load more incidents, or a longer period")
    if not (np.isfinite(x) & np.isfinite(y) & np.isfinite(days)).all():
        msg = "a place or a time is missing."
        raise AnalysisError(msg, fix="leave rows without place or time out first")
