"""Step 5: rows hashed a column at a time, so that a million of them are compared in seconds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import MetaData, Table, bindparam, inspect, select, update

from geo.frames import FRAMES, INCOMING
from geo.store.decode import decode
from geo.store.encode import encode

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROWS_AT_A_TIME = 20_000


def upgrade(connection: Connection) -> None:
    """
    Give every row the hash that later loads compare it by; content stays as it is.

    Parameters
    ----------
    connection
        In a write transaction.
    """
    there = set(inspect(connection).get_table_names())
    for name in INCOMING:
        if name in there:
            _rehash(connection, name)


def _rehash(connection: Connection, name: str) -> None:
    """Hash the rows of one table anew, by the columns that it has at this step."""
    table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
    frame = FRAMES[name]
    frame = replace(frame, columns=tuple(c for c in frame.columns if c.name in table.c))
    names = [*frame.names, "geometry"]
    wanted = select(table.c.row_seq, *(table.c[n] for n in names)).order_by(table.c.row_seq)
    change = update(table).where(table.c.row_seq == bindparam("of")).values(
        row_hash=bindparam("content")
    )  # fmt: skip
    last = 0
    while True:
        part = wanted.where(table.c.row_seq > last).limit(ROWS_AT_A_TIME)
        rows = connection.execute(part).all()
        if not rows:
            return
        content = encode(frame, decode(frame, names, [[r[1:] for r in rows]], crs="EPSG:3006"))
        hashed = zip(rows, content.hashes().tolist(), strict=True)
        connection.execute(change, [{"of": row[0], "content": one} for row, one in hashed])
        last = rows[-1][0]
