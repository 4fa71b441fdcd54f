"""Columns on their way into a database: whole or one by one, they come back as they were."""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np
import pytest

from geo.frames import Coded
from geo.store.values import as_bound, as_list, cut_width, some_missing, take

WORDS = np.array(["ö", None, "b"], dtype=object)
COLUMNS: dict[str, tuple[Any, list[Any]]] = {
    "words": (Coded(WORDS, np.array([0, 1, 2], dtype=np.int32)), ["ö", None, "b"]),
    "yes": (Coded(np.array([True, None, False], dtype=object), np.arange(3, dtype=np.int32)),
            [True, None, False]),
    "times": (np.array(["1970-01-01T00:00:01", "NaT", "1969-12-31"], dtype="datetime64[us]"),
              [1_000_000, None, -86_400_000_000]),
    "numbers": (np.array([0.5, np.nan, -2.0]), [0.5, None, -2.0]),
    "versions": (np.array([1, 2, 3]), [1, 2, 3]),
    "digests": (np.array([b"ab", b"", b"cd"]), ["ab", None, "cd"]),
    "names": (np.array(["å".encode(), b"b", b"ccc"]), ["å", "b", "ccc"]),
    "points": (np.array([b"\1\0\2", b"\0\0\0", b"\3\0\0"], dtype="V3"),
               [b"\1\0\2", None, b"\3\0\0"]),
    "shapes": (np.array([b"\1", None, b"\2\3"], dtype=object), [b"\1", None, b"\2\3"]),
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_told_as_plain_python(name: str) -> None:
    values, wanted = COLUMNS[name]
    assert as_list(values) == wanted
    assert as_list(take(values, np.array([2, 0]))) == [wanted[2], wanted[0]]


@pytest.mark.parametrize("name", COLUMNS)
def test_sqlite_keeps_what_is_bound_as_if_it_were_plain(name: str) -> None:
    values, wanted = COLUMNS[name]
    bound = as_bound(values).tolist()
    assert not {type(one) for one in bound} - {str, int, float, bytearray}
    connection = sqlite3.connect(":memory:")
    kept = [connection.execute("SELECT ?, typeof(?1)", (one,)).fetchone() for one in bound]
    plain = [connection.execute("SELECT ?, typeof(?1)", (one,)).fetchone() for one in wanted]
    connection.close()
    assert kept == plain


def test_bytes_of_one_width_are_cut_and_others_are_not() -> None:
    widths = {name: cut_width(values) for name, (values, _) in COLUMNS.items()}
    cut = {name: width for name, width in widths.items() if width}
    assert cut == {"digests": 2, "points": 3}
    assert some_missing(COLUMNS["points"][0])
    assert not some_missing(COLUMNS["points"][0][[0, 2]])
