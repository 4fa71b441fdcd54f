"""Cells of one kind of column made into values: words, numbers, booleans, lists."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.frames import Column, Kind
from geo.ingest.cells import distinct, fold
from geo.ingest.numbers import parse_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from numpy.typing import NDArray

TRUE_WORDS = frozenset({"true", "1", "ja", "j", "yes", "y", "sant", "x", "on"})
FALSE_WORDS = frozenset({"false", "0", "nej", "n", "no", "falskt", "off"})
_FALLBACKS = ("unknown", "other", "annat")
_SHOWN_WORDS = 100
_SHOWN_LENGTH = 60


def fallback(column: Column) -> str | None:
    """
    Give the word a vocabulary has for "none of these".

    Parameters
    ----------
    column
        A column with a vocabulary.

    Returns
    -------
    str or None
        None when it has no such word.
    """
    return next((word for word in _FALLBACKS if word in column.vocabulary), None)


def read_words(
    cells: pd.Series, *, column: Column, table: Table[str, str], extra: tuple[str, ...] = ()
) -> tuple[pd.Series, pd.Series]:
    """
    Turn a source's words into those of a vocabulary.

    Parameters
    ----------
    cells
        Text, shape (n,).
    column
        Ours; its vocabulary is what may come out.
    table
        Their word -> ours; case and surplus spaces do not matter.
    extra
        Further words that may come out.

    Returns
    -------
    values : pandas.Series
        Words of ours; missing where nothing is written or no word fits.
    unknown : pandas.Series
        bool: something is written that no word fits.
    """
    known = {fold(word): word for word in (*column.vocabulary, *extra)}
    known |= {fold(theirs): ours for theirs, ours in table.items()}
    words, codes = distinct(cells)
    found = np.array([known.get(fold(word)) for word in words], dtype=object)
    values = pd.Series(found[codes], index=cells.index, dtype="object")
    return values, (cells != "") & values.isna()


def read_booleans(
    cells: pd.Series, *, table: Table[str, str] | None = None
) -> tuple[pd.Series, pd.Series]:
    """
    Read yes and no, in Swedish or English.

    Parameters
    ----------
    cells
        Text, shape (n,).
    table
        Their word -> "true" or "false".

    Returns
    -------
    values : pandas.Series
        ``boolean``; missing where nothing is written or it is neither.
    unreadable : pandas.Series
        bool.
    """
    words, codes = distinct(cells)
    given = {fold(k): fold(v) for k, v in (table or {}).items()}
    folded = [given.get(fold(word), fold(word)) for word in words]
    read = [True if w in TRUE_WORDS else False if w in FALSE_WORDS else None for w in folded]
    values = pd.Series(np.array(read, dtype=object)[codes], index=cells.index).astype("boolean")
    return values, (cells != "") & values.isna()


def read_numbers(
    cells: pd.Series, *, column: Column, decimal: str | None, unit: str | None
) -> tuple[pd.Series, pd.Series]:
    """
    Read numbers of a column; a whole-number column takes no fractions.

    Parameters
    ----------
    cells
        Text, shape (n,).
    column
        Ours.
    decimal
        Decimal sign, or None.
    unit
        Unit of bare numbers, or None.

    Returns
    -------
    values : pandas.Series
        float64, or Int64 for a whole-number column.
    unreadable : pandas.Series
        bool.
    """
    values, bad = parse_numbers(cells, decimal=decimal, unit=unit)
    if column.kind is not Kind.INTEGER:
        return values, bad
    broken = values.notna() & ((values != values.round()) | (values.abs() > 2**53))
    return values.where(~broken).astype("Int64"), bad | broken


def read_lists(
    cells: list[pd.Series], *, column: Column, table: Table[str, str], separator: str | None
) -> tuple[pd.Series, dict[str, int]]:
    """
    Read lists, from one cell with separators or from several columns.

    Parameters
    ----------
    cells
        Text, each of shape (n,).
    column
        Ours; members outside its vocabulary become its word for others.
    table
        Their word -> ours.
    separator
        Between members; None takes semicolon, bar, comma and line break.

    Returns
    -------
    values : pandas.Series
        Lists, each member once, in order.
    unmapped : dict
        Members that fitted no word -> rows.
    """
    split = re.compile(re.escape(separator) if separator else r"[;|,\n]")
    known = {fold(word): word for word in column.vocabulary}
    known |= {fold(theirs): ours for theirs, ours in table.items()}
    other = fallback(column)
    joined = cells[0]
    glue = separator or ";"
    for more in cells[1:]:
        joined = joined + glue + more
    words, codes = distinct(joined)
    lists: list[list[str]] = []
    lost: list[list[str]] = []
    for word in words:
        members = [m.strip() for m in split.split(word) if m.strip()]
        out: list[str] = []
        for member in members:
            ours = known.get(fold(member), other) if column.vocabulary else member
            if ours is not None and ours not in out:
                out.append(ours)
        lists.append(out)
        lost.append([m for m in members if column.vocabulary and fold(m) not in known])
    counts = np.bincount(codes, minlength=len(words))
    unmapped: dict[str, int] = {}
    for gone, count in zip(lost, counts, strict=True):
        for member in gone:
            unmapped[member] = unmapped.get(member, 0) + int(count)
    values = pd.Series([list(lists[code]) for code in codes], index=cells[0].index, dtype="object")
    return values, unmapped


def read_json(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """
    Read JSON cells.

    Parameters
    ----------
    cells
        Text, shape (n,).

    Returns
    -------
    values : pandas.Series
        Objects; None where empty or unreadable.
    unreadable : pandas.Series
        bool.
    """
    out: list[Any] = []
    bad: list[bool] = []
    for cell in cells:
        try:
            out.append(json.loads(cell) if cell else None)
            bad.append(False)
        except ValueError:
            out.append(None)
            bad.append(True)
    return (
        pd.Series(out, index=cells.index, dtype="object"),
        pd.Series(bad, index=cells.index, dtype=bool),
    )


def count_words(words: pd.Series, *, rows: NDArray[np.bool_]) -> dict[str, int]:
    """
    Count words among some rows, most frequent first.

    Parameters
    ----------
    words
        Text, shape (n,).
    rows
        bool, shape (n,).

    Returns
    -------
    dict
        Word -> rows; at most 100 words, each cut to 60 characters.
    """
    counts = words[rows].value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-int(item[1]), str(item[0])))
    return {str(word)[:_SHOWN_LENGTH] or "(blank)": int(n) for word, n in ordered[:_SHOWN_WORDS]}
