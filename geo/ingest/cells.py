"""Cells as text: one plain form for every type a file can hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_TEXT = ("", "-", "--", "?", "??", "null", "none", "nan", "n/a", "na", "#n/a", "saknas", "okänd",
           "okänt", "nat")  # fmt: skip
"""What sources write for nothing, in lower case."""
_WHOLE = 1e15
_LONGEST_NO_TEXT = max(map(len, NO_TEXT))
_ODD_SPACE = "[\\t\\r\\n\\x0b\\x0c\u00a0\u2000-\u200a\u202f\u3000]|  "

_SPACE, _GLANCE = 32, 1 << 20
_SUSPECT = np.zeros(256, dtype=bool)
_SUSPECT[[*range(9, 14), *range(28, 32), 0xC2, 0xE1, 0xE2, 0xE3]] = True
"""Bytes that begin every kind of space but the ordinary one."""


def cell_text(value: Any) -> str:
    """
    Write one cell of a workbook as text.

    Parameters
    ----------
    value
        What the workbook holds: text, number, date, time, boolean or nothing.

    Returns
    -------
    str
        "" for nothing; 3.0 becomes "3", dates become ISO.

    Examples
    --------
    >>> cell_text(3.0), cell_text(True), cell_text(None)
    ('3', 'true', '')
    """
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, date | time | timedelta):
        return _moment_text(value)
    return str(value)


def _moment_text(value: date | time | timedelta) -> str:
    """Write a date, a time or a duration; workbooks count days in floats, so round to seconds."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, datetime):
        whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return whole.isoformat(sep=" ")
    return value.isoformat()


def column_text(values: pd.Series) -> pd.Series:
    """
    Write a typed column as text.

    Parameters
    ----------
    values
        Any column, shape (n,).

    Returns
    -------
    pandas.Series
        ``str``, "" where missing, same index.
    """
    if isinstance(values.dtype, pd.StringDtype):
        return values.fillna("").astype("str")
    if pd.api.types.is_integer_dtype(values.dtype):
        return values.astype("str").fillna("").astype("str")
    return pd.Series([cell_text(v) for v in values.astype("object")], index=values.index,
                     dtype="str")  # fmt: skip


def clean(values: pd.Series) -> pd.Series:
    """
    Trim cells, make every kind of space an ordinary one, and empty what says nothing.

    Parameters
    ----------
    values
        Text, shape (n,).

    Returns
    -------
    pandas.Series
        ``str``, "" where nothing is said, same index.

    Examples
    --------
    >>> list(clean(pd.Series([" a\u00a0 b ", "NULL", "-"])))
    ['a b', '', '']
    """
    if is_tidy(values):
        return values
    out = values.str.strip()
    odd = out.str.contains(_ODD_SPACE, regex=True)
    if bool(odd.any()):
        out = out.copy()
        out[odd] = [" ".join(cell.split()) for cell in out[odd]]
    short = out.str.len() <= _LONGEST_NO_TEXT
    nothing = short & out.str.lower().isin(NO_TEXT)
    return out.mask(nothing, "").astype("str")


def raw_text(values: pd.Series) -> tuple[NDArray[np.uint8], NDArray[np.int64]] | None:
    """
    Give the bytes of packed text as they lie in memory, without a copy.

    Parameters
    ----------
    values
        Text, shape (n,).

    Returns
    -------
    tuple of numpy.ndarray or None
        UTF-8 of all cells, and where each begins and ends in it, shape (n + 1,);
        None when the text is not packed so, or some is missing.
    """
    import pyarrow as pa

    if not isinstance(values.dtype, pd.StringDtype) or values.dtype.storage != "pyarrow":
        return None
    packed = pa.array(values.array)
    if isinstance(packed, pa.ChunkedArray):
        packed = packed.combine_chunks() if packed.num_chunks != 1 else packed.chunk(0)
    if packed.null_count or packed.type != pa.large_string() or not len(packed):
        return None
    _, ends, data = packed.buffers()
    at = np.frombuffer(ends, dtype=np.int64)[packed.offset : packed.offset + len(packed) + 1]
    return np.frombuffer(data, dtype=np.uint8) if data is not None else np.empty(0, np.uint8), at


def is_tidy(values: pd.Series) -> bool:
    """
    Tell quickly whether `clean` would leave every cell as it is.

    Parameters
    ----------
    values
        Text, shape (n,).

    Returns
    -------
    bool
        False also where a closer look is needed to know.
    """
    raw = raw_text(values)
    if raw is None:
        return False
    data, at = raw
    used = data[at[0] : at[-1]]
    for start in range(0, len(used), _GLANCE):  # bits of it, so that memory stays small
        part = used[start : start + _GLANCE + 1]
        spaces = part == _SPACE
        if _SUSPECT[part].any() or bool((spaces[1:] & spaces[:-1]).any()):
            return False
    size = np.diff(at)
    filled = size > 0
    if bool((data[at[:-1][filled]] == _SPACE).any() or (data[at[1:][filled] - 1] == _SPACE).any()):
        return False
    short = filled & (size <= _LONGEST_NO_TEXT)
    return not (short.any() and bool(values[short].str.lower().isin(NO_TEXT).any()))


def distinct(values: pd.Series) -> tuple[list[str], Any]:
    """
    Give each different cell once, and where it stands.

    Parameters
    ----------
    values
        Text, shape (n,).

    Returns
    -------
    words : list of str
        The different cells, in order of appearance.
    codes : numpy.ndarray
        For each row the position of its word, shape (n,).
    """
    codes, words = pd.factorize(values, use_na_sentinel=False)
    return ["" if pd.isna(w) else str(w) for w in words], codes


def fold(text: str) -> str:
    """
    Give the form in which headers and words are compared.

    Parameters
    ----------
    text
        A header or a word.

    Returns
    -------
    str
        Without case, surplus space and invisible marks.

    Examples
    --------
    >>> fold(" \ufeffÄrende\u00a0Nr ")
    'ärende nr'
    """
    return " ".join(text.replace("\ufeff", "").replace("\u200b", "").split()).casefold()
