"""
Time density along streets and snapping to streets, on 20 000 edges and 100 000 points.

    python benchmarks/network.py [--rounds 3]

Density: reach 300 m, about 45 000 pieces of street. The peer is the common way: scipy's dijkstra
from every piece that holds points, cut off at the reach, a kernel of the shortest distance.
It is not the same kernel: ours splits at junctions, so that every incident is laid down whole,
and the shortest distance counts a crossing up. So both are held to what they must keep. (One
round of the peer, for it takes long.) Snapping: shapely's STRtree.nearest beside the whole of
`StreetNet.snap`, which also gives the id and the metres along; distances must be the same to the
bit. A travel matrix is not there yet: it comes with the planning of shifts. Seconds are of the
processor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from _beside import beside, rounds_asked, show, take_turns
from _town import CRS, TOWN_M, spots, streets
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.hotspots.network_kde import Network, network_density
from geo.streets import StreetNet

POINTS, REACH_M, PIECE_M, TOLERANCE_M, CHUNK = 100_000, 300.0, 60.0, 200.0, 256


def pieces_graph(network: Network) -> csr_array:
    """Link the middle of each piece to the next along the street, and across every junction."""
    half, first = network.lixel_m / 2, network.first
    own = np.arange(first[-1])
    last = np.isin(own, first[1:] - 1)
    a, b = own[~last], own[~last] + 1
    tip = np.column_stack((first[:-1], first[1:] - 1)).ravel()  # the piece at each end of a street
    node = network.ends.ravel()
    order = np.argsort(node, kind="stable")
    tip, node = tip[order], node[order]
    for gap in range(1, 5):  # up to five streets meet
        same = node[gap:] == node[:-gap]
        a, b = np.r_[a, tip[:-gap][same]], np.r_[b, tip[gap:][same]]
    metres = half[a] + half[b]
    shape = (own.size, own.size)
    return csr_array((np.r_[metres, metres], (np.r_[a, b], np.r_[b, a])), shape=shape)


def by_dijkstra(graph: csr_array, piece: np.ndarray) -> np.ndarray:
    """Lay a quartic kernel of the shortest distance round every piece that holds points."""
    count = np.bincount(piece, minlength=graph.shape[0]).astype(float)
    out = np.zeros(graph.shape[0])
    held = np.flatnonzero(count)
    for start in range(0, held.size, CHUNK):
        some = held[start : start + CHUNK]
        far = dijkstra(graph, directed=False, indices=some, limit=REACH_M)
        source, at = np.nonzero(far < REACH_M)
        u = far[source, at] / REACH_M
        out += np.bincount(at, count[some][source] * 15 / 16 / REACH_M * (1 - u**2) ** 2, out.size)
    return out


def density(rows: gpd.GeoDataFrame, rounds: int) -> None:
    """Compare density along streets."""
    network = Network.of(rows, lixel_m=PIECE_M)
    rng = np.random.default_rng(5)
    busy = rng.pareto(1.2, 40_000) + 1
    address = rng.choice(40_000, POINTS, p=busy / busy.sum())  # things happen again where they did
    edge = rng.integers(0, len(rows), 40_000)[address]
    along = rng.random(40_000)[address] * network.length_m[edge]
    graph = pieces_graph(network)
    step = network.length_m[edge] / np.diff(network.first)[edge]
    piece = network.first[edge] + np.minimum(along // step, np.diff(network.first)[edge] - 1)
    work: dict[str, Callable[[], Any]] = {
        "ours": lambda: network_density(network, edge, along, bandwidth_m=REACH_M),
        "scipy dijkstra": lambda: by_dijkstra(graph, piece.astype(int)),
    }
    laid = work["ours"]()
    kept = abs(laid.sum() - POINTS)
    print(f"{len(rows)} streets, {network.first[-1]} pieces, {POINTS} points, reach {REACH_M:g} m; "
          f"{laid.sum():.6f} incidents laid down")  # fmt: skip
    times = take_turns(work, rounds=rounds, at_most={"scipy dijkstra": 1})
    show(times)
    other = by_dijkstra(graph, piece.astype(int)) if rounds > 3 else None
    check = f"every incident kept: off by {kept:.0e} of {POINTS}"
    if other is not None:
        check += f"; correlation {np.corrcoef(laid / network.lixel_m, other)[0, 1]:.3f}"
    beside("density along streets, 100 000 points", times, "scipy dijkstra", must=30, check=check,
           same=kept < 1e-3)  # fmt: skip


def snapping(rows: gpd.GeoDataFrame, rounds: int) -> None:
    """Compare snapping."""
    places = spots(POINTS, seed=6) + np.random.default_rng(7).uniform(-60, 60, (POINTS, 2))
    points = gpd.GeoSeries(gpd.points_from_xy(*places.T), crs=CRS)
    net, shapes = StreetNet.of(rows), points.to_numpy()
    work: dict[str, Callable[[], Any]] = {
        "ours": lambda: net.snap(points, tolerance_m=TOLERANCE_M),
        "shapely STRtree.nearest": lambda: net.tree.nearest(shapes),
    }
    found = work["ours"]()
    gap = shapely.distance(shapes, net.lines[work["shapely STRtree.nearest"]()])
    near = gap <= TOLERANCE_M
    same = bool((found["distance_m"].to_numpy()[near] == gap[near]).all())
    same &= bool((found["street_id"].notna().to_numpy() == near).all())
    print(f"{len(rows)} streets of {TOWN_M / 1000:g} x {TOWN_M / 1000:g} km, {POINTS} points, "
          f"{int(near.sum())} within {TOLERANCE_M:g} m")  # fmt: skip
    times = take_turns(work, rounds=rounds)
    show(times)
    beside("snap 100 000 points to 20 000 streets", times, "shapely STRtree.nearest", must=8,
           check=f"distances {'' if same else 'NOT '}the same to the bit", same=same)  # fmt: skip


def main() -> None:
    """Print medians of interleaved rounds."""
    rounds = rounds_asked(__doc__, rounds=3)
    rows = streets(seed=1)
    snapping(rows, rounds)
    density(rows, rounds)


if __name__ == "__main__":
    main()
