"""Other methods on the material of one analysis: to compare with, kept apart from the places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import AnalysisError
from geo.frames import COMPARISONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geopandas import GeoDataFrame
    from shapely import Geometry

    from geo.hotspots import Context

NOT_BESIDE = ("places", "alarm")
"""These are the picture itself, and what it says of just now."""
_HULLS = ("dbscan", "hdbscan", "st_dbscan")
_SQUARE_M = 50.0


def comparable() -> dict[str, str]:
    """
    List the methods that can be laid beside the picture.

    Returns
    -------
    dict
        Title by name, in the order of the catalogue.
    """
    from geo.hotspots import METHODS

    return {name: kind.title for name, kind in METHODS.items() if name not in NOT_BESIDE}


def parse_methods(text: str | None) -> tuple[str, ...]:
    """
    Read which methods are asked for.

    Parameters
    ----------
    text
        Names with commas between, or ``all``; nothing for none.

    Returns
    -------
    tuple of str
        In the order of the catalogue, each once.

    Raises
    ------
    AnalysisError
        If there is no such method; it lists the known ones.
    """
    wanted = {name.strip() for name in (text or "").split(",") if name.strip()}
    if not wanted:
        return ()
    known = comparable()
    if wanted == {"all"}:
        return tuple(known)
    unknown = sorted(wanted - set(known))
    if unknown:
        msg = "there is no such method to compare with."
        found = unknown[0][:40]
        raise AnalysisError(msg, found=found, known=", ".join(known), fix="use known names, or all")
    return tuple(name for name in known if name in wanted)


def compared(
    context: Context, methods: Sequence[str], *, progress: Callable[[str, float], None]
) -> GeoDataFrame:
    """
    Let each method find places in the same incidents.

    Parameters
    ----------
    context
        The analysis.
    methods
        Names from `comparable`.
    progress
        Told which method is at work.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``comparisons``, method by method; run_id is "". Groups of points are
        drawn as squares of 50 m: the corner of a hull would be the place of an event.
    """
    import pandas as pd

    from geo.hotspots import METHODS

    parts = []
    for number, name in enumerate(methods):
        progress(f"Jämför: {METHODS[name].title}", 0.8 + 0.1 * number / len(methods))
        found = METHODS[name]().find(context)
        if name in _HULLS and len(found):
            found = found.set_geometry([_squares(shape) for shape in found.geometry])
            found = found.set_crs(context.crs, allow_override=True)
        parts.append(found)
    parts = [part for part in parts if len(part)]
    if not parts:
        return COMPARISONS.empty(crs=context.crs)
    rows = pd.concat(parts, ignore_index=True)
    return COMPARISONS.conform(rows[[*COMPARISONS.names, "geometry"]], crs=context.crs)


def _squares(shape: Geometry) -> Geometry:
    """Draw an outline as the fixed squares it touches."""
    import numpy as np
    import shapely

    west, south, east, north = shapely.bounds(shape) // _SQUARE_M
    x, y = (side.ravel() * _SQUARE_M for side in
            np.meshgrid(np.arange(west, east + 1), np.arange(south, north + 1)))  # fmt: skip
    squares = shapely.box(x, y, x + _SQUARE_M, y + _SQUARE_M)
    return shapely.union_all(squares[shapely.intersects(squares, shape)])
