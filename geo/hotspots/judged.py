"""From tested units to places: the winners joined where they touch, with the exact tail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.hotspots.certainty import LIKELY_SHARE
from geo.hotspots.expected import over_dispersion
from geo.hotspots.places import BUFFER_M, Streets
from geo.hotspots.rows import CERTAINTY_ORDER, finish
from geo.hotspots.search import FALSE_SHARE
from geo.hotspots.simple import plain_row, rank_plain
from geo.intervals import benjamini_hochberg, beta_binomial_tail

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.hotspots.context import Context

FEWEST = 8
"""Under this many incidents nothing is claimed of a unit."""


def judged_places(
    units: GeoDataFrame, *, context: Context, method: str, buffer_m: float = BUFFER_M
) -> GeoDataFrame:
    """
    Test units against what is expected, and join those that stand out.

    Parameters
    ----------
    units
        ``n_events``, ``expected`` and geometry, one a unit, in metres.
    context
        The analysis.
    method
        Name the rows get.
    buffer_m
        How far to each side a unit reaches when it is drawn; touching ones are one place.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``hotspots``. p and q are the strongest unit's: exact tail given the
        total, over-dispersed as the units are, after Benjamini-Hochberg over all units.
    """
    import shapely

    n = np.floor(units["n_events"].to_numpy(np.float64) + 1e-9)
    expected = units["expected"].to_numpy(np.float64)
    if not n.sum() or not expected.sum():
        return finish([], method=method, context=context)
    rng = np.random.default_rng(context.seed)
    share = expected / expected.sum()
    p = beta_binomial_tail(n, n.sum(), share, over_dispersion(n, expected, rng=rng))
    q = benjamini_hochberg(p)
    won = np.flatnonzero((q <= LIKELY_SHARE) & (n > expected) & (n >= FEWEST))
    shapes = shapely.buffer(units.geometry.to_numpy()[won], buffer_m, quad_segs=4)
    streets = Streets(context)
    rows: list[dict[str, Any]] = []
    for outline in shapely.get_parts(shapely.union_all(shapes)) if won.size else ():
        held = won[shapely.intersects(outline, shapes)]
        best = held[np.lexsort((held, p[held]))[0]]
        row = plain_row(context, outline, streets=streets, n=float(n[held].sum()),
                        expected=float(expected[held].sum()))  # fmt: skip
        word = CERTAINTY_ORDER[0 if q[best] <= FALSE_SHARE else 1]
        rows.append(row | {"p": float(p[best]), "q": float(q[best]), "certainty": word})
    return finish(rank_plain(rows), method=method, context=context)
