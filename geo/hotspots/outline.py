"""Groups of points drawn as places; they show where points gather, and test nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.hotspots.cells import count_cells
from geo.hotspots.places import BUFFER_M, Streets
from geo.hotspots.rows import finish
from geo.hotspots.simple import plain_row, rank_plain

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.hotspots.context import Context


def outlined(
    context: Context, rows: pd.DataFrame, label: NDArray[np.int64], *, method: str
) -> GeoDataFrame:
    """
    Outline groups of points.

    Parameters
    ----------
    context
        The analysis.
    rows
        Countable incidents: ``x``, ``y``, ``count``, shape (n,).
    label
        Group of each row from 0, -1 for none, shape (n,).
    method
        Name the rows get.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``hotspots``, certainty ``cannot_tell``: a group chosen for being
        dense cannot be tested on the same points.
    """
    import shapely

    x, y = rows["x"].to_numpy(float), rows["y"].to_numpy(float)
    weight = rows["count"].to_numpy(float)
    cells, _ = count_cells(context, cell_m=25.0)
    middle, expected = cells.geometry.centroid.to_numpy(), cells["expected"].to_numpy(float)
    streets, out = Streets(context), list[dict[str, Any]]()
    for group in range(int(label.max(initial=-1)) + 1):
        held = label == group
        points = shapely.MultiPoint(np.column_stack((x[held], y[held])))
        shape = points.convex_hull.buffer(BUFFER_M, quad_segs=4)
        mean = float(expected[shapely.intersects(shape, middle)].sum())
        row = plain_row(context, shape, streets=streets, n=float(weight[held].sum()), expected=mean)
        out.append(row | {"caveats": ["not_tested"]})
    return finish(rank_plain(out), method=method, context=context)
