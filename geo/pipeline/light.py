"""What a run keeps of its look at the light: outages as errands, and dark stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.frames import CLASS_CHECKS, DARK_STRETCHES, OUTAGES, STREET_LIGHT

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.frames import Frame
    from geo.lighting import LightPicture
    from geo.pipeline.workspace import Workspace


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
        The frames ``outages`` (one row an errand), ``dark_stretches``, ``street_light`` (one row
        a piece of street) and ``class_checks`` (one row a path between two lamps).
    """
    found = {
        OUTAGES: light.groups,
        DARK_STRETCHES: light.stretches,
        STREET_LIGHT: light.lux.segments,
        CLASS_CHECKS: light.checks,
    }
    return {frame.name: _kept(frame, rows, run_id=run_id, crs=crs) for frame, rows in found.items()}


def light_surface(
    workspace: Workspace, light: LightPicture, *, run_id: str, crs: str
) -> dict[str, Any] | None:
    """
    Write the calculated light of the run as ``surfaces/RUN-light.tif``.

    Parameters
    ----------
    workspace
        The municipality.
    light
        What `geo.lighting.light_picture` found.
    run_id
        The run.
    crs
        The working CRS.

    Returns
    -------
    dict or None
        ``file`` and what `write_light_surface` tells; None when no lamp gives
        light.
    """
    from geo.lighting.surface import write_light_surface

    workspace.surfaces.mkdir(exist_ok=True)
    path = workspace.surfaces / f"{run_id}-light.tif"
    told = write_light_surface(path, light.lux.plant, light.lux.evening, crs=crs)
    return None if told is None else {"file": path.name} | told


def _kept(frame: Frame, rows: GeoDataFrame, *, run_id: str, crs: str) -> GeoDataFrame:
    """Name the rows and keep the columns of the contract."""
    own = [c for c in rows.columns if c in {*frame.names, "geometry"} - {"id", "run_id"}]
    named = rows[own].rename_axis("id").reset_index()
    return frame.conform(named.assign(run_id=run_id), crs=crs)
