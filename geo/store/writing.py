"""Writing rows given column by column, many in one statement."""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from geo.store.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

ROWS_A_STATEMENT = 200
PARAMETERS = 30_000
"""SQLite takes 32 766 in one statement."""


def write_columns(
    connection: Connection,
    frame_name: str,
    columns: Mapping[str, Sequence[Any]],
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
    rows = zip(*(columns[name] for name in names), strict=True)
    if connection.dialect.paramstyle != "qmark":
        told = dict(same)
        given = [dict(zip(names, row, strict=True)) | told for row in rows]
        connection.execute(insert(table), given)
        return
    # Bound by number, so that what every row says is bound once; many rows a statement.
    fixed = {name: value for name, value in same.items() if value is not None}
    width = len(names)
    at_once = max(1, min(ROWS_A_STATEMENT, (PARAMETERS - len(fixed)) // width))
    n = len(columns[names[0]])
    flat = list(chain.from_iterable(rows))
    told_once = tuple(fixed.values())
    for start, stop, size in ((0, n - n % at_once, at_once), (n - n % at_once, n, n % at_once)):
        if start < stop:
            step = size * width
            values = [(*flat[at : at + step], *told_once)
                      for at in range(start * width, stop * width, step)]  # fmt: skip
            sql = _statement(connection, frame_name, names, list(fixed), size=size)
            connection.exec_driver_sql(sql, values)


def _statement(
    connection: Connection, frame_name: str, names: list[str], fixed: list[str], *, size: int
) -> str:
    """Write the statement for so many rows; names are the contract's, values are bound."""
    quote = connection.dialect.identifier_preparer.quote
    width = len(names)
    last = [f"?{size * width + k + 1}" for k in range(len(fixed))]
    marks = (
        ", ".join([*(f"?{row * width + k + 1}" for k in range(width)), *last])
        for row in range(size)
    )
    head = ", ".join(map(quote, [*names, *fixed]))
    rows = ", ".join(f"({mark})" for mark in marks)
    return f"INSERT INTO {quote(frame_name)} ({head}) VALUES {rows}"  # noqa: S608 (names of the contract; values are bound)
