"""What the distance between lamps says when nothing but their places and heights is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.lighting.bands import PROBABLY_OK, PROBABLY_SHORT, UNCERTAIN
from geo.lighting.en_grid import grid_points
from geo.lighting.illuminance import light_at
from geo.lighting.luminaires import Luminaires
from geo.lighting.optics.symmetric import OPTICS
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_ROW = 10  # lamps on each side that are counted


@dataclass(frozen=True, slots=True)
class Row:
    """
    A path with lamps in one row.

    Parameters
    ----------
    spacing_m, height_m
        Between the lamps, and of them.
    flux_lm
        Leaving each.
    width_m
        Of the path.
    beside_m
        The lamps stand this far outside its near edge.
    maintenance
        Share left after ageing and dirt.
    out
        Whether the lamp in the middle is out.
    """

    spacing_m: float
    height_m: float
    flux_lm: float
    width_m: float = 3.0
    beside_m: float = 0.5
    maintenance: float = 0.85
    out: bool = False

    def light(self, optic: str) -> tuple[float, float]:
        """
        Compute mean and least on the standard's grid.

        Parameters
        ----------
        optic
            A symmetric optic by name.

        Returns
        -------
        mean, least : float
            Lux, on both sides of the lamp in the middle.
        """
        along, across = grid_points(self.spacing_m, width_m=self.width_m)
        x = np.r_[along, along - self.spacing_m]
        y = np.r_[across, across]
        at: Floats = np.arange(-_ROW, _ROW + 1).astype(float) * self.spacing_m
        if self.out:
            at = at[at != 0]
        one = np.ones(at.size)
        lamps = Luminaires(
            x=at, y=-self.beside_m * one, height_m=self.height_m * one,
            flux_lm=self.flux_lm * one, output=one, maintenance=self.maintenance * one,
            optic=optic,
        )  # fmt: skip
        lux = light_at(x, y, lamps, negligible_lx=1e-6)
        return float(lux.mean()), float(lux.min())


def draw_rows(
    row: Row, *, draws: int = 300, seed: int = 1, flux: float = 0.2, height: float = 0.1
) -> tuple[Floats, Floats]:
    """
    Draw the light of a row many times over what is not known.

    Parameters
    ----------
    row
        The middle of what is believed.
    draws, seed
        How many, and of which chance.
    flux, height
        How far they may be off, as a share.

    Returns
    -------
    mean, least : ndarray
        Lux, shape (draws,); the optics of the bracket in turn, maintenance
        0.7 to 0.9.
    """
    rng = np.random.default_rng(seed)
    low, high = lighting_table("defaults")["maintenance"]["range"]
    out = np.empty((2, draws))
    for k in range(draws):
        drawn = Row(
            row.spacing_m, row.height_m * rng.uniform(1 - height, 1 + height),
            row.flux_lm * rng.uniform(1 - flux, 1 + flux), row.width_m, row.beside_m,
            rng.uniform(low, high), row.out,
        )  # fmt: skip
        out[:, k] = drawn.light(OPTICS[k % len(OPTICS)])
    return out[0], out[1]


def p_one_lux(ratio: ArrayLike) -> tuple[Floats, Floats]:
    """
    Give the probability that the least light between two lamps is 1 lx.

    Parameters
    ----------
    ratio
        Distance over mounting height, shape (n,).

    Returns
    -------
    low, high : ndarray
        Over heights of 4 to 8 m, from the table of the simulation, straight
        between its rows.
    """
    table = lighting_table("screening")
    asked = np.asarray(ratio, float)
    low, high = (np.interp(asked, table["ratio"], table[f"p_emin_1_{end}"]) for end in
                 ("low", "high"))  # fmt: skip
    return low, high


def screen(spacings: pd.DataFrame) -> pd.DataFrame:
    """
    Add to pairs of neighbouring lamps how probable enough light is between them.

    Parameters
    ----------
    spacings
        With ``ratio``, such as `spacings` gives, shape (n,).

    Returns
    -------
    DataFrame
        A copy with ``p_low``, ``p_high`` and ``band``: ``probably_ok`` where
        even the lower is 0.8 or more, ``probably_short`` where even the higher
        is 0.2 or less, ``uncertain`` between.
    """
    table = lighting_table("screening")
    low, high = p_one_lux(spacings["ratio"].to_numpy(float))
    names = [low >= table["ok_from"], high <= table["short_to"]]
    band = np.select(names, [PROBABLY_OK, PROBABLY_SHORT], default=UNCERTAIN)
    return spacings.assign(p_low=low, p_high=high, band=band).astype({"band": "str"})
