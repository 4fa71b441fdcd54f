"""One column of a frame settled from a source's cells, by the kind of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.frames import Column, Kind
from geo.ingest.cells import distinct
from geo.ingest.fields import (
    count_words,
    fallback,
    read_booleans,
    read_json,
    read_lists,
    read_numbers,
    read_words,
)
from geo.ingest.mapping import DWELLING
from geo.ingest.moments import settle_time
from geo.privacy import scrub

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.ingest.settle import Settling

STORED_TEXTS = frozenset(
    {"source_category", "public_text", "problem", "cause", "title", "lessons", "expected",
     "outcome"}
)  # fmt: skip
"""Columns of free words that are kept; personal data in them is taken out and counted."""
DEFAULTS: dict[tuple[str, str], Any] = {
    ("incidents", "weight"): 1.0,
    ("reports", "state"): "received",
    ("facilities", "check_locked"): False,
    ("assessments", "nothing_to_report"): False,
    ("assessments", "given_orally"): False,
    ("assessments", "revision"): 1,
    ("measures", "revision"): 1,
    ("visits", "planned"): False,
}
"""What a column holds when the source says nothing of it."""


def settle_column(settling: Settling, column: Column) -> pd.Series:
    """
    Settle one column from the cells that are mapped to it.

    Parameters
    ----------
    settling
        The file on its way.
    column
        Ours.

    Returns
    -------
    pandas.Series
        Values of its kind, shape (n,); doubts are noted on the way.
    """
    if column.kind is Kind.TEXT and column.vocabulary:
        return _vocabulary(settling, column)
    return _BY_KIND[column.kind](settling, column)


def settle_text(settling: Settling, column: Column, cells: list[pd.Series]) -> pd.Series:
    """
    Settle words without a vocabulary; stored free text is scrubbed.

    Parameters
    ----------
    settling
        The file on its way.
    column
        Ours.
    cells
        Theirs; several are set side by side.

    Returns
    -------
    pandas.Series
        Text, shape (n,); missing where empty.
    """
    joined = cells[0]
    for more in cells[1:]:
        joined = (joined + " " + more).str.strip()
    table = settling.mapping.words(column.name)
    words, codes = distinct(joined)
    out: list[str | None] = [table.get(word, word) or None for word in words]
    if column.name in STORED_TEXTS:
        counts = np.bincount(codes, minlength=len(words))
        found = [scrub(word or "") for word in out]
        for one, count in zip(found, counts, strict=True):
            for kind, times in one.counts.items():
                settling.scrubbed[kind] = settling.scrubbed.get(kind, 0) + times * int(count)
        out = [one.text or None for one in found]
        settling.doubts.flag(np.array([bool(o.counts) for o in found])[codes], "text_scrubbed")
    return pd.Series(np.array(out, dtype=object)[codes], index=joined.index, dtype="object")


def _vocabulary(settling: Settling, column: Column) -> pd.Series:
    """Settle a column with a vocabulary; count what fits nowhere."""
    cells = settling.cells(column.name)
    joined = cells[0]
    for more in cells[1:]:
        joined = (joined + " / " + more).str.strip(" /")
    values, unknown = read_words(
        joined, column=column, table=settling.mapping.words(column.name),
        extra=(DWELLING,) if column.name == "setting" else (),
    )  # fmt: skip
    if bool(unknown.any()):
        settling.unmapped[column.name] = count_words(joined, rows=unknown.to_numpy())
    spare = fallback(column)
    if spare is not None:
        values = values.where(~unknown, spare)
    if not column.nullable:
        if spare is None:
            settling.doubts.reject(unknown, "unknown_word", column=column.name)
        default = DEFAULTS.get((settling.frame.name, column.name), spare)
        values = values.where(values.notna() | unknown, default)
    return _needed(settling, column, values, unread=unknown)


def _needed(
    settling: Settling, column: Column, values: pd.Series, *, unread: pd.Series
) -> pd.Series:
    """Reject rows that lack what they must have; flag extras that cannot be read."""
    doubts, name = settling.doubts, column.name
    if column.nullable:
        if not column.vocabulary:
            doubts.flag(unread, f"unreadable:{name}")
        return values
    if not column.vocabulary:
        doubts.reject(unread, "unreadable_value", column=name)
    doubts.reject(values.isna() & ~unread, "missing_value", column=name)
    return values


def _text(settling: Settling, column: Column) -> pd.Series:
    values = settle_text(settling, column, settling.cells(column.name))
    return _needed(settling, column, values, unread=pd.Series(data=False, index=values.index))


def _number(settling: Settling, column: Column) -> pd.Series:
    mapping = settling.mapping
    values, bad = read_numbers(
        settling.cells(column.name)[0], column=column, decimal=mapping.decimal,
        unit=mapping.units.get(column.name),
    )  # fmt: skip
    return _needed(settling, column, values, unread=bad)


def _boolean(settling: Settling, column: Column) -> pd.Series:
    table = settling.mapping.words(column.name)
    values, bad = read_booleans(settling.cells(column.name)[0], table=table)
    default = DEFAULTS.get((settling.frame.name, column.name))
    if default is not None:
        values = values.where(values.notna() | bad, default)
    return _needed(settling, column, values, unread=bad)


def _time(settling: Settling, column: Column) -> pd.Series:
    times = settling.times(column.name)
    return settle_time(times, column=column, doubts=settling.doubts, bounds=settling.bounds)


def _list(settling: Settling, column: Column) -> pd.Series:
    mapping = settling.mapping
    values, lost = read_lists(
        settling.cells(column.name), column=column, separator=mapping.list_separator,
        table=mapping.words(column.name),
    )  # fmt: skip
    if lost:
        settling.unmapped[column.name] = lost
    return values


def _json(settling: Settling, column: Column) -> pd.Series:
    values, bad = read_json(settling.cells(column.name)[0])
    return _needed(settling, column, values, unread=bad)


_BY_KIND: dict[Kind, Callable[[Settling, Column], pd.Series]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.INTEGER: _number,
    Kind.BOOLEAN: _boolean,
    Kind.TIME: _time,
    Kind.DATE: _time,
    Kind.TEXTS: _list,
    Kind.JSON: _json,
}
