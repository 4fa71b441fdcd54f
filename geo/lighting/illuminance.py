"""Light on a path: horizontal, vertical and semicylindrical, from many lamps with their reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

NEGLIGIBLE_LX = 0.05
"""One lamp's light below this is left out: never the threshold a street is judged by."""
FACE_M = 1.5
"""Height of the plane for vertical and semicylindrical light."""
OPTICS = ("lambert", "isotropic", "batwing")
"""Symmetric optics that bracket an unknown one: high mean and low far field, to the reverse."""
_BATWING_FROM, _BATWING_TO = np.deg2rad(60.0), np.deg2rad(80.0)


@dataclass(frozen=True, slots=True, eq=False)
class Luminaires:
    """
    Lamps as light sources, all arrays of shape (n,) in metres, lumens and shares.

    Parameters
    ----------
    x, y
        Where the light leaves.
    height_m
        Above the ground.
    flux_lm
        Leaving the luminaire.
    output
        Share of full light now, 0 to 1: dimmed, or 0 when out.
    maintenance
        Share left after ageing and dirt.
    optic
        One of `OPTICS`.
    """

    x: Floats
    y: Floats
    height_m: Floats
    flux_lm: Floats
    output: Floats
    maintenance: Floats
    optic: str = "lambert"

    @property
    def effective_lm(self) -> Floats:
        """Flux that counts: full flux times output times maintenance."""
        out: Floats = self.flux_lm * self.output * self.maintenance
        return out


def intensity_per_lm(cos_gamma: ArrayLike, *, optic: str) -> Floats:
    """
    Give the luminous intensity of a symmetric optic, per lumen.

    Parameters
    ----------
    cos_gamma
        Cosine of the angle from straight down, any shape.
    optic
        ``lambert`` (I ~ cos), ``isotropic`` (equal over the lower half) or
        ``batwing`` (I ~ 1/cos up to 60 degrees, falling straight to none at
        80).

    Returns
    -------
    ndarray
        Candela per lumen, same shape; 0 above the horizontal.

    Raises
    ------
    ValueError
        If there is no such optic.
    """
    cosine = np.asarray(cos_gamma, float)
    down = cosine > 0
    if optic == "lambert":
        return np.where(down, cosine / np.pi, 0.0)
    if optic == "isotropic":
        return np.where(down, 1.0 / (2.0 * np.pi), 0.0)
    if optic != "batwing":
        msg = f"there is no optic {optic!r}: use one of {', '.join(OPTICS)}"
        raise ValueError(msg)
    a, b = _BATWING_FROM, _BATWING_TO
    core = -np.log(np.cos(a))  # integral of tan from 0 to a
    tail = ((b - a) * np.cos(a) + np.sin(a) - np.sin(b)) / ((b - a) * np.cos(a))
    scale = 1.0 / (2.0 * np.pi * (core + tail))
    gamma = np.arccos(np.clip(cosine, -1.0, 1.0))
    inner = 1.0 / np.maximum(cosine, np.cos(a))
    outer = (b - gamma) / (b - a) / np.cos(a)
    shape = np.where(gamma <= a, inner, np.where(gamma < b, outer, 0.0))
    return np.where(down, scale * shape, 0.0)


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
        None for level ground. Otherwise the heading, clockwise from north,
        that a person faces at each point, and the answer is semicylindrical
        light 1.5 m up.

    Returns
    -------
    ndarray
        Lux, shape (m,). Time grows with the pairs within reach, not with
        points times lamps.
    """
    from scipy.spatial import cKDTree

    px, py = np.asarray(x, float), np.asarray(y, float)
    out = np.zeros(px.size)
    if px.size == 0 or lamps.x.size == 0:
        return out
    height = lamps.height_m - (FACE_M if facing_deg is not None else 0.0)
    flux = np.where(height > 0, lamps.effective_lm, 0.0)
    peak = flux * _peak_per_lm(lamps.optic)
    reach = cutoff_m(peak, height_m=np.maximum(height, 0.0), lux=negligible_lx)
    points, sources = (cKDTree(np.column_stack(p)) for p in ((px, py), (lamps.x, lamps.y)))
    pairs = points.sparse_distance_matrix(sources, float(reach.max()), output_type="ndarray")
    pairs = pairs[pairs["v"] <= reach[pairs["j"]]]
    at, of, distance = pairs["i"], pairs["j"], pairs["v"]
    above = height[of]
    cosine = above / np.hypot(above, distance)
    intensity = flux[of] * intensity_per_lm(cosine, optic=lamps.optic)
    if facing_deg is None:
        lux = horizontal_lux(intensity, height_m=above, distance_m=distance)
    else:
        facing = np.broadcast_to(np.asarray(facing_deg, float), px.shape)[at]
        towards = np.rad2deg(np.arctan2(lamps.x[of] - px[at], lamps.y[of] - py[at]))
        lux = semicylindrical_lux(
            intensity, height_m=above, distance_m=distance, turned_deg=towards - facing
        )
    np.add.at(out, at, lux)
    return out


def _peak_per_lm(optic: str) -> float:
    """Greatest intensity of an optic, per lumen."""
    angles = np.cos(np.deg2rad(np.arange(0.0, 90.0, 0.5)))
    return float(intensity_per_lm(angles, optic=optic).max())


def grid_counts(spacing_m: float, *, width_m: float) -> tuple[int, int]:
    """
    Count the points of the EN 13201-3 grid between two lamps.

    Parameters
    ----------
    spacing_m
        Between the lamps.
    width_m
        Of the path.

    Returns
    -------
    along, across : int
        10 points along up to 30 m, else as many as keep them 3 m apart; across
        at least 3, at most 1.5 m apart.
    """
    along = 10 if spacing_m <= 30.0 else int(np.ceil(spacing_m / 3.0))
    return along, max(3, int(np.ceil(width_m / 1.5)))
