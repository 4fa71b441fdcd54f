"""Local times on the UTC line, a quarter of an hour at a time: what holds for it holds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Placed = tuple[pd.Series, pd.Series, pd.Series]

QUARTER_US = 15 * 60 * 1_000_000
MANY = 20_000
"""With fewer times than this there is nothing to win."""
_NAT = -(2**63)


def place(naive: pd.Series, *, tz: ZoneInfo) -> Placed:
    """
    Place local times on the UTC line one by one.

    Parameters
    ----------
    naive
        ``datetime64[us]``, shape (n,); NaT allowed.
    tz
        The zone the clock showed.

    Returns
    -------
    tuple of pandas.Series
        As `geo.clock.local_to_utc`.
    """
    early, late = _early_and_late(naive, tz)
    in_gap = naive.notna() & early.isna()
    in_fold = early.notna() & (early != late)
    return early.astype("datetime64[us, UTC]"), in_gap, in_fold


def place_by_quarters(naive: pd.Series, *, tz: ZoneInfo) -> Placed | None:
    """
    Place many local times by the quarter of an hour each lies in.

    Zones change their clocks between quarters, but for a few that did it a minute later; so the
    first and the last moment of every quarter are looked at, and where the two differ the times
    are not placed this way.

    Parameters
    ----------
    naive
        ``datetime64[us]``, shape (n,); NaT allowed.
    tz
        The zone the clock showed.

    Returns
    -------
    tuple of pandas.Series or None
        As `geo.clock.local_to_utc`; None when it would not be quicker, or not be the same.
    """
    import numpy as np
    import pandas as pd

    numbers = naive.to_numpy("datetime64[us]").view(np.int64)
    there = numbers != _NAT
    if len(numbers) < MANY or not there.any():
        return None
    first, last = int(numbers[there].min()) // QUARTER_US, int(numbers.max()) // QUARTER_US
    if last - first >= len(numbers) // 2:
        return None
    begin = (np.arange(first, last + 1) * QUARTER_US).view("datetime64[us]")
    end = (begin.view(np.int64) + (QUARTER_US - 1)).view("datetime64[us]")
    early, late = _shifts(begin, tz)
    for shift, same in zip((early, late), _shifts(end, tz), strict=True):
        if not np.array_equal(shift.view(np.int64), same.view(np.int64)):
            return None
    at = np.where(there, numbers // QUARTER_US - first, 0)
    utc = pd.Series(naive.to_numpy("datetime64[us]") + early[at], index=naive.index)
    in_gap = there & np.isnat(early)[at]
    in_fold = there & (~np.isnat(early) & (early != late))[at]
    gap, fold = (pd.Series(mask, index=naive.index) for mask in (in_gap, in_fold))
    return utc.dt.tz_localize("UTC"), gap, fold


def _early_and_late(naive: pd.Series, tz: ZoneInfo) -> list[pd.Series]:
    """Place times on the UTC line: those shown twice by the one clock, and by the other."""
    import numpy as np

    return [
        naive.dt.tz_localize(
            tz, ambiguous=np.full(len(naive), summer), nonexistent="NaT"
        ).dt.tz_convert("UTC")
        for summer in (True, False)
    ]


def _shifts(line: NDArray[np.datetime64], tz: ZoneInfo) -> list[NDArray[np.timedelta64]]:
    """Give what is added to clock times to have them in UTC, both ways; NaT in a gap."""
    import pandas as pd

    return [
        placed.dt.tz_localize(None).to_numpy("datetime64[us]") - line
        for placed in _early_and_late(pd.Series(line), tz)
    ]
