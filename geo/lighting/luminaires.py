"""Lamps as light sources: where they are, how much they give, and in which directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.lighting.optics.photometry import Photometry
from geo.lighting.optics.symmetric import intensity_per_lm, peak_per_lm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


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
        A symmetric optic by name, or what a photometric file says; the same for all.
    azimuth_deg
        Street side, clockwise from north, shape (n,); counts only with a
        photometric file, and is 0 when missing.
    street_side_c_deg
        Which half plane of the file is the street side: 90 in most files of
        street luminaires, but makers differ.
    files
        What photometric files say, where lamps differ.
    file
        Position in `files` of each lamp, shape (n,); -1 where it has none and
        `optic` stands in. None where no lamp has one.
    """

    x: Floats
    y: Floats
    height_m: Floats
    flux_lm: Floats
    output: Floats
    maintenance: Floats
    optic: str | Photometry = "lambert"
    azimuth_deg: Floats | None = None
    street_side_c_deg: float = 90.0
    files: tuple[Photometry, ...] = ()
    file: NDArray[np.intp] | None = None

    @property
    def effective_lm(self) -> Floats:
        """Flux that counts: full flux times output times maintenance."""
        out: Floats = self.flux_lm * self.output * self.maintenance
        return out


def intensity_towards(
    lamps: Luminaires, of: NDArray[np.intp], *, above: Floats, distance: Floats, heading: Floats
) -> Floats:
    """
    Look up how much of a lamp's light goes towards a point.

    Parameters
    ----------
    lamps
        The lamps, n of them.
    of
        The lamp of each pair, shape (p,).
    above, distance
        Height of the lamp above the point, and metres along the ground, shape (p,).
    heading
        From the lamp to the point, clockwise from north, degrees, shape (p,).

    Returns
    -------
    ndarray
        Candela per lumen that leaves the luminaire, shape (p,).
    """
    if isinstance(lamps.optic, str):
        out = intensity_per_lm(above / np.hypot(above, distance), optic=lamps.optic)
        if lamps.file is None:
            return out
    side = np.zeros(lamps.x.size) if lamps.azimuth_deg is None else lamps.azimuth_deg
    # half planes are counted against the sun's way round, headings with it
    c = lamps.street_side_c_deg + side[of] - heading
    gamma = np.rad2deg(np.arctan2(distance, above))
    if not isinstance(lamps.optic, str):
        out = lamps.optic.per_luminaire_lm(c, gamma)
    for k, made in enumerate(lamps.files):
        mine = (np.full(lamps.x.size, -1) if lamps.file is None else lamps.file)[of] == k
        out[mine] = made.per_luminaire_lm(c[mine], gamma[mine])
    return out


def peaks(lamps: Luminaires) -> Floats:
    """
    Give the greatest intensity of each lamp, per lumen that leaves it.

    Parameters
    ----------
    lamps
        The lamps, n of them.

    Returns
    -------
    ndarray
        Candela per lumen, shape (n,).
    """
    optic = lamps.optic
    same = peak_per_lm(optic) if isinstance(optic, str) else optic.peak_per_lm
    out: Floats = np.full(lamps.x.size, same)
    for k, made in enumerate(lamps.files if lamps.file is not None else ()):
        out[lamps.file == k] = made.peak_per_lm
    return out
