"""Density along streets: a kernel that walks the network and splits at every junction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError
from geo.hotspots.kernel_sums import merged
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

BANDWIDTH_M = 150.0
LIXEL_M = 25.0
SNAP_M = 50.0
LEAST_SHARE = 1e-4
"""A branch that carries less than this share of an incident is laid down where it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """
    Streets as edges between nodes, cut into short pieces (lixels).

    Parameters
    ----------
    ends
        Node at the first and at the last coordinate of each street, shape (e, 2).
    length_m
        Length of each street, metres, shape (e,).
    first
        Number of each street's first lixel, and one past the last, shape (e + 1,).
    node_start, node_edges
        Streets that meet at node v: ``node_edges[node_start[v]:node_start[v + 1]]``, each as
        twice the street plus which end (a loop appears twice).
    """

    ends: Ints
    length_m: Floats
    first: Ints
    node_start: Ints
    node_edges: Ints

    @classmethod
    def of(cls, streets: GeoDataFrame, *, lixel_m: float = LIXEL_M) -> Network:
        """
        Join streets where their ends meet (to the centimetre) and cut them in pieces.

        Parameters
        ----------
        streets
            LineStrings in metres, shape (e,).
        lixel_m
            Longest piece, metres.

        Returns
        -------
        Network
            In the order of the rows.

        Raises
        ------
        CrsError
            If the frame is not in metres.
        AnalysisError
            If a street is no single line, or a piece has no length.
        """
        import shapely

        require_metres(streets, name="streets")
        lines = streets.geometry.to_numpy()
        single = (shapely.get_type_id(lines) == 1).all() and (shapely.length(lines) > 0).all()
        if not (lixel_m > 0 and single):
            msg = "a network needs single lines with a length, and pieces longer than 0 m."
            raise AnalysisError(msg, lixel_m=lixel_m, fix="explode multi-part streets first")
        tips = np.concatenate(
            [shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)]
        )
        _, node = np.unique(np.round(tips, 2), axis=0, return_inverse=True)
        ends = node.ravel().reshape(2, -1).T.astype(np.int64)
        length = shapely.length(lines)
        pieces = np.maximum(np.ceil(length / lixel_m), 1).astype(np.int64)
        half = np.arange(2 * len(lines), dtype=np.int64)
        order = np.argsort(ends.ravel(), kind="stable")
        start = np.concatenate(([0], np.cumsum(np.bincount(ends.ravel())))).astype(np.int64)
        return cls(ends, length, np.concatenate(([0], np.cumsum(pieces))), start, half[order])

    @property
    def lixel_m(self) -> Floats:
        """Length of each lixel, metres, shape (lixels,)."""
        pieces = np.diff(self.first)
        return np.repeat(self.length_m / pieces, pieces)


def network_density(
    network: Network,
    edge: ArrayLike,
    along_m: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    bandwidth_m: float = BANDWIDTH_M,
) -> Floats:
    """
    Spread each point over the streets within reach, by walking distance.

    Parameters
    ----------
    network
        The streets.
    edge, along_m
        Street of each point, and metres from its first coordinate, shape (n,).
    weight
        What each counts for; 1 when left out.
    bandwidth_m
        Reach of the quartic kernel along the streets, metres.

    Returns
    -------
    numpy.ndarray
        Incidents laid on each lixel, shape (lixels,); they sum to the weights. Divide by
        ``network.lixel_m`` for incidents per metre.

    Raises
    ------
    AnalysisError
        If the bandwidth is not above 0 or a point is on no street.

    Notes
    -----
    The equal-split kernel: at a junction of d streets each of the other d - 1 gets an equal
    part of what goes on; at a dead end it turns round. So nothing is lost and a crossing is
    not counted up, as it is when every street gets the kernel of its shortest distance. The
    kernel is integrated over each lixel, not read off at its middle.

    References
    ----------
    .. [1] Okabe, A., Satoh, T. and Sugihara, K. (2009). A kernel density estimation method for
       networks. International Journal of Geographical Information Science 23(1), 7-32.
       doi:10.1080/13658810802475491
    """
    from geo.compiled import compiled

    at, chain = np.asarray(edge, np.int64), np.asarray(along_m, np.float64)
    mass = np.ones(at.size) if weight is None else np.asarray(weight, np.float64)
    if not bandwidth_m > 0 or (at.size and not (at.min() >= 0 and at.max() < len(network.ends))):
        msg = "a density along streets needs points on streets and a bandwidth above 0."
        raise AnalysisError(msg, bandwidth_m=bandwidth_m, fix="snap the points to streets first")
    out = np.zeros(int(network.first[-1]))
    told = merged(at.astype(np.float64), np.clip(chain, 0.0, network.length_m[at]), mass)
    compiled(spread)(
        (network.ends, network.length_m, network.first, network.node_start, network.node_edges),
        (told[:, 0].astype(np.int64), told[:, 1].copy(), told[:, 2].copy()),
        float(bandwidth_m),
        out,
    )
    return out


