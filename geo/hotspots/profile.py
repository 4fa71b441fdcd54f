"""When it happens: hour by weekday, with intervals of time spread and a peak only if real."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.clock import DAY_STARTS_AT, DEFAULT_ZONE
from geo.intervals import poisson_interval

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

LONGEST_H = 24.0
"""An interval this long or longer says nothing of the hour."""
FEWEST_TIMED = 8
_QUARTER = 15 * 60 * 1_000_000
_SLOTS = 7 * 24
_LENGTHS = (3, 4, 6)
_DAYS: tuple[tuple[int, ...], ...] = (
    *((d,) for d in range(7)),
    (4, 5),
    (0, 1, 2, 3),
    (0, 1, 2, 3, 4),
    (5, 6),
    (0, 1, 2, 3, 4, 5, 6),
)
_DRAWS = 499
_LEVEL = 0.05


def usable(rows: pd.DataFrame) -> Bools:
    """
    Tell which incidents have an hour that can be used.

    Parameters
    ----------
    rows
        Incidents with ``occurred_from``, ``occurred_to`` and ``time_known``.

    Returns
    -------
    numpy.ndarray
        bool, shape (n,): known, and no interval of 24 hours or more.
    """
    start, end = rows["occurred_from"], rows["occurred_to"]
    hours = (end - start).dt.total_seconds() / 3600
    known = rows["time_known"].fillna(False).astype(bool)  # noqa: FBT003 - a missing value
    return np.asarray(known & start.notna() & ~(hours >= LONGEST_H), dtype=bool)


def hour_shares(rows: pd.DataFrame, *, timezone: str = DEFAULT_ZONE) -> Floats:
    """
    Spread each incident over the 168 hours of an operative week.

    An interval is spread evenly over its length in quarters of an hour (aoristic weights
    [1]_), so that a car damaged between 22 and 07 never becomes a moment.

    Parameters
    ----------
    rows
        Incidents with a usable hour, shape (n,).
    timezone
        IANA name of the local zone.

    Returns
    -------
    numpy.ndarray
        Shape (n, 168), rows sum to 1; column 0 is Monday 06-07, column 167 is the hour that
        ends Monday 06:00.

    References
    ----------
    .. [1] Ratcliffe, J. H. (2002). Aoristic signatures and the spatio-temporal analysis of
       high volume crime patterns. Journal of Quantitative Criminology 18(1), 23-43.
       doi:10.1023/A:1013240828824
    """
    import pandas as pd

    n = len(rows)
    if n == 0:
        return np.zeros((0, _SLOTS))
    start = rows["occurred_from"].astype("datetime64[us, UTC]").astype("int64").to_numpy()
    known_end = rows["occurred_to"].fillna(rows["occurred_from"])
    end = known_end.astype("datetime64[us, UTC]").astype("int64").to_numpy()
    end = np.maximum(end, start + 1)
    first, last = start // _QUARTER, (end - 1) // _QUARTER
    steps = last - first + 1
    row = np.repeat(np.arange(n), steps)
    quarter = first[row] + np.arange(row.size) - np.repeat(np.cumsum(steps) - steps, steps)
    low = np.maximum(quarter * _QUARTER, start[row])
    high = np.minimum((quarter + 1) * _QUARTER, end[row])
    share = (high - low) / (end - start)[row]
    local = pd.DatetimeIndex((quarter * _QUARTER).astype("datetime64[us]"), tz="UTC")
    clock = local.tz_convert(timezone)
    hour = (clock.day_of_week.to_numpy() * 24 + clock.hour.to_numpy() - DAY_STARTS_AT) % _SLOTS
    out = np.bincount(row * _SLOTS + hour, share, n * _SLOTS).reshape(n, _SLOTS)
    return np.asarray(out, dtype=np.float64)


def profile(shares: Floats, weights: Floats) -> Floats:
    """
    Sum incidents to a week of hours.

    Parameters
    ----------
    shares
        From `hour_shares`, shape (n, 168).
    weights
        What each incident counts for, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (7, 24): operative weekdays from Monday, hours from 06.
    """
    return np.asarray((weights @ shares).reshape(7, 24), dtype=np.float64)


def hour_limits(week: Floats) -> tuple[Floats, Floats]:
    """
    Give each hour's exact 95 % interval.

    Parameters
    ----------
    week
        From `profile`, shape (7, 24).

    Returns
    -------
    low, high : numpy.ndarray
        Shape (7, 24), incidents.
    """
    return poisson_interval(week)


@lru_cache(maxsize=1)
def _windows() -> tuple[Floats, tuple[tuple[tuple[int, ...], int, int], ...]]:
    """Lay every window of days and hours that a shift could be given."""
    masks, names = [], []
    for days in _DAYS:
        for length in _LENGTHS:
            for start in range(24 - length + 1):
                mask = np.zeros((7, 24))
                mask[list(days), start : start + length] = 1.0
                masks.append(mask.ravel())
                names.append((days, start, length))
    return np.asarray(masks), tuple(names)


def peak(week: Floats, *, rng: np.random.Generator) -> dict[str, Any]:
    """
    Find when most happens, if the hours can tell.

    Windows of 3, 4 and 6 hours on single days and usual groups of days compete by their
    standard score against an even week. The best is named only if fewer than 5 % of even
    weeks with as many incidents have one as strong; otherwise there is no clear time.

    Parameters
    ----------
    week
        From `profile`, shape (7, 24).
    rng
        Draws the even weeks.

    Returns
    -------
    dict
        ``certain``; ``n_timed``; ``n`` and ``share`` in the window; ``p``; ``slots``, each
        with ``weekday`` (0 Monday, operative), ``from`` and ``to`` (clock hours; `to` past
        midnight is the smaller), ``n`` and ``share``. Without a clear time: no slots.
    """
    total = float(week.sum())
    whole = round(total)
    out: dict[str, Any] = {"certain": False, "n_timed": whole, "n": 0.0, "share": None}
    out |= {"p": None, "slots": []}
    if whole < FEWEST_TIMED:
        return out
    masks, names = _windows()
    size = masks.sum(axis=1) / _SLOTS
    spread = np.sqrt(size * (1 - size))

    def score(counts: Floats) -> Floats:
        total = counts[:, :1].sum(axis=0)  # the same in every week
        held = masks @ counts
        held -= total * size[:, None]
        held /= np.maximum(np.sqrt(total) * spread[:, None], 1.0)
        return np.asarray(held)

    seen = score(week.reshape(_SLOTS, 1))[:, 0]
    best = int(np.argmax(np.round(seen, 9)))
    even = rng.multinomial(whole, np.full(_SLOTS, 1 / _SLOTS), size=_DRAWS).T.astype(np.float64)
    beaten = int((score(even).max(axis=0) >= seen[best] - 1e-9).sum())
    p = (beaten + 1) / (_DRAWS + 1)
    out["p"] = round(p, 4)
    if p > _LEVEL:
        return out
    days, start, length = names[best]
    slots = []
    for day in days:
        n = float(week[day, start : start + length].sum())
        clock = (start + DAY_STARTS_AT) % 24
        until = (start + length + DAY_STARTS_AT) % 24
        slot = {"weekday": day, "from": clock, "to": until or 24}
        slots.append(slot | {"n": round(n, 2), "share": round(n / total, 3)})
    n = sum(s["n"] for s in slots)
    return out | {
        "certain": True,
        "n": round(n, 2),
        "share": round(n / total, 3),
        "slots": slots,
    }
