"""Incidents that several sources told of: kept as rows, counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def count_once(incidents: GeoDataFrame) -> GeoDataFrame:
    """
    Let only one row of each incident count.

    Parameters
    ----------
    incidents
        The whole incident frame, shape (n,).

    Returns
    -------
    GeoDataFrame
        A new frame, same rows and order; rows that tell of the same incident
        share a `duplicate_group`, and all but the one that stands for it have `weight` 0.
    """
    from geo.frames import standing
    from geo.ingest.duplicates import group_duplicates

    grouped = group_duplicates(incidents)
    return grouped.assign(weight=grouped["weight"].where(standing(grouped), 0.0))
