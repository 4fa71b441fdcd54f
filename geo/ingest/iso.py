"""Moments written the common ISO ways, read a whole column at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.compiled import compiled
from geo.ingest.cells import raw_text
from geo.ingest.dates import compose

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MANY = 20_000
"""From this number on the compiled loop repays its start."""
_ISO = b"dddd-dd-dd dd:dd:dd"
_PARTS = ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19))
_LENGTHS = (16, 19)
_NAT = np.iinfo(np.int64).min
_DAY_S = 86_400
_EPOCH = 719_468
"""Days from 1 March of the year 0 to 1970."""
_SPACE, _ZERO, _NINE, _T = 32, 48, 57, 84
_SIGNS = np.array([0 if sign == ord("d") else sign for sign in _ISO], dtype=np.uint8)
_LONGEST = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)


def read_iso(cells: pd.Series) -> NDArray[np.datetime64]:
    """
    Read "2026-11-20 21:30" and "2026-11-20T21:30:00".

    Parameters
    ----------
    cells
        Text, shape (n,).

    Returns
    -------
    numpy.ndarray
        ``datetime64[us]``, shape (n,); NaT for every other text, and for what is no date.
    """
    raw = raw_text(cells)
    out = np.full(len(cells), _NAT, dtype=np.int64)
    if raw is None:
        return out.view("datetime64[us]")
    data, at = raw
    if len(cells) >= MANY:
        compiled(fill_moments)(data, at, _SIGNS, _LONGEST, out)
    else:
        _fill(data, at, out)
    return out.view("datetime64[us]")


def _fill(data: NDArray[np.uint8], at: NDArray[np.int64], out: NDArray[np.int64]) -> None:
    """Do what `fill_moments` does, without a start to repay."""
    for length in _LENGTHS:
        rows = np.flatnonzero(np.diff(at) == length)
        text = data[at[rows][:, None] + np.arange(length)]
        digit = np.frombuffer(_ISO[:length], dtype=np.uint8) == ord("d")
        good = ((text[:, digit] >= ord("0")) & (text[:, digit] <= ord("9"))).all(axis=1)
        for place in np.flatnonzero(~digit).tolist():
            sign = text[:, place]
            good &= (sign == _ISO[place]) | ((place == 10) & (sign == ord("T")))
        rows, text = rows[good], text[good].astype(np.int64) - ord("0")
        columns = np.zeros((6, len(rows)), dtype=np.int64)
        for column, (first, end) in enumerate(_PARTS):
            for place in range(first, min(end, length)):
                columns[column] = columns[column] * 10 + text[:, place]
        out[rows] = compose(columns).view(np.int64)


def fill_moments(
    data: NDArray[np.uint8], at: NDArray[np.int64], signs: NDArray[np.uint8],
    longest: NDArray[np.int64], out: NDArray[np.int64],
) -> None:  # fmt: skip
    """
    Read each text that is a moment; leave the others' places alone.

    Days are counted as in Hinnant [1]_: years begin in March, so that a leap day is the last.

    Parameters
    ----------
    data, at
        Bytes of all texts, and where each begins and ends, shape (n + 1,).
    signs
        What stands at each place, 0 for a digit, shape (19,).
    longest
        Days of each month but for the leap day, shape (12,).
    out
        Filled: microseconds since 1970, shape (n,).

    References
    ----------
    .. [1] Hinnant, H. (2013). chrono-compatible low-level date algorithms.
    """
    parts = np.zeros(6, dtype=np.int64)
    for row in range(out.shape[0]):
        begin, size = at[row], at[row + 1] - at[row]
        if size != 16 and size != 19:  # noqa: PLR1714 (numba builds a set anew each time)
            continue
        parts[:] = 0
        part, good = 0, size > 0
        for k in range(size):
            sign, wanted = np.int64(data[begin + k]), signs[k]
            if wanted:
                good &= (sign == wanted) | ((wanted == _SPACE) & (sign == _T))
                part += 1
            else:
                good &= (sign >= _ZERO) & (sign <= _NINE)
                parts[part] = parts[part] * 10 + (sign - _ZERO)
        year, month, day, hour, minute, second = parts
        clock = hour * 3600 + minute * 60 + second
        leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
        good &= (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
        good &= (minute < 60) & (second < 60) & (clock <= _DAY_S)
        if not good or day > longest[month - 1] + (leap & (month == 2)):
            continue
        since = year - (month <= 2)
        of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
        days = since * 365 + since // 4 - since // 100 + since // 400 + of_year - _EPOCH
        out[row] = (days * _DAY_S + clock) * 1_000_000
