"""Runs of the same street: streets joined end to end, and how far along each one starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

PATH_KINDS = ("cycleway", "footway", "stairs", "gc_tunnel")
"""Streets for people on foot and bicycle; a tunnel or a stair continues the path it is on."""


def street_runs(streets: GeoDataFrame) -> pd.DataFrame:
    """
    Join streets end to end into runs of the same street or path.

    Parameters
    ----------
    streets
        Rows of the frame ``streets`` indexed by id, in its order, shape (n,).

    Returns
    -------
    DataFrame
        By street id: ``run_id``, ``offset_m``, ``backwards`` as `StreetNet.runs` tells them, and
        ``run``, the position of the run's first street.
    """
    import pandas as pd
    import shapely

    path = streets["kind"].isin(PATH_KINDS).map({True: "path", False: "road"})
    key = streets["name"].fillna("").astype("str") + "\n" + path
    links = _links(streets["from_node"], streets["to_node"], key).tolist()
    length = shapely.length(streets.geometry.to_numpy()).tolist()
    run = [-1] * len(streets)
    offset, backwards = [0.0] * len(streets), [False] * len(streets)
    for street in range(len(streets)):
        if run[street] >= 0:
            continue
        end, at = _terminal(links, 2 * street), 0.0
        while end >= 0 and run[end // 2] < 0:
            here = end // 2
            run[here], offset[here], backwards[here] = street, at, bool(end % 2)
            at += length[here]
            end = links[end ^ 1]
    first = np.array(run, np.intp)
    data = {
        "run_id": streets.index.take(first),
        "offset_m": np.array(offset, float),
        "backwards": np.array(backwards, bool),
        "run": first,
    }
    return pd.DataFrame(data, index=streets.index)


def _links(from_node: pd.Series, to_node: pd.Series, key: pd.Series) -> NDArray[np.intp]:
    """Pair the ends that continue each other: 2 i starts street i, 2 i + 1 ends it, -1 is alone."""
    import pandas as pd

    nodes = np.empty(2 * len(key), object)
    nodes[0::2], nodes[1::2] = from_node, to_node
    spot = pd.MultiIndex.from_arrays([nodes, np.repeat(key, 2)])
    group, _ = pd.factorize(spot)
    order = np.argsort(group, kind="stable")
    size = np.bincount(group) if group.size else np.empty(0, int)
    start = np.cumsum(size) - size
    links = np.full(group.size, -1)
    pair = np.flatnonzero(size == 2)
    one, other = order[start[pair]], order[start[pair] + 1]
    links[one], links[other] = other, one
    return links


def _terminal(links: list[int], end: int) -> int:
    """Walk back to the end a run starts at; on a loop, to where the walk began."""
    here = end
    while links[here] >= 0:
        here = links[here] ^ 1
        if here == end:
            break
    return here
