"""Optics that shine the same all round: the bracket for a luminaire nobody has a file of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

OPTICS = ("lambert", "isotropic", "batwing")
"""Symmetric optics that bracket an unknown one: high mean and low far field, to the reverse."""
BATWING_FROM, BATWING_TO = np.deg2rad(60.0), np.deg2rad(80.0)


def _batwing_scale() -> float:
    """Candela per lumen straight down of the batwing, so that it sends out one lumen in all."""
    a, b = BATWING_FROM, BATWING_TO
    core = -np.log(np.cos(a))  # integral of tan from 0 to a
    tail = ((b - a) * np.cos(a) + np.sin(a) - np.sin(b)) / ((b - a) * np.cos(a))
    return float(1.0 / (2.0 * np.pi * (core + tail)))


BATWING_SCALE = _batwing_scale()


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
    a, b = BATWING_FROM, BATWING_TO
    gamma = np.arccos(np.clip(cosine, -1.0, 1.0))
    inner = 1.0 / np.maximum(cosine, np.cos(a))
    outer = (b - gamma) / (b - a) / np.cos(a)
    shape = np.where(gamma <= a, inner, np.where(gamma < b, outer, 0.0))
    return np.where(down, BATWING_SCALE * shape, 0.0)


def peak_per_lm(optic: str) -> float:
    """
    Give the greatest intensity of a symmetric optic.

    Parameters
    ----------
    optic
        One of `OPTICS`.

    Returns
    -------
    float
        Candela per lumen.
    """
    angles = np.cos(np.deg2rad(np.arange(0.0, 90.0, 0.5)))
    return float(intensity_per_lm(angles, optic=optic).max())
