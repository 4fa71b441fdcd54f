"""A column of written times on the UTC line, with what is doubtful about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.clock import local_to_utc
from geo.errors import IngestError
from geo.ingest.cells import distinct
from geo.ingest.dates import Parts, clock_text, compose, take_apart
from geo.ingest.iso import read_iso
from geo.ingest.numbers import parse_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIDNIGHT_SHARE = 0.95
"""From this share of exact midnights on, midnight means that no time was written."""
MIDNIGHT_GROUP_MIN = 10
"""Kinds of event with fewer dated rows are not judged on their own."""
_AT_ONCE = 100_000
_DATE_AND_TIME = 2


@dataclass(frozen=True)
class Times:
    """
    A column of times; every Series has shape (n,) and the cells' index.

    Parameters
    ----------
    utc
        ``datetime64[us, UTC]``; NaT where missing, unreadable or in a gap.
    local
        ``datetime64[us]``, as the clock showed.
    end
        ``datetime64[us, UTC]``: for values that name only a month or a year,
        its end; else NaT.
    has_time
        A time of day is written.
    unreadable
        Something is written that is no date.
    in_gap, in_fold
        A clock time that was skipped, or shown twice.
    """

    utc: pd.Series
    local: pd.Series
    end: pd.Series
    has_time: pd.Series
    unreadable: pd.Series
    in_gap: pd.Series
    in_fold: pd.Series


def parse_times(
    cells: list[pd.Series],
    *,
    timezone: str,
    ignore_offset: bool = False,
    date_order: str | None = None,
    column: str = "time",
) -> Times:
    """
    Read a time from one column, from date and time, or from year, month, day...

    Parameters
    ----------
    cells
        One column; two (date, time of day or hour); or three to six (year,
        month, day, hour, minute, second). Text, each of shape (n,).
    timezone
        Zone of the clock, for values that state no offset.
    ignore_offset
        Take the values as local even when they state one.
    date_order
        "dmy" or "mdy" when the values cannot tell.
    column
        What it is called; used in errors.

    Returns
    -------
    Times
        All of shape (n,).

    Raises
    ------
    IngestError
        If the order of day and month cannot be told, or there are too many
        columns.
    """
    index = cells[0].index
    written = np.logical_or.reduce([(c != "").to_numpy() for c in cells])
    if len(cells) > 6:
        msg = f"{column!r} is built of too many columns."
        fix = "name year, month, day, hour, minute, second at most"
        raise IngestError(msg, found=len(cells), expected="1 to 6", fix=fix)
    if len(cells) > _DATE_AND_TIME:
        parts = _from_numbers(cells)
    elif len(cells) == _DATE_AND_TIME:
        parts = _from_text(_join(cells[0], cells[1]), date_order=date_order, column=column)
    else:
        parts = _from_text(cells[0], date_order=date_order, column=column)
    return _place(parts, written, index, timezone=timezone, ignore_offset=ignore_offset)


def midnight_only(times: Times, *, groups: pd.Series | None = None) -> pd.Series:
    """
    Tell where a midnight stands for "no time known".

    A source, or one kind of event in it, whose dated values are exact
    midnights in at least 95 % of cases does not record the hour; neither do
    its few other values deserve trust, but those are left alone.

    Parameters
    ----------
    times
        A column of times.
    groups
        Kind of event of each row; judged one by one from 10 dated rows on.

    Returns
    -------
    pandas.Series
        bool, shape (n,).
    """
    dated = times.local.notna() & times.has_time
    midnight = dated & (times.local == times.local.dt.normalize())
    if not bool(dated.any()):
        return midnight
    if float(midnight[dated].mean()) >= MIDNIGHT_SHARE:
        return midnight
    if groups is None:
        return pd.Series(data=False, index=midnight.index)
    share = midnight[dated].groupby(groups[dated]).agg(["mean", "size"])
    judged = share[(share["mean"] >= MIDNIGHT_SHARE) & (share["size"] >= MIDNIGHT_GROUP_MIN)]
    return midnight & groups.isin(judged.index)


def _place(
    parts: Parts, written: NDArray[np.bool_], index: pd.Index, *, timezone: str,
    ignore_offset: bool,
) -> Times:  # fmt: skip
    """Put parts on the UTC line."""
    local = pd.Series(parts.moment, index=index).astype("datetime64[us]")
    utc, in_gap, in_fold = local_to_utc(local, timezone=timezone)
    stated = parts.has_offset & local.notna().to_numpy()
    if bool(stated.any()) and not ignore_offset:
        shifted = parts.moment - parts.offset_min.astype("timedelta64[m]")
        fixed = pd.Series(shifted, index=index).dt.tz_localize("UTC").astype(utc.dtype)
        utc = utc.where(~stated, fixed)
        in_gap, in_fold = in_gap & ~stated, in_fold & ~stated
    in_fold &= parts.has_time
    whole = parts.by_month | parts.by_year
    in_gap &= parts.has_time
    end = pd.Series(pd.NaT, index=index, dtype=utc.dtype)
    if bool(whole.any()):
        after = np.where(
            parts.by_year,
            (parts.moment.astype("datetime64[Y]") + 1).astype("datetime64[us]"),
            (parts.moment.astype("datetime64[M]") + 1).astype("datetime64[us]"),
        )
        after[~whole] = np.datetime64("NaT")
        end, _, _ = local_to_utc(pd.Series(after, index=index), timezone=timezone)
    return Times(
        utc=utc,
        local=local,
        end=end,
        has_time=pd.Series(parts.has_time, index=index) & local.notna(),
        unreadable=pd.Series(written, index=index) & local.isna(),
        in_gap=in_gap,
        in_fold=in_fold,
    )


def _from_text(cells: pd.Series, *, date_order: str | None, column: str) -> Parts:
    """Read the common ISO forms at once, the rest each different text once."""
    n = len(cells)
    moment = np.full(n, np.datetime64("NaT"), dtype="datetime64[us]")
    left = (cells != "").to_numpy(copy=True)
    for start in range(0, n, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        moment[part] = read_iso(cells.iloc[part])
    has_time = ~np.isnat(moment)
    left &= ~has_time
    offset, (stated, month, year) = np.zeros(n, dtype="int64"), np.zeros((3, n), dtype=bool)
    if left.any():
        words, codes = distinct(cells[left])
        parts = take_apart(words, date_order=date_order, column=column)
        moment[left], offset[left] = parts.moment[codes], parts.offset_min[codes]
        stated[left], has_time[left] = parts.has_offset[codes], parts.has_time[codes]
        month[left], year[left] = parts.by_month[codes], parts.by_year[codes]
    return Parts(moment, offset, stated, has_time, month, year)


def _join(day: pd.Series, clock: pd.Series) -> pd.Series:
    """Set a date and a time of day side by side."""
    words, codes = distinct(clock)
    clocks = np.array([clock_text(w) for w in words], dtype="object")[codes]
    bad = np.array([c is None for c in clocks], dtype=bool)
    dates = day.str.replace(r"[ T]00:00(:00)?$", "", regex=True)
    joined = (dates + " " + pd.Series(clocks, index=day.index).fillna("").astype("str")).str.strip()
    return joined.mask(bad, "?").mask(day == "", "").astype("str")


def _from_numbers(cells: list[pd.Series]) -> Parts:
    """Compose year, month, day, hour, minute, second."""
    n = len(cells[0])
    columns = np.zeros((6, n), dtype="int64")
    columns[1:3] = 1
    bad = np.zeros(n, dtype=bool)
    for at, cell in enumerate(cells):
        values = parse_numbers(cell)[0].to_numpy()
        whole = np.isfinite(values) & (values == np.floor(values)) & (np.abs(values) < 1e5)
        bad |= ~whole & ((cell != "").to_numpy() | (at < 3))
        columns[at] = np.where(whole, np.nan_to_num(values), 0)
    moment = compose(columns)
    moment[bad] = np.datetime64("NaT")
    has_time = (cells[3] != "").to_numpy() if len(cells) > 3 else np.zeros(n, dtype=bool)
    nothing = np.zeros(n, dtype=bool)
    return Parts(moment, np.zeros(n, dtype="int64"), nothing, has_time & ~bad, nothing, nothing)
