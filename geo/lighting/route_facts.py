"""Tunnels at a place, and whether a lit street leads round its unlit path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.lighting.dark_stretches import UNLIT
from geo.lighting.place_facts import LAMP_NEAR_M
from geo.lighting.places import in_places, place_ids, place_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame

    from geo.streets import StreetNet

TUNNEL = "gc_tunnel"
LIT_SHARE = 0.8
"""A street whose lamps reach this much of it can be walked in light."""
FURTHEST = 3.0
"""A way round this many times as long is no way round."""


def tunnel_facts(places: GeoDataFrame, net: StreetNet) -> pd.DataFrame:
    """
    Measure foot and cycle tunnels at each place.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    net
        The street network.

    Returns
    -------
    DataFrame
        By place id: ``tunnel_m`` (length of the longest there, whole) and ``tunnel_ids``.
    """
    tunnels = net.streets[net.streets["kind"] == TUNNEL]
    place, tunnel = in_places(places, tunnels.geometry, around_m=LAMP_NEAR_M)
    longest = np.zeros(len(places))
    np.maximum.at(longest, place, tunnels.geometry.length.to_numpy()[tunnel])
    names = pd.Series(tunnels.index.to_numpy(object)[tunnel]).groupby(place).agg(list)
    ids = [sorted(names.get(k, [])) for k in range(len(places))]
    return pd.DataFrame({"tunnel_m": longest, "tunnel_ids": ids}, index=place_ids(places))


def detour_facts(
    places: GeoDataFrame, stretches: GeoDataFrame, *, net: StreetNet, states: pd.DataFrame
) -> pd.DataFrame:
    """
    Find the shortest lit way round the unlit paths at each place.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    stretches
        What `dark_stretches` gave.
    net
        The street network.
    states
        What `street_states` gave.

    Returns
    -------
    DataFrame
        By place id: ``detour``, the lit way between the ends of the longest unlit path there over
        the path's own length; missing without such a path, or without a lit way.
    """
    unlit = stretches[stretches["cause"] == UNLIT].sort_values("length_m", ascending=False)
    shapes = place_shapes(places, around_m=LAMP_NEAR_M)
    place, row = in_places(places.set_geometry(shapes), unlit.geometry)
    if not place.size:
        return pd.DataFrame({"detour": np.full(len(places), np.nan)}, index=place_ids(places))
    first = pd.Series(row).groupby(place).min()  # the longest comes first
    graph = _LitWays(net, states)
    streets = unlit["street_ids"].tolist()
    ratio = [graph.detour(streets[first[k]]) if k in first.index else np.nan
             for k in range(len(places))]  # fmt: skip
    return pd.DataFrame({"detour": ratio}, index=place_ids(places))


class _LitWays:
    """The lit streets as a graph between the nodes of the network."""

    def __init__(self, net: StreetNet, states: pd.DataFrame) -> None:
        from scipy.sparse import csr_array

        ends = net.streets[["from_node", "to_node"]].to_numpy(object)
        names, node = np.unique(ends.ravel().astype(str), return_inverse=True)
        self._node = pd.DataFrame(node.reshape(-1, 2), index=net.streets.index)
        self._metres = net.streets.length
        lit = (states["lit_share"].reindex(net.streets.index) >= LIT_SHARE).to_numpy()
        a, b = self._node.to_numpy()[lit].T
        pairs = pd.DataFrame({"a": a, "b": b, "m": self._metres.to_numpy(float)[lit]})
        least = pairs.groupby(["a", "b"], as_index=False)["m"].min()  # the shortest of several
        size = (names.size, names.size)
        self._graph: Any = csr_array((least["m"], (least["a"], least["b"])), shape=size)

    def detour(self, streets: Sequence[str]) -> float:
        """Lit way between the two ends of a path over its length; NaN where there is none."""
        from scipy.sparse.csgraph import dijkstra

        nodes, times = np.unique(self._node.loc[list(streets)].to_numpy(), return_counts=True)
        ends = nodes[times % 2 == 1]
        length = float(self._metres.loc[list(streets)].sum())
        if ends.size != 2 or length == 0:
            return float("nan")
        far = dijkstra(self._graph, directed=False, indices=int(ends[0]), limit=FURTHEST * length)
        way = float(far[ends[1]])
        return way / length if np.isfinite(way) else float("nan")
