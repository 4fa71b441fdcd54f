"""Did it help? A place before and after, beside a place like it, with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Spell:
    """
    Incidents before and after, at one kind of place.

    Parameters
    ----------
    before, after
        Counts.
    size
        How much larger this area is than the unit counts are compared in.
    """

    before: float
    after: float
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Effect:
    """
    How many incidents fewer (below 0) or more, with its interval.

    Parameters
    ----------
    value
        Weighted displacement difference, or a ratio of ratios.
    se
        Its standard error (of the logarithm for a ratio).
    z
        Standard score.
    low, high
        Interval.
    """

    value: float
    se: float
    z: float
    low: float
    high: float


def displacement_difference(
    treated: Spell,
    control: Spell,
    *,
    displaced: Spell | None = None,
    displaced_control: Spell | None = None,
    periods: tuple[float, float] = (1.0, 1.0),
    level: float = LEVEL,
) -> Effect:
    """
    Give the weighted displacement difference: the change here less the change there.

    Parameters
    ----------
    treated, control
        The place of the measure, and one like it without.
    displaced, displaced_control
        The ring round the place that incidents could move to, and one like it; both or none.
    periods
        Length of the spell before and after, any unit.
    level
        Chance that the interval covers, normal.

    Returns
    -------
    Effect
        ``(T1 - T0) - (C1 - C0)``, plus the same of the rings, each count divided by the
        length of its period and the size of its area; the variance of a count is the count.

    Raises
    ------
    ValueError
        If only one ring is given, or a period or size is not above 0.

    Notes
    -----
    Four counts of m each need a fall of about 3.3 sqrt(m) before it can be told from chance,
    so a place with a handful a month can rarely prove anything alone.

    References
    ----------
    .. [1] Wheeler, A. P. and Ratcliffe, J. H. (2018). A simple weighted displacement
       difference test to evaluate place based crime interventions. Crime Science 7, 11.
       doi:10.1186/s40163-018-0085-5

    Examples
    --------
    >>> out = displacement_difference(Spell(20, 10), Spell(20, 20))
    >>> out.value, round(out.se, 4), round(out.z, 6)
    (-10.0, 8.3666, -1.195229)
    """
    if (displaced is None) != (displaced_control is None):
        msg = "a ring needs a ring to compare with: give both, or none"
        raise ValueError(msg)
    spells = [(treated, 1), (control, -1)]
    if displaced is not None and displaced_control is not None:
        spells += [(displaced, 1), (displaced_control, -1)]
    if min(periods) <= 0 or min(spell.size for spell, _ in spells) <= 0:
        msg = f"periods and sizes must be above 0, got {periods}"
        raise ValueError(msg)
    value = variance = 0.0
    for spell, sign in spells:
        before, after = periods[0] * spell.size, periods[1] * spell.size
        value += sign * (spell.after / after - spell.before / before)
        variance += spell.after / after**2 + spell.before / before**2
    return _normal(value, float(np.sqrt(variance)), level)


def harm_difference(
    treated: Sequence[Spell],
    control: Sequence[Spell],
    *,
    harm: Sequence[float],
    level: float = LEVEL,
) -> Effect:
    """
    Sum the displacement differences of several kinds of incident, weighed by harm.

    Parameters
    ----------
    treated, control
        One spell a kind.
    harm
        Weight of one incident of each kind.
    level
        As in `displacement_difference`.

    Returns
    -------
    Effect
        Sum of weight times difference; the variance sums with the weights squared.
    """
    parts = [displacement_difference(t, c) for t, c in zip(treated, control, strict=True)]
    weight = np.asarray(harm, np.float64)
    value = float(weight @ np.asarray([part.value for part in parts]))
    se = float(np.sqrt(weight**2 @ np.asarray([part.se**2 for part in parts])))
    return _normal(value, se, level)


def rate_ratio(treated: Spell, control: Spell, *, level: float = LEVEL) -> Effect:
    """
    Give the ratio of ratios: after over before here, by the same there.

    Parameters
    ----------
    treated, control
        Counts, all above 0.
    level
        Chance that the interval covers, normal on the logarithm.

    Returns
    -------
    Effect
        The ratio, the standard error of its logarithm, and the interval of the ratio.

    Raises
    ------
    ValueError
        If a count is 0: the ratio is then not defined.
    """
    counts = np.asarray([treated.before, treated.after, control.before, control.after])
    if counts.min() <= 0:
        msg = "a ratio needs counts above 0 before and after; with none, say too few"
        raise ValueError(msg)
    log = float(np.log(counts[1] / counts[0]) - np.log(counts[3] / counts[2]))
    part = _normal(log, float(np.sqrt((1 / counts).sum())), level)
    return Effect(float(np.exp(log)), part.se, part.z, float(np.exp(part.low)),
                  float(np.exp(part.high)))  # fmt: skip


def _normal(value: float, se: float, level: float) -> Effect:
    """Put a normal interval round a value."""
    from scipy.special import ndtri

    reach = float(ndtri(0.5 + level / 2)) * se
    z = value / se if se > 0 else 0.0
    return Effect(value, se, z, value - reach, value + reach)
