"""Is there more in the dark than in the light at the same clock hour? An odds ratio with limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.clock import DEFAULT_ZONE, local_to_utc
from geo.sun import DARK_BELOW_DEG, DAY_FROM_DEG, altitude_deg

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST = 10
"""With fewer events than this in any cell there is nothing to say."""
FEWEST_DAYS = 60
"""A clock hour can be tested when it is wholly light, and wholly dark, on so many days."""
LIGHT, DARK, SKIPPED = 1, -1, 2
_Z95 = 1.959963984540054
_BANDS = ((3.0, "large"), (1.86, "medium"), (1.22, "small"))


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """
    The answer of a dark-hours test.

    Parameters
    ----------
    or_dark_vs_light
        Above 1: more in the dark. Studies of footfall often print the inverse.
    low, high
        Its 95 % limits.
    z
        Its logarithm over the standard error of that.
    counts
        Events: case dark, case light, control dark, control light.
    corrected
        Whether a half was added to each cell, because one was empty.
    enough
        Whether every cell has at least ten events: without that the answer is
        "för få händelser", whatever the ratio.
    """

    or_dark_vs_light: float
    low: float
    high: float
    z: float
    counts: tuple[int, int, int, int]
    corrected: bool
    enough: bool

    @property
    def finding(self) -> str:
        """One of ``too_few``, ``more_in_dark``, ``fewer_in_dark`` and ``cannot_tell``."""
        if not self.enough:
            return "too_few"
        if self.low > 1:
            return "more_in_dark"
        return "fewer_in_dark" if self.high < 1 else "cannot_tell"

    @property
    def p(self) -> float:
        """Two-sided p of no difference, from the normal tail of `z`."""
        from scipy.special import ndtr

        return float(2 * ndtr(-abs(self.z)))

    @classmethod
    def of_log(
        cls,
        log: float,
        error: float,
        *,
        counts: tuple[int, ...],
        enough: bool,
        corrected: bool = False,
    ) -> OddsRatio:
        """
        Make one of its logarithm.

        Parameters
        ----------
        log, error
            The logarithm of the ratio and its standard error.
        counts
            The four cells.
        enough, corrected
            See the class.

        Returns
        -------
        OddsRatio
            With 95 % limits on the log scale.
        """
        case_dark, case_light, control_dark, control_light = counts
        low, high = np.exp([log - _Z95 * error, log + _Z95 * error])
        return cls(
            or_dark_vs_light=float(np.exp(log)),
            low=float(low),
            high=float(high),
            z=log / error,
            counts=(case_dark, case_light, control_dark, control_light),
            corrected=corrected,
            enough=enough,
        )

    @property
    def effect(self) -> str:
        """Size in words, either way: ``large``, ``medium``, ``small`` or ``none``."""
        if np.isnan(self.or_dark_vs_light):
            return "none"
        size = max(self.or_dark_vs_light, 1 / self.or_dark_vs_light)
        return next((name for limit, name in _BANDS if size >= limit), "none")


def odds_ratio(
    case_dark: int, case_light: int, *, control_dark: int, control_light: int
) -> OddsRatio:
    """
    Compare a clock hour that is dark for part of the year with one that is not.

    Parameters
    ----------
    case_dark, case_light
        Events in the case hour on days when it is dark, and when it is light.
    control_dark, control_light
        Events in a control hour, whose light never changes, on those same
        days.

    Returns
    -------
    OddsRatio
        (case dark / case light) / (control dark / control light), with 95 %
        limits on the log scale; a half is added to every cell when one is 0.

    Raises
    ------
    ValueError
        If a count is negative.

    References
    ----------
    .. [1] Johansson, O., Wanvik, P. O. and Elvik, R. (2009). A new method for
       assessing the risk of accident associated with darkness. Accident
       Analysis and Prevention 41(4), 809-815.

    Examples
    --------
    >>> found = odds_ratio(150, 90, control_dark=200, control_light=180)
    >>> round(found.or_dark_vs_light, 3), round(found.low, 2), found.finding
    (1.5, 1.08, 'more_in_dark')
    """
    counts = (int(case_dark), int(case_light), int(control_dark), int(control_light))
    if min(counts) < 0:
        msg = f"counts cannot be negative, got {counts}"
        raise ValueError(msg)
    corrected = min(counts) == 0
    a, b, c, d = (n + 0.5 if corrected else float(n) for n in counts)
    log = float(np.log((a / b) / (c / d)))
    error = float(np.sqrt(1 / a + 1 / b + 1 / c + 1 / d))
    return OddsRatio.of_log(
        log, error, counts=counts, enough=min(counts) >= FEWEST, corrected=corrected
    )


def hour_states(
    first: date, last: date, *, lon_deg: float, lat_deg: float, timezone: str = DEFAULT_ZONE
) -> pd.DataFrame:
    """
    Tell of every clock hour of every day whether it is wholly light or wholly dark.

    Parameters
    ----------
    first, last
        First and last day, both included.
    lon_deg, lat_deg
        The place, WGS 84 degrees.
    timezone
        Whose clock.

    Returns
    -------
    DataFrame
        Days by clock hours 0-23, ``int8``: 1 light (sun at 0 degrees or above at every fifth
        minute from :00 to :55), -1 dark (below -6), 0 neither, 2 where the clocks skip or repeat
        the hour.
    """
    days = pd.date_range(first, last, freq="D")
    clock = pd.Series(np.repeat(days.to_numpy(), 24)) + pd.to_timedelta(
        np.tile(np.arange(24), len(days)), unit="h"
    )
    start, _, in_fold = local_to_utc(clock, timezone=timezone)
    sound = (start.notna() & ~in_fold).to_numpy()
    begin = start[sound].dt.tz_localize(None).to_numpy().astype("datetime64[s]")
    minutes = (np.arange(0, 60, 5) * 60).astype("timedelta64[s]")
    stamps = (begin[:, None] + minutes).ravel()
    height = altitude_deg(stamps, lon_deg=lon_deg, lat_deg=lat_deg).reshape(-1, minutes.size)
    out = np.full(len(clock), SKIPPED, dtype=np.int8)
    light = height.min(axis=1, initial=np.inf) >= DAY_FROM_DEG
    dark = height.max(axis=1, initial=-np.inf) < DARK_BELOW_DEG
    out[sound] = np.select([light, dark], [LIGHT, DARK], 0)
    return pd.DataFrame(out.reshape(-1, 24), index=days, columns=pd.RangeIndex(24, name="hour"))


def hour_days(
    year: int, *, lon_deg: float, lat_deg: float, timezone: str = DEFAULT_ZONE
) -> pd.DataFrame:
    """
    Count the days of a year on which each clock hour is wholly light or wholly dark.

    Parameters
    ----------
    year
        The year.
    lon_deg, lat_deg
        The place, WGS 84 degrees.
    timezone
        Whose clock.

    Returns
    -------
    DataFrame
        By clock hour 0-23: ``days_light``, ``days_dark`` (see `hour_states`) and
        ``role``: ``case`` (enough days of both), ``control_light`` (light on
        every day), ``control_dark`` (dark on every day) or ``neither``. An
        hour the clocks skip or repeat is left out that day.
    """
    states = hour_states(
        date(year, 1, 1), date(year, 12, 31), lon_deg=lon_deg, lat_deg=lat_deg, timezone=timezone
    )
    light, dark = (states == LIGHT).sum(), (states == DARK).sum()
    sound = (states != SKIPPED).sum()
    roles = [_role(*row) for row in zip(light, dark, sound, strict=True)]
    return pd.DataFrame({"days_light": light, "days_dark": dark, "role": roles})


def _role(light: int, dark: int, n: int) -> str:
    """Say what a clock hour can be used for."""
    if light == n:
        return "control_light"
    if dark == n:
        return "control_dark"
    return "case" if min(light, dark) >= FEWEST_DAYS else "neither"


def usable_hours(table: pd.DataFrame) -> tuple[Sequence[int], Sequence[int]]:
    """
    Choose case hours and the controls to hold them against.

    Parameters
    ----------
    table
        What `hour_days` gave.

    Returns
    -------
    case, control : list of int
        Clock hours. Controls are the always light ones; where the north has
        none, the always dark ones; empty when there are neither, and then no
        test can be made.
    """
    by_role = {role: part.index.tolist() for role, part in table.groupby("role")}
    control = by_role.get("control_light") or by_role.get("control_dark", [])
    return by_role.get("case", []), control
