"""Light on a path: horizontal, vertical and semicylindrical, from many lamps with their reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.lighting.luminaires import intensity_towards, peaks

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.lighting.luminaires import Luminaires

    Floats = NDArray[np.float64]

Plane = Literal["horizontal", "vertical", "semicylindrical"]
NEGLIGIBLE_LX = 0.05
"""One lamp's light below this is left out: never the threshold a street is judged by."""
FACE_M = 1.5
"""Height of the plane for vertical and semicylindrical light."""
COMPILED_FROM = 100_000
"""From this many points on, the compiled loop pays for itself."""


def horizontal_lux(
    intensity_cd: ArrayLike, *, height_m: ArrayLike, distance_m: ArrayLike
) -> Floats:
    """
    Give the light of one source on level ground.

    Parameters
    ----------
    intensity_cd
        Towards the point, maintenance included, shape (n,).
    height_m
        Of the source above the plane.
    distance_m
        Along the ground.

    Returns
    -------
    ndarray
        ``I H / r**3`` in lux.
    """
    height = np.asarray(height_m, float)
    r2 = height**2 + np.asarray(distance_m, float) ** 2
    out: Floats = np.asarray(intensity_cd, float) * height / r2**1.5
    return out


def vertical_lux(
    intensity_cd: ArrayLike, *, height_m: ArrayLike, distance_m: ArrayLike, turned_deg: ArrayLike
) -> Floats:
    """
    Give the light of one source on an upright plane, such as a face.

    Parameters
    ----------
    intensity_cd
        Towards the point, maintenance included, shape (n,).
    height_m
        Of the source above the point.
    distance_m
        Along the ground.
    turned_deg
        Horizontal angle between where the plane faces and the source.

    Returns
    -------
    ndarray
        ``I sin(gamma) max(cos(alpha), 0) / r**2`` in lux.
    """
    distance = np.asarray(distance_m, float)
    r2 = np.asarray(height_m, float) ** 2 + distance**2
    facing = np.maximum(np.cos(np.deg2rad(turned_deg)), 0.0)
    out: Floats = np.asarray(intensity_cd, float) * distance * facing / r2**1.5
    return out


def semicylindrical_lux(
    intensity_cd: ArrayLike, *, height_m: ArrayLike, distance_m: ArrayLike, turned_deg: ArrayLike
) -> Floats:
    """
    Give the light of one source on a half cylinder: how well a face can be read.

    Parameters
    ----------
    intensity_cd
        Towards the point, maintenance included, shape (n,).
    height_m
        Of the source above the point.
    distance_m
        Along the ground.
    turned_deg
        Horizontal angle between where the half cylinder faces and the source.

    Returns
    -------
    ndarray
        ``I sin(gamma) (1 + cos(alpha)) / (pi r**2)`` in lux (EN 13201-3).
    """
    distance = np.asarray(distance_m, float)
    r2 = np.asarray(height_m, float) ** 2 + distance**2
    facing = 1.0 + np.cos(np.deg2rad(turned_deg))
    out: Floats = np.asarray(intensity_cd, float) * distance * facing / (np.pi * r2**1.5)
    return out


def cutoff_m(peak_cd: ArrayLike, *, height_m: ArrayLike, lux: float = NEGLIGIBLE_LX) -> Floats:
    """
    Find how far a lamp can give more than a negligible light.

    Parameters
    ----------
    peak_cd
        Greatest intensity, maintenance included, shape (n,).
    height_m
        Above the plane.
    lux
        What is negligible.

    Returns
    -------
    ndarray
        ``sqrt((I H / lux)**(2/3) - H**2)`` in metres; 0 where even straight
        below is less.
    """
    height = np.asarray(height_m, float)
    reach2 = (np.asarray(peak_cd, float) * height / lux) ** (2.0 / 3.0) - height**2
    out: Floats = np.sqrt(np.maximum(reach2, 0.0))
    return out


def light_at(
    x: ArrayLike,
    y: ArrayLike,
    lamps: Luminaires,
    *,
    negligible_lx: float = NEGLIGIBLE_LX,
    facing_deg: ArrayLike | None = None,
    plane: Plane | None = None,
) -> Floats:
    """
    Sum the light of all lamps at many points.

    Parameters
    ----------
    x, y
        Points in metres, shape (m,).
    lamps
        The lamps, n of them.
    negligible_lx
        Decides each lamp's own cutoff.
    facing_deg
        The heading, clockwise from north, that a person faces at each point;
        needed for upright planes, 1.5 m up.
    plane
        None is level ground without `facing_deg`, semicylindrical with it.

    Returns
    -------
    ndarray
        Lux, shape (m,). Time grows with the pairs within reach, not with
        points times lamps.

    Raises
    ------
    ValueError
        If an upright plane is asked for and nobody says where it faces.
    """
    px, py = np.asarray(x, float), np.asarray(y, float)
    sort = plane or ("horizontal" if facing_deg is None else "semicylindrical")
    if sort != "horizontal" and facing_deg is None:
        msg = f"a {sort} plane needs facing_deg"
        raise ValueError(msg)
    if px.size == 0 or lamps.x.size == 0:
        return np.zeros(px.size)
    height = lamps.height_m - (0.0 if sort == "horizontal" else FACE_M)
    flux = np.where(height > 0, lamps.effective_lm, 0.0)
    reach = cutoff_m(flux * peaks(lamps), height_m=np.maximum(height, 0), lux=negligible_lx)
    plain = isinstance(lamps.optic, str) and lamps.file is None
    if sort == "horizontal" and plain and px.size >= COMPILED_FROM:
        from geo.lighting.point_kernel import horizontal_at

        return horizontal_at(
            px, py, (lamps.x, lamps.y, height, flux, reach), optic=str(lamps.optic)
        )
    at, of, distance = pairs_in_reach(px, py, lamps, reach)
    above = height[of]
    heading = np.rad2deg(np.arctan2(px[at] - lamps.x[of], py[at] - lamps.y[of]))
    intensity = flux[of] * intensity_towards(
        lamps, of, above=above, distance=distance, heading=heading
    )
    if sort == "horizontal":
        lux = horizontal_lux(intensity, height_m=above, distance_m=distance)
    else:
        turned = heading + 180.0 - np.broadcast_to(np.asarray(facing_deg, float), px.shape)[at]
        upright = vertical_lux if sort == "vertical" else semicylindrical_lux
        lux = upright(intensity, height_m=above, distance_m=distance, turned_deg=turned)
    return np.bincount(at, lux, minlength=px.size).astype(float)


def pairs_in_reach(
    px: Floats, py: Floats, lamps: Luminaires, reach: Floats
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """
    Pair every point with the lamps that reach it.

    Parameters
    ----------
    px, py
        Points in metres, shape (m,), m > 0.
    lamps
        The lamps, n > 0 of them.
    reach
        How far each lamp's light counts, metres, shape (n,).

    Returns
    -------
    at, of, distance : ndarray
        Position of the point, of the lamp, and metres along the ground.
    """
    from scipy.spatial import cKDTree

    points, sources = (cKDTree(np.column_stack(p)) for p in ((px, py), (lamps.x, lamps.y)))
    pairs = points.sparse_distance_matrix(sources, float(reach.max()), output_type="ndarray")
    pairs = pairs[pairs["v"] <= reach[pairs["j"]]]
    return pairs["i"], pairs["j"], pairs["v"]
