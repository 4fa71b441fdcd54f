"""Incidents as a forecast sees them: where, and how many blocks of days before the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from geo.clock import DAY_STARTS_AT, operative_date, zone
from geo.hotspots.forecast.caps import evidence_weight

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

WEEK_DAYS = 7
_DAY_HOURS = 24
_STRAY_SHARE = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """
    Located, dated incidents in order of time.

    Parameters
    ----------
    x, y
        East and north, metres, shape (n,).
    block
        Blocks of `block_days` counted back from the end: -1 is the last, shape (n,).
    slot
        Hour of the week, 0-167, Monday 00 first; -1 where the hour is unknown, shape (n,).
    weight
        What each counts for as evidence, shape (n,); as an outcome each counts once.
    block_days
        Length of a block, days.
    """

    x: Floats
    y: Floats
    block: Ints
    slot: Ints
    weight: Floats
    block_days: int

    @classmethod
    def of(cls, rows: pd.DataFrame, *, until: datetime, timezone: str, block_days: int) -> Trail:
        """
        Make a trail of countable incidents.

        Parameters
        ----------
        rows
            From `geo.hotspots.context.countable`: ``x``, ``y``, ``moment``, ``count``,
            ``actor`` and ``time_known``; rows at or after `until` are left out.
        until
            The end, aware; the start of an operative day keeps days whole.
        timezone
            The municipality's zone: blocks are counted on its clocks.
        block_days
            Length of a block, days.

        Returns
        -------
        Trail
            In order of time, then place, so that row order carries no meaning.
        """
        import pandas as pd

        local = rows["moment"].dt.tz_convert(zone(timezone)).dt.tz_localize(None)
        end = pd.Timestamp(until.astimezone(zone(timezone)).replace(tzinfo=None))
        days = ((local - end) / pd.Timedelta(days=1)).to_numpy(dtype=float)
        x, y = rows["x"].to_numpy(float), rows["y"].to_numpy(float)
        block = np.floor(days / block_days).astype(np.int64)
        slot = (local.dt.day_of_week * _DAY_HOURS + local.dt.hour).to_numpy(dtype=np.int64)
        known = rows["time_known"].fillna(value=False).to_numpy(dtype=bool)
        order = np.lexsort((y, x, days))
        order = order[days[order] < 0]
        return cls(
            x[order], y[order], block[order], np.where(known, slot, -1)[order],
            evidence_weight(rows, day=np.floor(days))[order], block_days,
        )  # fmt: skip

    @property
    def start(self) -> int:
        """The block where the history begins, not counting the first hundredth, which strays."""
        return self.began(0)

    def began(self, before: int) -> int:
        """
        Tell where the history begins, as it could be told at some moment.

        Parameters
        ----------
        before
            Only incidents of earlier blocks are looked at.

        Returns
        -------
        int
            The block of the first that does not stray; `before` when there is none.
        """
        known = self.block[: self.between(before, before).start]
        return int(known[int(known.size * _STRAY_SHARE)]) if known.size else before

    def keep(self, chosen: Bools) -> Trail:
        """
        Choose incidents.

        Parameters
        ----------
        chosen
            Shape (n,).

        Returns
        -------
        Trail
            Those.
        """
        return Trail(
            self.x[chosen], self.y[chosen], self.block[chosen], self.slot[chosen],
            self.weight[chosen], self.block_days,
        )  # fmt: skip

    def between(self, first: int, last: int) -> slice:
        """
        Find the incidents of some blocks.

        Parameters
        ----------
        first, last
            Blocks, `last` not included.

        Returns
        -------
        slice
            Positions: a trail is in order of time.
        """
        low, high = np.searchsorted(self.block, [first, last])
        return slice(int(low), int(high))


def day_end(moment: datetime, *, timezone: str) -> datetime:
    """
    Give the end of the operative day a moment belongs to.

    Parameters
    ----------
    moment
        Aware.
    timezone
        The municipality's zone.

    Returns
    -------
    datetime
        06:00 local the next morning, aware.
    """
    day = operative_date(moment, timezone=timezone) + timedelta(days=1)
    return datetime(day.year, day.month, day.day, DAY_STARTS_AT, tzinfo=zone(timezone))


def block_length(horizon_days: int) -> int:
    """
    Choose the block for a horizon: weeks when it is whole weeks, else the horizon itself.

    Parameters
    ----------
    horizon_days
        How far a forecast reaches, days.

    Returns
    -------
    int
        Days; divides the horizon.
    """
    return WEEK_DAYS if horizon_days % WEEK_DAYS == 0 else horizon_days
