"""The light of one luminaire by direction, as a photometric file tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import IngestError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

FULL_CIRCLE = 360.0
FLUX_TOLERANCE = 0.02
"""How far the light summed over all directions may be from what the file says left."""


@dataclass(frozen=True, slots=True, eq=False)
class Photometry:
    """
    Intensity of one luminaire over directions.

    Parameters
    ----------
    name
        Of the luminaire; may be empty.
    c_deg
        Angles of the half planes, shape (k,), rising from 0 to 360, both
        included, so that nothing wraps.
    gamma_deg
        Angles from straight down, shape (m,), rising.
    cd_per_lm
        Candela per lumen of `flux_lm`, shape (k, m).
    flux_lm
        What the intensities are counted against: of the bare lamp, or of the
        luminaire when the file is absolute.
    flux_basis
        ``lamp`` or ``luminaire``.
    power_w
        With losses, watts; None when not told.
    cct_k
        Colour temperature; None when not told.
    notes
        What about the file needs a look: ``several_lamp_sets``,
        ``flux_differs``.
    """

    name: str
    c_deg: Floats
    gamma_deg: Floats
    cd_per_lm: Floats
    flux_lm: float
    flux_basis: str
    power_w: float | None = None
    cct_k: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def output_ratio(self) -> float:
        """Share of `flux_lm` that leaves in all directions together."""
        gamma = np.deg2rad(self.gamma_deg)
        ring = (self.cd_per_lm[:, 1:] + self.cd_per_lm[:, :-1]) / 2
        by_plane = (ring * (np.cos(gamma[:-1]) - np.cos(gamma[1:]))).sum(axis=1)
        return float(np.trapezoid(by_plane, np.deg2rad(self.c_deg)))

    @property
    def luminaire_lm(self) -> float:
        """Light that leaves the luminaire, lumens."""
        return self.flux_lm * self.output_ratio

    @property
    def peak_per_lm(self) -> float:
        """Greatest intensity, candela per lumen that leaves the luminaire."""
        return float(self.cd_per_lm.max()) / self.output_ratio

    @property
    def upward_share(self) -> float:
        """Share of the light that goes above the horizontal, to within one step of angle."""
        gamma = np.deg2rad(self.gamma_deg)
        ring = (self.cd_per_lm[:, 1:] + self.cd_per_lm[:, :-1]) / 2
        zones = ring * (np.cos(gamma[:-1]) - np.cos(gamma[1:])) * (self.gamma_deg[:-1] >= 90.0)
        return float(np.trapezoid(zones.sum(axis=1), np.deg2rad(self.c_deg))) / self.output_ratio

    def per_luminaire_lm(self, c_deg: ArrayLike, gamma_deg: ArrayLike) -> Floats:
        """
        Look the intensity up, bilinear in both angles.

        Parameters
        ----------
        c_deg
            Half plane, any turn, shape (n,).
        gamma_deg
            From straight down, shape (n,).

        Returns
        -------
        ndarray
            Candela per lumen that leaves the luminaire, shape (n,); 0 beyond
            the last angle of the file.
        """
        c, g = np.broadcast_arrays(np.asarray(c_deg, float), np.asarray(gamma_deg, float))
        c = np.remainder(c, FULL_CIRCLE)
        i = np.clip(np.searchsorted(self.c_deg, c, side="right") - 1, 0, self.c_deg.size - 2)
        j = np.clip(
            np.searchsorted(self.gamma_deg, g, side="right") - 1, 0, self.gamma_deg.size - 2
        )
        u = (c - self.c_deg[i]) / (self.c_deg[i + 1] - self.c_deg[i])
        v = (g - self.gamma_deg[j]) / (self.gamma_deg[j + 1] - self.gamma_deg[j])
        table = self.cd_per_lm
        low = table[i, j] * (1 - v) + table[i, j + 1] * v
        high = table[i + 1, j] * (1 - v) + table[i + 1, j + 1] * v
        inside = (g >= self.gamma_deg[0]) & (g <= self.gamma_deg[-1])
        out: Floats = np.where(inside, low * (1 - u) + high * u, 0.0) / self.output_ratio
        return out


def whole_circle(c_deg: Floats, values: Floats) -> tuple[Floats, Floats]:
    """
    Spread what a file holds for some half planes over the whole circle.

    Parameters
    ----------
    c_deg
        Rising angles, shape (k,): one plane; 0..90, 0..180 or 90..270, which
        stand for the rest by symmetry; or all round.
    values
        One row a plane, shape (k, m).

    Returns
    -------
    c_deg, values : ndarray
        From 0 to 360, both included.

    Raises
    ------
    IngestError
        If the planes are none of these.
    """
    c, v = c_deg, values
    if c.size == 1:
        return np.array([0.0, FULL_CIRCLE]), np.vstack([v, v])
    if np.isclose(c[0], 90.0) and np.isclose(c[-1], 270.0):
        # the same on both sides of C90-C270: C and 180 - C hold the same
        c, v = np.r_[c, np.remainder(540.0 - c[-2:0:-1], FULL_CIRCLE)], np.vstack([v, v[-2:0:-1]])
        order = np.argsort(c)
        c, v = c[order], v[order]
    if np.isclose(c[0], 0.0) and np.isclose(c[-1], 90.0):
        c, v = np.r_[c, 180.0 - c[-2::-1]], np.vstack([v, v[-2::-1]])
    if np.isclose(c[0], 0.0) and np.isclose(c[-1], 180.0):
        c, v = np.r_[c, FULL_CIRCLE - c[-2::-1]], np.vstack([v, v[-2::-1]])
    gap = FULL_CIRCLE - c[-1]
    if np.isclose(c[0], 0.0) and 1e-9 < gap <= 1.5 * np.diff(c).max():
        c, v = np.r_[c, FULL_CIRCLE], np.vstack([v, v[:1]])
    if not (np.isclose(c[0], 0.0) and np.isclose(c[-1], FULL_CIRCLE)) or (np.diff(c) <= 0).any():
        msg = "the half planes of the photometric file do not make a circle."
        raise IngestError(
            msg, found=f"{c_deg[0]:g} to {c_deg[-1]:g} degrees",
            expected="one plane, or 0 to 90, 180 or 360, or 90 to 270 degrees",
            fix="ask the maker for a file of type C",
        )  # fmt: skip
    return c, v
