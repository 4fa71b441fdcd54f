"""What a run keeps of its look at the light: outages as errands, and dark stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.frames import DARK_STRETCHES, OUTAGES

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.frames import Frame
    from geo.lighting import LightPicture


def light_frames(light: LightPicture, *, run_id: str, crs: str) -> dict[str, GeoDataFrame]:
    """
    Put outages and dark stretches in the shape that runs keep.

    Parameters
    ----------
    light
        What `geo.lighting.light_picture` found.
    run_id
        The run.
    crs
        The working CRS.

    Returns
    -------
    dict
        The frames ``outages`` (one row an errand) and ``dark_stretches``.
    """
    found = {OUTAGES: light.groups, DARK_STRETCHES: light.stretches}
    return {frame.name: _kept(frame, rows, run_id=run_id, crs=crs) for frame, rows in found.items()}


def _kept(frame: Frame, rows: GeoDataFrame, *, run_id: str, crs: str) -> GeoDataFrame:
    """Name the rows and keep the columns of the contract."""
    own = [c for c in rows.columns if c in {*frame.names, "geometry"} - {"id", "run_id"}]
    named = rows[own].rename_axis("id").reset_index()
    return frame.conform(named.assign(run_id=run_id), crs=crs)
