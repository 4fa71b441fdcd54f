"""Columns that hold times: what each can tell, and in what order it writes the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import IngestError
from geo.ingest.dates import Parts, clock_text, take_apart
from geo.ingest.propose.vocabulary import likeness

if TYPE_CHECKING:
    from geo.ingest.propose.sample import Field, Sample

_PROBE = 40
_MOST_WORDS = 20_000
_READABLE = 0.95
_FROM, _TO = np.datetime64("1970-01-01"), np.datetime64("2100-01-01")
_NAMED = 0.45
_CLOCK_NAMED = 0.5
_RANGES = {"year": (1970, 2100), "month": (1, 12), "day": (1, 31), "hour": (0, 24),
           "minute": (0, 59)}  # fmt: skip


@dataclass(frozen=True)
class Clock:
    """
    A column of dates or times.

    Parameters
    ----------
    field
        The column.
    written
        ``datetime64[us]``, naive, as written, NaT where unreadable; shape (n,).
    has_time
        Share of the readable cells with a time of day.
    has_offset
        Share of them with Z or an offset.
    by_month, by_year
        Whether only a month, or only a year, is written.
    order
        "dmy" or "mdy" where the cells need it; None where they do not.
    either_order
        Whether every cell fits both orders.
    """

    field: Field
    written: pd.Series
    has_time: float
    has_offset: float
    by_month: bool
    by_year: bool
    order: str | None
    either_order: bool

    @property
    def name(self) -> str:
        """Its header."""
        return self.field.name


def read_clock(field: Field, *, order: str | None = None) -> Clock | None:
    """
    Read a column as dates, when it is one.

    Parameters
    ----------
    field
        The column.
    order
        "dmy" or "mdy", when people have said which.

    Returns
    -------
    Clock or None
        None for a column of something else.
    """
    words = field.words[:_MOST_WORDS]
    if not words or not _looks(words[:_PROBE], field):
        return None
    parts, seen, either = _apart(words, order=order)
    good = ~np.isnat(parts.moment) & (parts.moment >= _FROM) & (parts.moment < _TO)
    counts = field.counts.to_numpy()[: len(words)]
    if not good.any() or counts[good].sum() < _READABLE * counts.sum():
        return None
    table = dict(zip(words, np.where(good, parts.moment, np.datetime64("NaT")), strict=True))
    written = field.cells.map(table).astype("datetime64[us]")

    def share(mask: np.ndarray) -> float:
        return float(counts[mask & good].sum() / counts[good].sum())

    return Clock(
        field=field, written=written, has_time=share(parts.has_time),
        has_offset=share(parts.has_offset), by_month=share(parts.by_month) > _READABLE,
        by_year=share(parts.by_year) > _READABLE, order=seen, either_order=either,
    )  # fmt: skip


def _looks(words: list[str], field: Field) -> bool:
    """Whether the commonest cells look like dates; bare digits only under a header that says so."""
    if not any(c.isdigit() for c in words[0]):
        return False
    if all(word.isdigit() for word in words) and not _named_as_time(field.name):
        return False
    parts = take_apart(words, date_order="dmy", column=field.name)
    other = take_apart(words, date_order="mdy", column=field.name)
    readable = ~np.isnat(parts.moment) | ~np.isnat(other.moment)
    return float(readable.mean()) >= _READABLE - 0.15


def _named_as_time(header: str) -> bool:
    roles = ("occurred_from", "occurred_to", "reported_at", "closed_at", "published_at",
             "installed", "starts_on", "ends_on", "measured_at")  # fmt: skip
    return max(likeness(header, "columns", role) for role in roles) >= _NAMED


def _apart(words: list[str], *, order: str | None) -> tuple[Parts, str | None, bool]:
    """Read the cells; say which order of day and month they needed, and if both would do."""
    day_first = take_apart(words, date_order="dmy", column="")
    month_first = take_apart(words, date_order="mdy", column="")
    if np.array_equal(day_first.moment, month_first.moment, equal_nan=True):
        return day_first, None, False
    if order is not None:
        return (day_first if order == "dmy" else month_first), order, False
    try:
        take_apart(words, date_order=None, column="")
    except IngestError:
        lost = [int(np.isnat(p.moment).sum()) for p in (day_first, month_first)]
        return (day_first if lost[0] <= lost[1] else month_first), None, True
    lost = [int(np.isnat(p.moment).sum()) for p in (day_first, month_first)]
    if lost[0] == lost[1]:  # points between: day first everywhere
        return day_first, "dmy", False
    return (day_first, "dmy", False) if lost[0] < lost[1] else (month_first, "mdy", False)


def clocks_of(sample: Sample, *, order: str | None = None) -> list[Clock]:
    """
    Find the columns that hold dates.

    Parameters
    ----------
    sample
        The file.
    order
        Of day and month, when people have said which.

    Returns
    -------
    list of Clock
        In the file's order.
    """
    return [clock for field in sample.fields
            if (clock := read_clock(field, order=order)) is not None]  # fmt: skip


def times_of_day(sample: Sample) -> list[Field]:
    """
    Find the columns that hold a time of day alone.

    Parameters
    ----------
    sample
        The file.

    Returns
    -------
    list of Field
        Hours, or clock times, under a header that says so.
    """
    out: list[Field] = []
    for field in sample.fields:
        words = field.words[:200]
        if not words or likeness(field.name, "time", "clock") < _CLOCK_NAMED:
            continue
        texts = [clock_text(word) for word in words]
        hours = [int(t[:2]) if t else 99 for t in texts]
        if sum(h <= 24 for h in hours) >= _READABLE * len(hours):
            out.append(field)
    return out


def numbered(sample: Sample) -> list[str]:
    """
    Find columns that write year, month, day, hour and minute each for itself.

    Parameters
    ----------
    sample
        The file.

    Returns
    -------
    list of str
        At least year, month and day; empty when the file does not.
    """
    out: list[str] = []
    for role, (low, high) in _RANGES.items():
        best: tuple[float, str] = (0.0, "")
        for field in sample.fields:
            named = likeness(field.name, "time", role)
            if named <= max(best[0], 0.9) or field.name in out or field.numeric < _READABLE:
                continue
            values = field.numbers[np.isfinite(field.numbers)]
            if len(values) and values.min() >= low and values.max() <= high:
                best = (named, field.name)
        if not best[1]:
            break
        out.append(best[1])
    return out if len(out) >= 3 else []
