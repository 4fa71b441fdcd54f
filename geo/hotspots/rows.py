"""Rows of findings put into the shape of the frame, with ids that follow the place."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from geo.frames import HOTSPOTS
from geo.hotspots.link import link_places

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.hotspots.context import Context

CERTAINTY_ORDER = ("well_supported", "likely", "possible", "cannot_tell")
_CLAIMS = ("stands_out", "changed")


def finish(
    rows: list[dict[str, Any]],
    *,
    method: str,
    context: Context,
    former: GeoDataFrame | None = None,
) -> GeoDataFrame:
    """
    Make rows of the frame ``hotspots`` of a method's findings.

    Parameters
    ----------
    rows
        One mapping a place with every column but id, place_id, method and run_id, and with
        ``geometry``.
    method
        The method's name.
    context
        The analysis.
    former
        Rows of earlier weeks, from which places keep their ids.

    Returns
    -------
    GeoDataFrame
        Checked, ordered by claim and rank; run_id is "".
    """
    import geopandas as gpd

    if not rows:
        return HOTSPOTS.empty(crs=context.crs)
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=context.crs)
    place = _places(frame, former)
    until = context.period_to.isoformat()
    frame["place_id"] = place
    frame["id"] = [
        hashlib.sha256(f"{method}:{claim}:{of}:{until}".encode()).hexdigest()[:16]
        for claim, of in zip(frame["claim"], place, strict=True)
    ]
    frame["method"], frame["run_id"] = method, ""
    frame["order"] = frame["claim"].map(_CLAIMS.index)
    frame = frame.sort_values(["order", "rank"], kind="stable").drop(columns="order")
    return HOTSPOTS.conform(frame.reset_index(drop=True), crs=context.crs)


def _places(frame: GeoDataFrame, former: GeoDataFrame | None) -> list[str]:
    """Link each distinct outline once; a place with two claims has one id."""
    outline = frame.geometry.to_wkb()
    first = frame[~outline.duplicated()]
    linked = dict(zip(outline[first.index], link_places(first, former), strict=True))
    return [linked[key] for key in outline]