def spread(  # noqa: C901, PLR0915 (one loop that is compiled whole)
    network: tuple[Ints, Floats, Ints, Ints, Ints],
    points: tuple[Ints, Floats, Floats],
    reach: float,
    out: Floats,
) -> None:
    """
    Walk from every point in plain Python; compiled when numba's compiler is on.

    Parameters
    ----------
    network
        ``ends``, ``length_m``, ``first``, ``node_start``, ``node_edges`` of a `Network`.
    points
        Street, metres along it and weight of each.
    reach
        Bandwidth, metres.
    out
        Lixels, written to.
    """
    ends, length, first, start, meet = network
    edges, chain, mass = points
    size = 4096
    stack_half = np.empty(size, np.int64)
    stack_gone, stack_mass = np.empty(size), np.empty(size)
    for k in range(edges.size):
        for side in range(2):  # half of the kernel goes each way along the own street
            top = 0
            stack_half[0] = 2 * edges[k] + side
            stack_gone[0] = -1.0
            stack_mass[0] = mass[k] / 2
            top = 1
            while top > 0:
                top -= 1
                half, gone, part = stack_half[top], stack_gone[top], stack_mass[top]
                e, forward = half // 2, half % 2 == 0
                begin = 0.0 if forward else length[e]
                if gone < 0:
                    begin, gone = chain[k], 0.0
                way = length[e] - begin if forward else begin
                here = min(way, reach - gone)
                pieces = first[e + 1] - first[e]
                step = length[e] / pieces if length[e] > 0 else 1.0
                # F(u) = 15/8 (u - 2/3 u^3 + 1/5 u^5): what a lixel gets is a difference of it.
                u = gone / reach
                done, before = 0.0, 1.875 * u - 1.25 * u**3 + 0.375 * u**5
                while done < here - 1e-12:
                    place = begin + done if forward else begin - done
                    if forward:
                        cell = min(int((place + 1e-9) / step), pieces - 1)
                        until = (cell + 1) * step - begin
                    else:
                        cell = min(max(int(np.ceil((place - 1e-9) / step)) - 1, 0), pieces - 1)
                        until = begin - cell * step
                    until = min(max(until, done + 1e-9), here)
                    u = (gone + until) / reach
                    after = 1.875 * u - 1.25 * u**3 + 0.375 * u**5
                    out[first[e] + cell] += part * (after - before)
                    done, before = until, after
                if gone + way >= reach:
                    continue
                node = ends[e, 1] if forward else ends[e, 0]
                degree = start[node + 1] - start[node]
                left = 1.0 - before
                if degree > 1 and (part / (degree - 1)) * left < LEAST_SHARE * mass[k]:
                    cell = first[e + 1] - 1 if forward else first[e]
                    out[cell] += part * left
                    continue
                arrived = 2 * e + (1 if forward else 0)
                for m in range(start[node], start[node + 1]):
                    if degree > 1 and meet[m] == arrived:
                        continue
                    if top >= size:
                        break
                    stack_half[top] = meet[m]
                    stack_gone[top] = gone + way
                    stack_mass[top] = part / max(degree - 1, 1)
                    top += 1


def snap_to_edges(
    streets: GeoDataFrame, points: GeoSeries, *, tolerance_m: float = SNAP_M
) -> tuple[Ints, Floats, NDArray[np.bool_]]:
    """
    Put points on the nearest street, as row positions.

    Parameters
    ----------
    streets
        Rows of the frame ``streets``, shape (e,).
    points
        Places in their CRS, shape (n,).
    tolerance_m
        Greatest distance, metres.

    Returns
    -------
    edge, along_m : numpy.ndarray
        Row position of the street and metres along it, for the points that have one.
    near : numpy.ndarray
        Which points have one, shape (n,).
    """
    from geo.streets import StreetNet

    snapped = StreetNet.of(streets).snap(points, tolerance_m=tolerance_m)
    near = snapped["street_id"].notna().to_numpy()
    import pandas as pd

    row = pd.Index(streets["id"]).get_indexer(snapped.loc[near, "street_id"])
    return row.astype(np.int64), snapped.loc[near, "chainage_m"].to_numpy(np.float64), near
