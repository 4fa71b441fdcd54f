"""Which photometric file each lamp has, and which way it shines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.lighting.optics.folder import STREET_SIDE_DEG
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.lighting.optics import Optic
    from geo.streets import StreetNet

    Floats = NDArray[np.float64]
    Positions = NDArray[np.intp]

FACES_WITHIN_M = 25.0
"""A lamp is taken to face a street no farther away than this, metres."""
_LEAST_M = 0.2  # nearer to the centre line than this there is no side


def files_of(
    names: pd.Series, optics: Mapping[str, Optic]
) -> tuple[tuple[Optic, ...], NDArray[np.intp]]:
    """
    Give each lamp its photometric file.

    Parameters
    ----------
    names
        The optic of each lamp, shape (n,); missing allowed.
    optics
        Files by that name.

    Returns
    -------
    files
        Those that are used, each once.
    file : ndarray
        Position in it of each lamp, -1 for none, shape (n,).
    """
    used = [name for name in sorted(set(names.dropna())) if name in optics]
    files = tuple({id(optics[name]): optics[name] for name in used}.values())
    at = {name: next(k for k, f in enumerate(files) if f is optics[name]) for name in used}
    return files, names.map(at).fillna(-1).to_numpy(np.intp)


def directions(
    lamps: GeoDataFrame,
    street: pd.DataFrame,
    net: StreetNet,
    *,
    files: tuple[Optic, ...],
    file: Positions,
) -> dict[str, Floats]:
    """
    Say which way each lamp shines, and how far that may be wrong.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    street
        Where each was snapped: ``street_id``, ``chainage_m`` and ``distance_m``.
    net
        The street network.
    files, file
        What `files_of` gave.

    Returns
    -------
    dict
        ``azimuth_deg``: clockwise from north, the register's, else towards the nearest street for
        a lamp with a file, else missing; half planes of the file that are not the usual are
        turned back. ``turn_deg``: how far it may be off, 0 for a lamp without a file.
    """
    import shapely

    said = lamps["azimuth_deg"].to_numpy(float).copy()
    turn = np.zeros(len(lamps))
    told = file >= 0
    if not told.any():
        return {"azimuth_deg": said, "turn_deg": turn}
    spread = lighting_table("defaults")["turn_deg"]
    away = street["distance_m"].to_numpy(float)
    open_ = told & np.isnan(said)
    near = open_ & (away <= FACES_WITHIN_M) & (away >= _LEAST_M)
    at = net.streets.index.get_indexer(street["street_id"].to_numpy(object)[near])
    feet = shapely.line_interpolate_point(net.lines[at], street["chainage_m"].to_numpy(float)[near])
    points = lamps.geometry.to_numpy()[near]
    east = shapely.get_x(feet) - shapely.get_x(points)
    north = shapely.get_y(feet) - shapely.get_y(points)
    turn[told] = spread["stated"]["value"]
    turn[open_] = spread["unknown"]["value"]
    turn[near] = spread["street"]["value"]
    said[open_] = 0.0
    said[near] = np.rad2deg(np.arctan2(east, north)) % 360.0
    sides = np.array([made.street_side_c_deg - STREET_SIDE_DEG for made in files])
    said[told] += sides[file[told]]
    return {"azimuth_deg": said, "turn_deg": turn}


def optic_numbers(names: pd.Series, file: pd.Series, files: tuple[Optic, ...]) -> dict[str, Any]:
    """
    Count lamps by photometric file, and those that name one nobody has.

    Parameters
    ----------
    names
        The optic of each lamp; missing allowed.
    file
        Position in `files`, -1 for none.
    files
        Those that are used.

    Returns
    -------
    dict
        ``files``: lamps by file name, with what the file asks to be looked at as ``notes``;
        ``unknown``: lamps by the name that no file has.
    """
    counts = file.value_counts()
    lost = names[(file < 0) & names.notna()].astype("str").value_counts()
    return {
        "files": {made.file: int(counts.get(k, 0)) for k, made in enumerate(files)},
        "notes": {f.file: list(f.photometry.notes) for f in files if f.photometry.notes},
        "unknown": {str(name): int(n) for name, n in sorted(lost.items())},
    }
