"""The municipality's extent: set by its first layer, widened only when asked, given up by undo."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import IngestError
from geo.settings import SET_BY, Profile

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.ingest import Ingested, Mapping
    from geo.pipeline.workspace import Workspace

    Box = tuple[float, float, float, float]

MARGIN_M = 2000.0
"""How far beyond its rows a layer sets the extent."""
_HOME_SHARE = 0.1
_STRAY = 0.01


def read_within(
    workspace: Workspace, path: Path, *, mapping: Mapping, widen: bool = False
) -> tuple[Ingested, Box | None]:
    """
    Read a file within the extent, and find the extent where there is none yet.

    Parameters
    ----------
    workspace
        The municipality.
    path
        The file.
    mapping
        How its columns are ours.
    widen
        The file reaches beyond the extent and is meant to: widen it.

    Returns
    -------
    read : Ingested
        The rows; those far outside the extent are marked.
    extent : tuple of float or None
        The extent that holds from now on, metres; None while no row has a place.

    Raises
    ------
    IngestError
        If the file lies elsewhere; with `widen`, if less than a tenth of it
        lies in the extent that is to be widened.
    """
    from geo.ingest import read_file

    profile = Profile.read(workspace.folder)  # an earlier load may have set the extent
    read = partial(
        read_file, path, mapping=mapping, crs=profile.crs, timezone=profile.timezone,
        key=workspace.key,
    )  # fmt: skip
    if mapping.inside_only and widen:
        msg = "a file cannot both widen the extent and be cut to it."
        raise IngestError(msg, found="--widen and --inside", fix="leave one of them out")
    if profile.extent is not None and not widen:
        return read(extent=profile.extent), profile.extent
    got = read(extent=None)
    bounds = got.rows.boxes()
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        return got, profile.extent
    if profile.extent is not None:
        _refuse_elsewhere(bounds, profile.extent)
    extent = _around(bounds, known=profile.extent, strays=got.frame == "incidents")
    if bool(_meets(bounds, extent).all()):
        return got, extent
    return read(extent=extent), extent


def settle_extent(workspace: Workspace, extent: Box | None, *, batch_id: str) -> bool:
    """
    Write the extent that a load led to into the profile.

    Parameters
    ----------
    workspace
        The municipality.
    extent
        West, south, east, north in the working CRS, metres; None changes nothing.
    batch_id
        The load; kept when it is the one that set the extent.

    Returns
    -------
    bool
        Whether the profile was written; the caller says so to the user.
    """
    profile = Profile.read(workspace.folder)
    if extent is None or extent == profile.extent:
        return False
    extra = profile.extra if profile.extent is not None else profile.extra | {SET_BY: batch_id}
    replace(profile, extent=extent, extra=extra).write(workspace.folder)
    return True


def forget_extent(workspace: Workspace, *, batch_id: str) -> bool:
    """
    Give up the extent that an undone load had set, so that the right file can set it.

    Parameters
    ----------
    workspace
        The municipality.
    batch_id
        The load that was undone.

    Returns
    -------
    bool
        Whether the profile was written; an extent from elsewhere stays.
    """
    profile = Profile.read(workspace.folder)
    if profile.extra.get(SET_BY) != batch_id:
        return False
    extra = {name: value for name, value in profile.extra.items() if name != SET_BY}
    replace(profile, extent=None, extra=extra).write(workspace.folder)
    return True


def _refuse_elsewhere(bounds: NDArray[np.float64], extent: Box) -> None:
    """Widen only for a file that is of the place: a wrong system puts nearly none inside."""
    inside = int(_meets(bounds, extent).sum())
    if inside >= _HOME_SHARE * len(bounds):
        return
    msg = "the file lies elsewhere, so the extent is not widened to it."
    raise IngestError(
        msg,
        found=f"{inside} of {len(bounds)} located rows inside",
        expected=f"at least {_HOME_SHARE:.0%}",
        fix="load it without --widen to see which reference system would fit; "
        "if the extent is wrong, mend `extent` in profile.toml",
    )


def _around(bounds: NDArray[np.float64], *, known: Box | None, strays: bool) -> Box:
    """
    Draw a box round the rows, with a margin; a few badly placed events do not stretch it.

    A stray lies more than a whole width outside the middle 98 %.
    """
    if strays:
        x, y = bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)
        bounds = bounds[_near(x) & _near(y)]
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    box = [west - MARGIN_M, south - MARGIN_M, east + MARGIN_M, north + MARGIN_M]
    if known is not None:
        box = [*np.minimum(box[:2], known[:2]), *np.maximum(box[2:], known[2:])]
    west, south, east, north = (round(float(value), 1) for value in box)
    return west, south, east, north


def _near(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which values lie within a width of the middle 98 %."""
    low = np.quantile(values, _STRAY, method="lower")
    high = np.quantile(values, 1 - _STRAY, method="higher")
    width = max(high - low, MARGIN_M)
    near: NDArray[np.bool_] = (values >= low - width) & (values <= high + width)
    return near


def _meets(bounds: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    """Tell which rows' own boxes meet the box."""
    west, south, east, north = box
    met: NDArray[np.bool_] = (
        (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
        & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    )  # fmt: skip
    return met
