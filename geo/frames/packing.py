"""Columns in little memory: few words and codes, plain numbers, digests as bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.frames.column import Column, Kind

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

DIGESTS = frozenset({"ref_hash"})
"""Columns of hexadecimal digests: another in nearly every row, so kept as bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """
    A column of few different values.

    Parameters
    ----------
    words
        The values, shape (k,); None for a missing one, lists and JSON as they are.
    codes
        The place of each row's value in `words`, shape (n,).
    """

    words: NDArray[np.object_]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, value: Any, *, n: int) -> Coded:
        """
        Give a column that says the same in every row.

        Parameters
        ----------
        value
            What it says.
        n
            Number of rows.

        Returns
        -------
        Coded
            Shape (n,).
        """
        return cls(as_objects([value]), np.zeros(n, dtype=np.int32))

    def take(self, at: Any) -> Coded:
        """
        Choose rows.

        Parameters
        ----------
        at
            Positions, a slice or a mask.

        Returns
        -------
        Coded
            The same words, other codes.
        """
        return Coded(self.words, self.codes[at])

    def values(self) -> NDArray[np.object_]:
        """
        Give the value of every row.

        Returns
        -------
        numpy.ndarray
            Objects, shape (n,); equal values may be the same object.
        """
        out: NDArray[np.object_] = self.words[self.codes]
        return out


Values = Any
"""`Coded`, or an array: datetime64[us], float64, or bytes for a digest (b"" when missing)."""


def pack_column(values: pd.Series, column: Column) -> Values:
    """
    Pack one column by its kind.

    Parameters
    ----------
    values
        Shape (n,), of the column's type or plain objects.
    column
        The contract's.

    Returns
    -------
    Coded or numpy.ndarray
        See `Values`.
    """
    import pandas as pd

    if column.kind in {Kind.TIME, Kind.DATE}:
        naive = values.dt.tz_localize(None) if getattr(values.dtype, "tz", None) else values
        stamps: NDArray[np.datetime64] = naive.to_numpy(dtype="datetime64[us]")
        return stamps
    if column.kind is Kind.NUMBER:
        numbers: NDArray[np.float64] = values.to_numpy(dtype="float64", na_value=np.nan) + 0.0
        return numbers
    if column.kind in {Kind.TEXTS, Kind.JSON}:
        return _pack_objects(values, empty=[] if column.kind is Kind.TEXTS else None)
    objects = values.to_numpy(dtype=object)
    if column.name in DIGESTS and not any(text == "" or "\0" in str(text) for text in objects):
        return as_bytes(np.where(pd.isna(objects), "", objects))
    if len(objects) and not pd.isna(objects).any() and bool((objects == objects[0]).all()):
        return Coded.of(_plain(objects[0]), n=len(objects))
    codes, words = pd.factorize(objects, use_na_sentinel=True)
    # the words, and after them None, where a missing value's code of -1 points
    return Coded(as_objects([*map(_plain, words), None]), codes.astype(np.int32))


def _pack_objects(values: pd.Series, *, empty: Any) -> Coded:
    """Pack lists or JSON: equal ones are one word."""
    words: list[Any] = []
    at: dict[str, int] = {}
    codes = np.empty(len(values), dtype=np.int32)
    for row, value in enumerate(values):
        word = value if isinstance(value, list | dict) else None if _no(value) else value
        word = empty if word is None else word
        key = json.dumps(word, default=_told)
        place = at.get(key)
        if place is None:
            place = at[key] = len(words)
            words.append(word)
        codes[row] = place
    return Coded(as_objects(words), codes)


def _no(value: Any) -> bool:
    """Tell a missing scalar."""
    return value is None or str(value) in {"nan", "NaT", "<NA>"}


def _told(value: Any) -> Any:
    """Write what JSON does not know, so that equal values are written alike."""
    return value.tolist() if hasattr(value, "tolist") else repr(value)


def _plain(value: Any) -> Any:
    """Give numpy's scalars as plain Python."""
    return value.item() if hasattr(value, "item") else value


def as_objects(values: list[Any]) -> NDArray[np.object_]:
    """
    Make an array of objects, lists among them.

    Parameters
    ----------
    values
        Anything.

    Returns
    -------
    numpy.ndarray
        Objects, shape (n,).
    """
    out = np.empty(len(values), dtype=object)
    for at, value in enumerate(values):
        out[at] = value
    return out


def as_bytes(words: NDArray[np.object_]) -> NDArray[np.bytes_]:
    """
    Give texts as bytes of one width.

    Parameters
    ----------
    words
        Text, shape (n,).

    Returns
    -------
    numpy.ndarray
        UTF-8, shape (n,).
    """
    out: NDArray[np.bytes_] = np.array([str(t).encode() for t in words], dtype=np.bytes_)
    return out if len(words) else np.empty(0, dtype="S1")


def texts(values: NDArray[np.bytes_]) -> NDArray[np.str_]:
    """
    Read bytes as text; plain ASCII at once.

    Parameters
    ----------
    values
        UTF-8, shape (n,).

    Returns
    -------
    numpy.ndarray
        Text, shape (n,).
    """
    raw = np.ascontiguousarray(values).view(np.uint8)
    if not raw.size or raw.max() < 128:
        return values.astype(str)
    return np.char.decode(values, "utf-8")
