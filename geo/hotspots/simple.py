"""Rows of the plain methods, which show where points gather and leave judging to `places`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.hotspots.describe import rate_columns
from geo.hotspots.rows import CERTAINTY_ORDER

if TYPE_CHECKING:
    from shapely import Geometry

    from geo.hotspots.context import Context
    from geo.hotspots.places import Streets


def plain_row(
    context: Context, shape: Geometry, *, streets: Streets, n: float, expected: float
) -> dict[str, Any]:
    """
    Describe an area by its counts alone.

    Parameters
    ----------
    context
        The analysis.
    shape
        Its outline.
    streets
        For name and street length.
    n, expected
        Incidents, and how many such an area would have.

    Returns
    -------
    dict
        A row of the frame ``hotspots``, unranked, certainty ``cannot_tell``.
    """
    row, part = streets.inside(shape)
    length = shapely.length(part)
    return {
        "claim": "stands_out",
        "name": streets.name(row, length, middle=shapely.centroid(shape)),
        "n": n,
        "expected": expected,
        "score": max(0.0, n - expected) / context.weeks,
        **rate_columns(n, expected),
        "certainty": CERTAINTY_ORDER[-1],
        "period_from": context.period_from,
        "period_to": context.period_to,
        "area_m2": float(shapely.area(shape)),
        "street_m": float(length.sum()),
        "caveats": [],
        "geometry": shape,
    }


def rank_plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    Rank rows by certainty, then score.

    Parameters
    ----------
    rows
        From `plain_row`.

    Returns
    -------
    list of dict
        New rows with ``rank``, in order.
    """
    order = sorted(
        rows,
        key=lambda row: (
            CERTAINTY_ORDER.index(row["certainty"]),
            -round(row["score"], 9),
            *shapely.bounds(row["geometry"]).tolist(),
        ),
    )
    return [row | {"rank": rank} for rank, row in enumerate(order, start=1)]
