"""Times of a row settled: which are kept, which are in doubt, whether the hour can be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from geo.frames import Column, Kind
from geo.ingest.times import Times, midnight_only

if TYPE_CHECKING:
    from geo.ingest.doubts import Doubts

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing before this is taken for a time that was meant."""
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
SLACK = timedelta(days=1)
"""Times this far past `now` are flagged; later ones are rejected."""


@dataclass(frozen=True)
class Bounds:
    """
    Between which moments a time can have been meant.

    Parameters
    ----------
    earliest
        Earlier times are out of range.
    now
        Later times are flagged, and out of range from a day on; None when not
        given, and then nothing before the year 2100 is out of range.
    """

    earliest: datetime = EARLIEST
    now: datetime | None = None

    def outside(self, times: pd.Series) -> pd.Series:
        """
        Tell which times cannot have been meant.

        Parameters
        ----------
        times
            Aware, shape (n,).

        Returns
        -------
        pandas.Series
            bool, shape (n,).
        """
        last = LATEST if self.now is None else self.now + SLACK
        return (times < pd.Timestamp(self.earliest)) | (times > pd.Timestamp(last))

    def ahead(self, times: pd.Series) -> pd.Series:
        """
        Tell which times lie ahead of now.

        Parameters
        ----------
        times
            Aware, shape (n,).

        Returns
        -------
        pandas.Series
            bool, shape (n,); nowhere without `now`.
        """
        if self.now is None:
            return pd.Series(data=False, index=times.index)
        return times > pd.Timestamp(self.now)


def settle_time(times: Times, *, column: Column, doubts: Doubts, bounds: Bounds) -> pd.Series:
    """
    Settle a time column of any frame.

    Parameters
    ----------
    times
        As written.
    column
        Ours; a time that must be there rejects its row, another is left out
        with a flag.
    doubts
        Gathers both.
    bounds
        Between which moments it can have been meant.

    Returns
    -------
    pandas.Series
        ``datetime64[us, UTC]``, shape (n,); for dates naive.
    """
    if column.kind is Kind.DATE:
        bad = times.unreadable | bounds.outside(times.local.dt.tz_localize("UTC"))
        _doubt(doubts, bad, "time_unreadable", column)
        day = times.local.dt.normalize().where(~bad)
        if not column.nullable:
            doubts.reject(times.local.isna() & ~bad, "time_missing", column=column.name)
        return day
    outside = bounds.outside(times.utc)
    _doubt(doubts, times.unreadable, "time_unreadable", column)
    _doubt(doubts, times.in_gap, "time_in_gap", column)
    _doubt(doubts, outside, "time_out_of_range", column)
    if not column.nullable:
        missing = times.utc.isna() & ~times.unreadable & ~times.in_gap
        doubts.reject(missing, "time_missing", column=column.name)
    return times.utc.where(~outside)


def settle_incident_times(
    start: Times, end: Times | None, *, columns: dict[str, Column], doubts: Doubts,
    bounds: Bounds, groups: pd.Series | None,
) -> pd.DataFrame:  # fmt: skip
    """
    Settle when an incident occurred: one moment, an interval, or a day.

    A reversed interval is kept by its first time, flagged, and its hour is
    not used. A month gives the interval it is. Without any time the row is
    kept and flagged.

    Parameters
    ----------
    start, end
        As written; None when the source has no end.
    columns
        Ours by name.
    doubts
        Gathers rejections and flags.
    bounds
        Between which moments a time can have been meant.
    groups
        The source's own kind of event, to find kinds without an hour.

    Returns
    -------
    DataFrame
        ``occurred_from``, ``occurred_to``, ``time_known``.
    """
    name = "occurred_from"
    outside = bounds.outside(start.utc)
    doubts.reject(start.unreadable, "time_unreadable", column=name)
    doubts.reject(start.in_gap, "time_in_gap", column=name)
    doubts.reject(outside, "time_out_of_range", column=name)
    doubts.flag(bounds.ahead(start.utc) & ~outside, "future")
    begin = start.utc.where(~outside)
    finish = start.end
    fold = start.in_fold
    reversed_ = pd.Series(data=False, index=begin.index)
    if end is not None:
        given = settle_time(end, column=columns["occurred_to"], doubts=doubts, bounds=bounds)
        fold = fold | (end.in_fold & given.notna())
        # A date without an hour is the whole day: it ends when the day does.
        whole_day = given + pd.Timedelta(days=1)
        given = given.where(end.has_time | end.end.notna(), whole_day)
        given = given.where(end.end.isna(), end.end)
        reversed_ = given.notna() & begin.notna() & (given < begin)
        finish = given.where(given.notna(), finish)
    doubts.flag(reversed_, "interval_reversed")
    doubts.flag(fold, "time_in_fold")
    known = begin.notna() & start.has_time & ~midnight_only(start, groups=groups) & ~reversed_
    doubts.flag(~known, "time_unknown")
    later = finish.notna() & begin.notna() & (finish > begin)
    return pd.DataFrame(
        {"occurred_from": begin, "occurred_to": finish.where(later), "time_known": known}
    )


def _doubt(doubts: Doubts, mask: pd.Series, reason: str, column: Column) -> None:
    """Reject for a time that must be there; flag for one that may be missing."""
    if column.nullable:
        doubts.flag(mask, f"{reason}:{column.name}")
    else:
        doubts.reject(mask, reason, column=column.name)
