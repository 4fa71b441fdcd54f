"""How sure a lux value is: the same light drawn many times over what is only assumed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.lighting.illuminance import NEGLIGIBLE_LX, cutoff_m, horizontal_lux, pairs_in_reach
from geo.lighting.luminaires import intensity_towards, peaks
from geo.lighting.optics.symmetric import OPTICS, peak_per_lm
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.lighting.luminaires import Luminaires

    Floats = NDArray[np.float64]
    Draws = NDArray[np.float32]

DRAWS = 30
SEED = 1
OK_FROM, SHORT_TO = 0.8, 0.2
PROBABLY_OK, UNCERTAIN, PROBABLY_SHORT = "probably_ok", "uncertain", "probably_short"
_CARE_SPREAD = 0.1
_WIDEST = 1.6  # no draw gives a lamp more than this many times its light


@dataclass(frozen=True, slots=True, eq=False)
class Unsure:
    """
    What of each lamp is only assumed, bool arrays of shape (n,).

    Parameters
    ----------
    height
        Mounting height.
    flux
        Lumens.
    turn_deg
        How far each may be turned from where it is taken to face, degrees; counts for lamps
        with a photometric file. None for none.
    """

    height: NDArray[np.bool_]
    flux: NDArray[np.bool_]
    turn_deg: Floats | None = None


def draw_light(
    x: Floats,
    y: Floats,
    lamps: Luminaires,
    *,
    unsure: Unsure,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Draws:
    """
    Draw the light on level ground many times.

    In each draw all lamps without a photometric file share one optic out of the
    symmetric bracket, and all lamps one error of assumed heights, one of assumed
    flux and one of maintenance: lamps of one municipality are wrong together,
    which keeps the band honest. A stated value has a small error of its own, and
    a lamp with a file is turned by one.

    Parameters
    ----------
    x, y
        Points in metres, shape (m,).
    lamps
        The lamps, n of them; their own optic is not used.
    unsure
        What is assumed.
    draws
        How many.
    seed
        Of the draws; the same seed gives the same answer.

    Returns
    -------
    ndarray
        Lux, float32, shape (draws, m).
    """
    out = np.zeros((draws, x.size), np.float32)
    if x.size == 0 or lamps.x.size == 0:
        return out
    rng, turned = np.random.default_rng(seed), np.random.default_rng([seed, 1])
    bare = max(peak_per_lm(optic) for optic in OPTICS)
    known = np.zeros(lamps.x.size, bool) if lamps.file is None else lamps.file >= 0
    peak = np.where(known, peaks(lamps), bare) * lamps.effective_lm * _WIDEST
    reach = cutoff_m(peak, height_m=lamps.height_m, lux=NEGLIGIBLE_LX)
    at, of, distance = pairs_in_reach(x, y, lamps, reach)
    heading = np.zeros(0)  # only photometric files ask which way
    if lamps.file is not None:
        heading = np.rad2deg(np.arctan2(x[at] - lamps.x[of], y[at] - lamps.y[of]))
    lit, at = np.unique(at, return_inverse=True)
    spread = lighting_table("defaults")["spread"]
    for k in range(draws):
        optic = OPTICS[k % len(OPTICS)]
        height = lamps.height_m * _factor(
            rng, unsure.height, spread["assumed_height"], spread["stated_height"]
        )
        flux = lamps.effective_lm * _factor(
            rng, unsure.flux, spread["assumed_flux"], spread["stated_flux"]
        )
        flux = flux * rng.uniform(1 - _CARE_SPREAD, 1 + _CARE_SPREAD)
        above = height[of]
        light = replace(lamps, optic=optic, azimuth_deg=_turned(lamps, unsure.turn_deg, rng=turned))
        intensity = flux[of] * intensity_towards(
            light, of, above=above, distance=distance, heading=heading
        )
        lux = horizontal_lux(intensity, height_m=above, distance_m=distance)
        out[k, lit] = np.bincount(at, lux, minlength=lit.size)
    return out


def _turned(
    lamps: Luminaires, turn_deg: Floats | None, *, rng: np.random.Generator
) -> Floats | None:
    """Turn each lamp that has a file by an error of its own."""
    if lamps.file is None or lamps.azimuth_deg is None or turn_deg is None:
        return lamps.azimuth_deg
    out: Floats = lamps.azimuth_deg + rng.uniform(-1.0, 1.0, lamps.x.size) * turn_deg
    return out


def _factor(
    rng: np.random.Generator, assumed: NDArray[np.bool_], wide: float, narrow: float
) -> Floats:
    """One error for all that is assumed, and one for each lamp that is stated."""
    together = rng.uniform(1 - wide, 1 + wide)
    alone = rng.uniform(1 - narrow, 1 + narrow, assumed.size)
    return np.where(assumed, together, alone)


def share_at_least(draws: Draws, threshold_lx: float) -> Floats:
    """
    Give the share of draws in which the light is enough.

    Parameters
    ----------
    draws
        Lux, shape (draws, m).
    threshold_lx
        What is enough.

    Returns
    -------
    ndarray
        0 to 1, shape (m,).
    """
    out: Floats = (draws >= threshold_lx).mean(axis=0, dtype=float)
    return out


def band(share: Floats) -> NDArray[np.object_]:
    """
    Put a probability in words.

    Parameters
    ----------
    share
        Probability that the light is enough, shape (n,).

    Returns
    -------
    ndarray
        ``probably_ok`` from 0.8, ``probably_short`` up to 0.2, ``uncertain``
        between.
    """
    return np.select(
        [share >= OK_FROM, share <= SHORT_TO], [PROBABLY_OK, PROBABLY_SHORT], default=UNCERTAIN
    ).astype(object)
