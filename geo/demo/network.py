"""From drawn ways to a street network: cut at junctions, joined between them, with attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.demo.town import Way

GRID_M = 0.05
_RANKS = ("state", "main", "through", "country", "street", "track", "cycle", "foot")
_STUB_M = 14.0


def cut(ways: list[Way]) -> pd.DataFrame:
    """
    Cut ways where they meet, join what only a bend divides, and drop stubs.

    Parameters
    ----------
    ways
        Streets and paths as drawn.

    Returns
    -------
    pandas.DataFrame
        One row a stretch from junction to junction: ``line``, ``rank``, ``name``, ``place``,
        ``part``, ``use``, ``a`` and ``b`` (numbers of its end nodes).
    """
    lines = np.array([w.line for w in ways], dtype=object)
    noded = shapely.get_parts(shapely.unary_union(lines, grid_size=GRID_M))
    noded = noded[shapely.length(noded) > GRID_M]
    origin = _origin(noded, lines, ways)
    table = _join(noded, origin)
    for _ in range(2):
        table = _join(*_without_stubs(table))
    facts = pd.DataFrame(
        [(w.rank, w.name, w.place, w.part, w.use) for w in ways],
        columns=["rank", "name", "place", "part", "use"],
    )
    out = facts.take(table["way"].to_numpy()).reset_index(drop=True)
    out.insert(0, "line", table["line"].to_numpy())
    out["a"], out["b"] = _ends(out["line"].to_numpy())
    return out


def _origin(noded: NDArray[Any], lines: NDArray[Any], ways: list[Way]) -> NDArray[np.int64]:
    """Find the way each piece was cut from; of several, the one that ranks first."""
    tree = shapely.STRtree(lines)
    middle = shapely.line_interpolate_point(noded, 0.5, normalized=True)
    piece, way = tree.query(middle, predicate="dwithin", distance=0.5)
    rank = np.array([_RANKS.index(w.rank) for w in ways])
    order = np.lexsort((way, rank[way], piece))
    first = np.unique(piece[order], return_index=True)
    out = np.full(len(noded), -1)
    out[first[0]] = way[order][first[1]]
    lost = np.flatnonzero(out < 0)
    if lost.size:
        out[lost] = tree.nearest(middle[lost])
    return out


def _ends(lines: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give numbers to end points: equal places, to the centimetre, are one node."""
    starts = shapely.get_coordinates(shapely.get_point(lines, 0))
    stops = shapely.get_coordinates(shapely.get_point(lines, -1))
    both = np.rint(np.vstack([starts, stops]) * 100).astype(np.int64)
    _, node = np.unique(both, axis=0, return_inverse=True)
    node = node.ravel()
    return node[: len(lines)], node[len(lines) :]


def _join(lines: NDArray[Any], way: NDArray[np.int64]) -> pd.DataFrame:
    """Join pieces of one way across nodes where nothing else meets."""
    a, b = _ends(lines)
    n = int(max(a.max(), b.max())) + 1
    degree = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
    touching: dict[int, list[int]] = {}
    for i, (p, q) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        for node in (p, q):
            if degree[node] == 2:
                touching.setdefault(node, []).append(i)
    group = np.arange(len(lines))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = int(group[i])
        return i

    for pair in touching.values():
        if len(pair) == 2 and pair[0] != pair[1] and way[pair[0]] == way[pair[1]]:
            group[root(pair[1])] = root(pair[0])
    roots = np.array([root(i) for i in range(len(lines))])
    order = np.argsort(roots, kind="stable")
    keys, starts, sizes = np.unique(roots[order], return_index=True, return_counts=True)
    out_lines, out_way = lines[keys].copy(), way[keys]
    for k in np.flatnonzero(sizes > 1):
        members = order[starts[k] : starts[k] + sizes[k]]
        merged: Any = shapely.line_merge(shapely.multilinestrings(lines[members]))
        out_lines[k] = merged if merged.geom_type == "LineString" else lines[members[0]]
    return pd.DataFrame({"line": out_lines, "way": out_way})


def _without_stubs(table: pd.DataFrame) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Drop dead ends too short to be anything, and closed specks."""
    lines = table["line"].to_numpy()
    a, b = _ends(lines)
    degree = np.bincount(np.concatenate([a, b]))
    short = shapely.length(lines) < _STUB_M
    stub = short & ((degree[a] == 1) | (degree[b] == 1)) | (a == b)
    return lines[~stub], table["way"].to_numpy()[~stub]
