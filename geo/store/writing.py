"""Writing rows given column by column, many in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import insert

from geo.frames import Coded, texts
from geo.store.tables import TABLES
from geo.store.values import as_bound, as_bytes_of, as_list, cut_width, some_missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Column, Connection, Table

    from geo.store.values import SqlValues

ROWS_A_STATEMENT = 200
PARAMETERS = 30_000
"""SQLite takes 32 766 in one statement."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A column bound whole, and cut by the database: fewer things to make and to bind."""

    name: str
    width: int
    text: bool
    gaps: bool

    def cell(self, mark: str, row: int) -> str:
        """Write what cuts one row's value out of the whole."""
        cell = f"substr({mark}, {row * self.width + 1}, {self.width})"
        cell = f"nullif({cell}, zeroblob({self.width}))" if self.gaps else cell
        return f"CAST({cell} AS TEXT)" if self.text else cell


def write_columns(
    connection: Connection,
    frame_name: str,
    columns: Mapping[str, SqlValues],
    *,
    same: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """
    Insert rows given column by column.

    Parameters
    ----------
    connection
        In a write transaction.
    frame_name
        The frame.
    columns
        Values by SQL column, all of one length >= 1.
    same
        Columns that say the same in every row, whether or not they are in `columns`.
    """
    table = TABLES[frame_name]
    names = [c.name for c in table.columns if c.name in columns and c.name not in same]
    columns = {name: _told(columns[name], column=table.c[name]) for name in names}
    if connection.dialect.paramstyle != "qmark":
        rows = zip(*(as_list(columns[name]) for name in names), strict=True)
        told = dict(same)
        given = [dict(zip(names, row, strict=True)) | told for row in rows]
        connection.execute(insert(table), given)
        return
    # Bound by number, so that what every row says is bound once; many rows a statement.
    fixed = {name: value for name, value in same.items() if value is not None}
    cuts = tuple(_cuts(table, {name: columns[name] for name in names}))
    cut = {one.name for one in cuts}
    single = tuple(name for name in names if name not in cut)
    n = len(columns[names[0]]) if not cuts else len(columns[cuts[0].name])
    room = PARAMETERS - len(fixed) - len(cuts)
    at_once = max(1, min(ROWS_A_STATEMENT, room // max(len(single), 1)))
    bound = {name: as_bound(columns[name]) for name in single}
    for start, stop, size in ((0, n - n % at_once, at_once), (n - n % at_once, n, n % at_once)):
        if start < stop:
            values = _parameters(bound, columns, cuts, fixed, rows=slice(start, stop), size=size)
            sql = _statement(connection.dialect.identifier_preparer.quote, frame_name, single,
                             cuts, tuple(fixed), size=size)  # fmt: skip
            connection.exec_driver_sql(sql, values)


def _told(values: SqlValues, *, column: Column[Any]) -> SqlValues:
    """Let an empty text be one where the column must say something; elsewhere it is missing."""
    if isinstance(values, Coded) or values.dtype.kind != "S" or column.nullable:
        return values
    return texts(values) if some_missing(values) else values


def _cuts(table: Table, columns: Mapping[str, SqlValues]) -> list[_Cut]:
    """Choose the columns that are bound whole."""
    out = []
    for name, values in columns.items():
        if width := cut_width(values):
            gaps = bool(table.c[name].nullable) and some_missing(values)
            out.append(_Cut(name, width, text=values.dtype.kind == "S", gaps=gaps))
    return out


def _parameters(
    bound: Mapping[str, Any], columns: Mapping[str, SqlValues], cuts: tuple[_Cut, ...],
    fixed: Mapping[str, Any], *, rows: slice, size: int,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Give the parameters of each statement: value by value, then the wholes, then the same."""
    n = (rows.stop - rows.start) // size
    width = len(bound)
    out = np.empty((n, size * width + len(cuts) + len(fixed)), dtype=object)
    for k, values in enumerate(bound.values()):
        out[:, k : size * width : width] = values[rows].reshape(n, size)
    for k, cut in enumerate(cuts):
        wholes = as_bytes_of(columns[cut.name][rows]).reshape(n, -1)
        out[:, size * width + k] = [bytearray(whole) for whole in wholes]
    for k, value in enumerate(fixed.values()):
        out[:, size * width + len(cuts) + k] = value
    return list(map(tuple, out.tolist()))


@lru_cache(maxsize=16)
def _statement(
    quote: Any, frame_name: str, single: tuple[str, ...], cuts: tuple[_Cut, ...],
    fixed: tuple[str, ...], *, size: int,
) -> str:  # fmt: skip
    """Write the statement for so many rows; names are the contract's, values are bound."""
    width = len(single)
    marks = [f"?{size * width + k + 1}" for k in range(len(cuts) + len(fixed))]
    last = marks[len(cuts) :]
    rows = (
        [
            *(f"?{row * width + k + 1}" for k in range(width)),
            *(cut.cell(mark, row) for cut, mark in zip(cuts, marks, strict=False)),
            *last,
        ]
        for row in range(size)
    )
    head = ", ".join(map(quote, [*single, *(cut.name for cut in cuts), *fixed]))
    values = ", ".join(f"({', '.join(row)})" for row in rows)
    return f"INSERT INTO {quote(frame_name)} ({head}) VALUES {values}"  # noqa: S608 (names of the contract; values are bound)
