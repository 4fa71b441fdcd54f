"""Columns on their way into a database: as numbers, words or bytes, until they are bound."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.frames import Coded, texts

SqlValues = Any
"""
Values of one SQL column, shape (n,).

`Coded` with words as SQL knows them; ``datetime64[us]`` and ``float64``, NaT and NaN where missing;
``S``: UTF-8, b"" where missing; ``V``: bytes of one width, all of them zero where missing;
``int64``; objects, None where missing.
"""

NOTHING = float("nan")
"""SQLite keeps NaN as NULL, and a float is bound faster than None."""


def take(values: SqlValues, at: Any) -> SqlValues:
    """
    Choose rows of a column.

    Parameters
    ----------
    values
        Shape (n,).
    at
        Positions, a slice or a mask.

    Returns
    -------
    SqlValues
        Those rows, in that order.
    """
    return values.take(at) if isinstance(values, Coded) else values[at]


def as_list(values: SqlValues) -> list[Any]:
    """
    Give a column as plain Python.

    Parameters
    ----------
    values
        Shape (n,).

    Returns
    -------
    list
        Text, bytes, numbers, booleans; times as microseconds; None where missing.
    """
    if isinstance(values, Coded):
        coded: list[Any] = values.values().tolist()
        return coded
    if values.dtype.kind == "S":
        return [text or None for text in texts(values).tolist()]
    if values.dtype.kind == "V":
        whole, lost = values.tolist(), bytes(values.dtype.itemsize)
        return [None if one == lost else one for one in whole]
    missing = _missing(values)
    numbers = values.view(np.int64) if values.dtype.kind == "M" else values
    out: list[Any] = numbers.tolist()
    for at in np.flatnonzero(missing):
        out[at] = None
    return out


def as_bound(values: SqlValues) -> NDArray[np.object_]:
    """
    Give a column as what Python's SQLite binds without a detour.

    It looks for an adapter of every bool, None and bytes, at several times the cost of binding.

    Parameters
    ----------
    values
        Shape (n,).

    Returns
    -------
    numpy.ndarray
        Objects: text, bytearray, int and float; NaN, which SQLite keeps as NULL, where missing.
    """
    if isinstance(values, Coded):
        words = np.empty(len(values.words), dtype=object)
        words[:] = [_bound(word) for word in values.words]
        out: NDArray[np.object_] = words[values.codes]
        return out
    out = np.empty(len(values), dtype=object)
    if values.dtype.kind in "fi":
        out[:] = values
    elif values.dtype.kind == "M":
        out[:] = values.view(np.int64)
        out[np.isnat(values)] = NOTHING
    else:
        out[:] = [_bound(one) for one in as_list(values)]
    return out


def cut_width(values: SqlValues) -> int:
    """
    Tell whether a column's bytes can be bound whole, for the database to cut.

    Parameters
    ----------
    values
        Shape (n,).

    Returns
    -------
    int
        Bytes of each value; 0 when they are not all of one width, or are no bytes.
    """
    if isinstance(values, Coded) or values.dtype.kind not in "SV":
        return 0
    width: int = values.dtype.itemsize
    if values.dtype.kind == "S" and width:
        raw = as_bytes_of(values)
        if not bool(((raw[:, -1] != 0) | ~raw.any(axis=1)).all()):
            return 0
    return width


def some_missing(values: NDArray[Any]) -> bool:
    """
    Tell whether a value is missing among bytes of one width.

    Parameters
    ----------
    values
        ``S`` or ``V``, shape (n,).

    Returns
    -------
    bool
        Whether a row is zero throughout.
    """
    return not bool(as_bytes_of(values).any(axis=1).all())


def as_bytes_of(values: NDArray[Any]) -> NDArray[np.uint8]:
    """
    Look at values of one width byte by byte.

    Parameters
    ----------
    values
        ``S`` or ``V``, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n, width).
    """
    return np.ascontiguousarray(values).view(np.uint8).reshape(len(values), -1)


def _missing(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell where numbers or times are missing; objects tell it themselves."""
    out = np.zeros(len(values), dtype=bool)
    if values.dtype.kind == "M":
        out |= np.isnat(values)
    elif values.dtype.kind == "f":
        out |= np.isnan(values)
    return out


def _bound(value: Any) -> Any:
    """Give one value as it is bound."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return int(value)
    return bytearray(value) if isinstance(value, bytes) else value
