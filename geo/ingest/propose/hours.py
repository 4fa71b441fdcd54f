"""Local or UTC: the hours at which people sleep tell."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

QUIET_HOUR = 5.0
"""Middle, local time, of the five calmest hours of what people do and report."""
ENOUGH = 200
"""Fewer timed rows than this say nothing."""
_WINDOW = 5
_CLEAR_H = 2.0
_FAR_H = 3.0
_FLAT = 1e-6


def quiet_middle(hours: np.ndarray) -> float:
    """
    Find the middle of the five calmest hours of the day.

    Parameters
    ----------
    hours
        Hour of each row, 0-23, shape (n,).

    Returns
    -------
    float
        In [0, 24).

    Examples
    --------
    >>> quiet_middle(np.repeat(np.arange(24), [9, 9, 9, 1, 1, 1, 1, 1] + [9] * 16))
    5.5
    """
    counts = np.bincount(hours.astype(int), minlength=24).astype(float)
    window = np.array([counts[(np.arange(_WINDOW) + at) % 24].sum() for at in range(24)])
    # of several windows as calm, the middle one round the clock
    turn = np.exp(2j * np.pi * np.flatnonzero(window == window.min()) / 24).sum()
    start = round(float(np.angle(turn)) * 24 / (2 * np.pi), 6) if abs(turn) > _FLAT else 0.0
    return float((start + _WINDOW / 2) % 24)


def _apart(hour: float) -> float:
    away = abs(hour - QUIET_HOUR - 0.5) % 24
    return min(away, 24 - away)


def clock_reading(written: pd.Series, *, timezone: str) -> tuple[str, float, float] | None:
    """
    Tell whether written times read better as local clock or as UTC.

    Parameters
    ----------
    written
        ``datetime64``, naive, as written, shape (n,); midnights are left out.
    timezone
        Of the municipality.

    Returns
    -------
    tuple or None
        "local", "utc" or "either" (always in a zone nearer than three hours
        to UTC: the day's rhythm is not that sharp); and the middle of the calm hours read as
        local and as UTC. None with too few timed rows.
    """
    timed = written[written != written.dt.normalize()].dropna()
    if len(timed) < ENOUGH:
        return None
    as_local = quiet_middle(timed.dt.hour.to_numpy())
    moved = timed.dt.tz_localize("UTC").dt.tz_convert(ZoneInfo(timezone))
    as_utc = quiet_middle(moved.dt.hour.to_numpy())
    local, utc = _apart(as_local), _apart(as_utc)
    shift = (moved.dt.tz_localize(None) - timed).median() / pd.Timedelta(hours=1)
    if abs(shift) < _FAR_H or abs(local - utc) < _CLEAR_H:
        return "either", as_local, as_utc
    return ("local" if local < utc else "utc"), as_local, as_utc
