"""How much of all that happens lies on how few places, with the small-number trap allowed for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

DRAWS = 499


@dataclass(frozen=True, slots=True, eq=False)
class Concentration:
    """
    The concentration of incidents on units.

    Parameters
    ----------
    share_units, share_incidents
        The curve, busiest unit first, from 0 to 1, shape (units + 1,).
    gini
        Gini coefficient as it is usually printed.
    gini_adjusted
        The same, measured from the most even spread that so few incidents allow.
    holds
        For 25, 50 and 80 % of the incidents: the smallest share of units that holds them.
    even_low, even_high
        The same shares where chance alone spreads the incidents by `exposure`: 95 in 100
        draws lie between.
    n, units
        Incidents and units.
    """

    share_units: Floats
    share_incidents: Floats
    gini: float
    gini_adjusted: float
    holds: dict[int, float]
    even_low: dict[int, float]
    even_high: dict[int, float]
    n: int
    units: int


LEVELS = (25, 50, 80)


def concentration(
    counts: ArrayLike, *, exposure: ArrayLike | None = None, rng: np.random.Generator,
    draws: int = DRAWS,
) -> Concentration:  # fmt: skip
    """
    Draw the concentration curve, and what chance alone would draw.

    Parameters
    ----------
    counts
        Incidents in each unit, units with none included, whole numbers, shape (k,).
    exposure
        What each unit would have, any scale; alike when left out.
    rng
        Spreads as many incidents by chance.
    draws
        How many times.

    Returns
    -------
    Concentration
        With its band of chance.

    Raises
    ------
    AnalysisError
        If there is no unit or no incident, or a count is below 0.

    Notes
    -----
    With fewer incidents than units most units must be empty, and any Gini looks large. With k
    units and n incidents the adjusted one is ``max(k/n, 1) (G - 1) + 1``: 0 for the most even
    spread there can be. Half of the incidents on 4 % of the streets is a finding only when it
    lies outside the band.

    References
    ----------
    .. [1] Bernasco, W. and Steenbeek, W. (2017). More Places than Crimes: Implications for
       Evaluating the Law of Crime Concentration at Place. Journal of Quantitative Criminology
       33(3), 451-467. doi:10.1007/s10940-016-9324-7
    .. [2] Weisburd, D. (2015). The law of crime concentration and the criminology of place.
       Criminology 53(2), 133-157. doi:10.1111/1745-9125.12070

    Examples
    --------
    >>> one = concentration([8, 1, 1, 0], rng=np.random.default_rng(1))
    >>> one.holds[80], round(one.gini, 3)
    (0.25, 0.6)
    """
    n = np.asarray(counts, np.float64)
    weight = np.ones(n.size) if exposure is None else np.asarray(exposure, np.float64)
    if n.size == 0 or n.sum() <= 0 or (n < 0).any() or weight.shape != n.shape:
        msg = "a concentration needs units, and incidents in some of them."
        raise AnalysisError(msg, found=int(n.size), fix="count the incidents by unit first")
    if (weight < 0).any() or weight.sum() <= 0:
        msg = "the exposure must be from 0 up, and above 0 somewhere."
        raise AnalysisError(msg, fix="give street length, or leave it out")
    units, total = n.size, float(n.sum())
    made = rng.multinomial(round(total), weight / weight.sum(), size=draws)
    chance = np.asarray([[_holds(row, level) for level in LEVELS] for row in made])
    low, high = np.quantile(chance, [0.025, 0.975], axis=0)
    falling = np.sort(n)[::-1]
    gini = _gini(n)
    return Concentration(
        np.arange(units + 1) / units,
        np.concatenate(([0.0], np.cumsum(falling) / total)),
        gini,
        max(units / total, 1.0) * (gini - 1) + 1,
        {level: _holds(n, level) for level in LEVELS},
        dict(zip(LEVELS, low.tolist(), strict=True)),
        dict(zip(LEVELS, high.tolist(), strict=True)),
        round(total),
        units,
    )


def _holds(n: Floats, level: int) -> float:
    """Smallest share of the units that holds so many per cent."""
    grown = np.cumsum(np.sort(n)[::-1])
    return float(np.searchsorted(grown, grown[-1] * level / 100 - 1e-9) + 1) / n.size


def _gini(n: Floats) -> float:
    """Gini coefficient of counts (0 even, 1 - 1/k all on one)."""
    rising, k = np.sort(n), n.size
    rank = np.arange(1, k + 1)
    return float(2 * (rank * rising).sum() / (k * rising.sum()) - (k + 1) / k)
