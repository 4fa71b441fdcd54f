"""What another source says is lit, put on the streets: lines of lit network beside the tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

    from geo.streets import StreetNet

ALONG_M = 5.0
MOST = 0.5


def mark_lit(
    net: StreetNet, lit: GeoSeries, *, along_m: float = ALONG_M, share: float = MOST
) -> GeoDataFrame:
    """
    Call streets lit that a line of lit network follows, such as NVDB's feature type GCM-belyst.

    Such lines say where there is lighting, and nothing elsewhere: a street
    they do not follow keeps what was said of it. Where they follow a street
    that is said to be unlit the two disagree, and it is called unknown.

    Parameters
    ----------
    net
        The street network.
    lit
        Lines of lit network, in the same CRS, shape (k,).
    along_m
        How far beside a street such a line may run, metres.
    share
        Least share of a street that is followed.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``streets`` by id, a copy, with ``lit`` settled and
        ``lit_from`` (``street``, ``network``, ``both`` or ``contradicted``).

    Raises
    ------
    CrsError
        If `lit` is in another CRS.
    """
    import shapely

    require_metres(lit, name="lit", crs=net.streets.crs)
    lines = lit[lit.notna() & ~lit.is_empty].to_numpy()
    street, line = net.tree.query(lines, predicate="dwithin", distance=along_m)[::-1]
    near = shapely.buffer(lines[line], along_m, cap_style="flat")
    followed = np.zeros(len(net.streets))
    whole = shapely.length(net.lines)
    for here in np.unique(street):
        ground = shapely.union_all(near[street == here])
        followed[here] = shapely.length(shapely.intersection(net.lines[here], ground))
    says = followed >= share * np.maximum(whole, 1e-9)
    tag = net.streets["lit"].to_numpy(object)
    settled = np.select([says & (tag == "no"), says], ["unknown", "yes"], default=tag)
    origin = np.select(
        [says & (tag == "no"), says & (tag == "yes"), says],
        ["contradicted", "both", "network"],
        default="street",
    )
    out = net.streets.copy()
    out["lit"], out["lit_from"] = settled.astype(object), origin.astype(object)
    return out.astype({"lit": "str", "lit_from": "str"})
