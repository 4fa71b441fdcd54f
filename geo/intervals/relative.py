"""Did it help? Events before and after, beside places where nothing was done."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

OVER_DISPERSION = 2.0
"""Counts of events vary more than chance alone; a remembered value, to be shown beside."""
_Z95 = 1.96
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class RelativeEffect:
    """
    How counts changed, against the comparison.

    Parameters
    ----------
    value
        Above 1: fewer than the comparison led to expect.
    low, high
        Its 95 % interval.
    over_dispersion
        What the variance was multiplied by.
    """

    value: float
    low: float
    high: float
    over_dispersion: float

    @property
    def reduction(self) -> float:
        """Share fewer than expected; negative when there were more."""
        return 1.0 - 1.0 / self.value


def relative_effect(
    before: int,
    after: int,
    *,
    control_before: int,
    control_after: int,
    over_dispersion: float = OVER_DISPERSION,
) -> RelativeEffect:
    """
    Compare a change with the change elsewhere.

    Parameters
    ----------
    before, after
        Events where something was done.
    control_before, control_after
        Events where nothing was.
    over_dispersion
        At least 1; the variance of the logarithm is multiplied by it.

    Returns
    -------
    RelativeEffect
        ``(before control_after) / (after control_before)``; a half is added
        to all counts when one is zero.

    Raises
    ------
    ValueError
        If a count is negative, or the over-dispersion below 1.

    Examples
    --------
    >>> got = relative_effect(120, 80, control_before=100, control_after=95, over_dispersion=1)
    >>> round(got.value, 3), round(got.low, 3), round(got.high, 3), round(got.reduction, 3)
    (1.425, 0.957, 2.123, 0.298)
    """
    counts = np.array([before, after, control_before, control_after], float)
    if (counts < 0).any() or over_dispersion < 1:
        msg = f"need counts >= 0 and over_dispersion >= 1, got {counts.tolist()}, {over_dispersion}"
        raise ValueError(msg)
    if (counts == 0).any():
        counts += _HALF
    a, b, c, d = counts
    value = float(a * d / (b * c))
    spread = _Z95 * float(np.sqrt(over_dispersion * (1.0 / counts).sum()))
    return RelativeEffect(
        value, value * float(np.exp(-spread)), value * float(np.exp(spread)), float(over_dispersion)
    )
