"""Cumulative loading inside one transaction: compare, version, and take back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from geo.errors import NotFoundError, StoreError
from geo.frames import Packed, pack
from geo.store.ahead import ahead
from geo.store.encode import encode
from geo.store.hashing import HASH_BYTES
from geo.store.tables import BATCHES, REVISIONS, SIGHTINGS, TABLES
from geo.store.values import take
from geo.store.writing import write_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from sqlalchemy import Connection, RowMapping

    from geo.frames import Frame
    from geo.store.encode import Encoded

ROWS_AT_A_TIME = 20_000
IDS_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were new, had changed, and were as before."""

    n_new: int = 0
    n_changed: int = 0
    n_unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Add up two parts of a batch."""
        return Counts(
            self.n_new + other.n_new,
            self.n_changed + other.n_changed,
            self.n_unchanged + other.n_unchanged,
        )


@dataclass(frozen=True, slots=True)
class _Former:
    """What holds by the ids of some rows, shape (n,): number, version (0 for none) and hash."""

    seq: NDArray[np.int64]
    version: NDArray[np.int64]
    content: NDArray[np.bytes_]


def append_rows(
    connection: Connection, frame: Frame, parts: Iterable[GeoDataFrame | Packed], *, batch: int
) -> Counts:
    """
    Compare rows with those that hold, and write what is new or changed.

    Parameters
    ----------
    connection
        In a write transaction.
    frame
        The contract, of an incoming frame.
    parts
        Checked rows. Each part is taken some thousands of rows at a time.
    batch
        Number of the batch; its row is there already.

    Returns
    -------
    Counts
        They add up to the rows of all parts.
    """
    total = Counts()
    table = TABLES[frame.name]
    held = select(table.c.row_seq).where(table.c.row_ended.is_(None)).limit(1)
    known = connection.execute(held).first() is not None
    # SQLite and numpy work without Python's lock: the next rows are hashed as these are written.
    for encoded, hashes in ahead(_encoded(frame, parts)):
        total += _append_part(connection, frame, encoded, hashes, batch=batch, known=known)
    return total


def _encoded(
    frame: Frame, parts: Iterable[GeoDataFrame | Packed]
) -> Iterator[tuple[Encoded, NDArray[np.bytes_]]]:
    """Give the values and the hashes of some rows after the other."""
    for rows in _slices(frame, parts):
        encoded = encode(frame, rows)
        yield encoded, encoded.hashes()


def _slices(frame: Frame, parts: Iterable[GeoDataFrame | Packed]) -> Iterator[Packed]:
    """Cut parts into so many rows as are taken at a time."""
    for part in parts:
        for start in range(0, len(part), ROWS_AT_A_TIME):
            if isinstance(part, Packed):
                yield part.take(slice(start, start + ROWS_AT_A_TIME))
            else:
                yield pack(frame, part.iloc[start : start + ROWS_AT_A_TIME])


def _append_part(
    connection: Connection, frame: Frame, encoded: Encoded, hashes: NDArray[np.bytes_], *,
    batch: int, known: bool,
) -> Counts:  # fmt: skip
    """Append some rows; see `append_rows`."""
    table = TABLES[frame.name]
    former = _holding(connection, frame, encoded.ids()) if known else None
    columns: dict[str, Any] = {"row_hash": hashes, **encoded.columns}
    same = {"row_version": 1, "row_batch": batch, **encoded.same}
    if former is None:
        write_columns(connection, frame.name, columns, same=same)
        return Counts(n_new=len(hashes))
    held = former.version > 0
    seen = held & (former.content == hashes)
    replaced = held & ~seen
    if replaced.any():
        ends = update(table).where(table.c.row_seq == bindparam("old"))
        old = [{"old": seq, "batch": batch} for seq in former.seq[replaced].tolist()]
        connection.execute(ends.values(row_ended=bindparam("batch")), old)
    if not seen.all():
        columns["row_version"] = former.version + 1
        same.pop("row_version")
        chosen = {name: take(values, ~seen) for name, values in columns.items()}
        write_columns(connection, frame.name, chosen, same=same)
    if seen.any():
        _note_sightings(connection, [(seq, batch) for seq in former.seq[seen].tolist()])
    return Counts(int((~held).sum()), int(replaced.sum()), int(seen.sum()))


def _note_sightings(connection: Connection, seen: Sequence[tuple[int, int]]) -> None:
    """Note that a batch told unchanged rows again."""
    if connection.dialect.paramstyle == "qmark":
        sql = "INSERT INTO sightings (row_seq, batch) VALUES (?, ?)"
        connection.exec_driver_sql(sql, list(seen))
    else:
        rows = [{"row_seq": row, "batch": batch} for row, batch in seen]
        connection.execute(insert(SIGHTINGS), rows)


def _holding(connection: Connection, frame: Frame, ids: Sequence[str]) -> _Former | None:
    """Find the rows that hold by these ids; None when there is none."""
    c = TABLES[frame.name].c
    wanted = select(c.id, c.row_seq, c.row_version, c.row_hash).where(c.row_ended.is_(None))
    found: list[Any] = []
    if connection.dialect.name == "sqlite":  # one parameter, whatever the number of ids
        listed = func.json_each(json.dumps(list(ids))).table_valued("value")
        joined = wanted.select_from(listed.join(TABLES[frame.name], c.id == listed.c.value))
        raw: Any = connection.execute(joined).cursor
        found = raw.fetchall()  # rows as they are, without names
    else:
        for start in range(0, len(ids), IDS_AT_A_TIME):
            part = ids[start : start + IDS_AT_A_TIME]
            found += connection.execute(wanted.where(c.id.in_(part))).all()
    if not found:
        return None
    names, seqs, versions, contents = zip(*found, strict=True)
    place = dict(zip(names, range(len(names)), strict=True))
    at = np.array([place.get(name, -1) for name in ids], dtype=np.int64)
    content = np.frombuffer(b"".join(contents), dtype=f"V{HASH_BYTES}")
    version = np.array([*versions, 0], dtype=np.int64)  # at -1: there is none
    return _Former(np.array([*seqs, 0], dtype=np.int64)[at], version[at], content[at])


def raise_revision(connection: Connection, frame_name: str, *, by: int) -> int:
    """
    Add to a frame's revision.

    Parameters
    ----------
    connection
        In a write transaction.
    frame_name
        The frame.
    by
        1 when the content changed, else 0.

    Returns
    -------
    int
        The revision afterwards.
    """
    value = func.coalesce(REVISIONS.c.value, 0)
    now = connection.scalar(select(value).where(REVISIONS.c.frame == frame_name))
    if now is None:
        connection.execute(insert(REVISIONS).values(frame=frame_name, value=by))
    elif by:
        wanted = update(REVISIONS).where(REVISIONS.c.frame == frame_name)
        connection.execute(wanted.values(value=now + by))
    return int(now or 0) + by


def find_batch(connection: Connection, batch_id: str) -> RowMapping:
    """
    Find a batch by its id.

    Parameters
    ----------
    connection
        In a transaction.
    batch_id
        As `append` gave it.

    Returns
    -------
    sqlalchemy.RowMapping
        The row of `batches`.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    row = connection.execute(select(BATCHES).where(BATCHES.c.batch_id == batch_id)).mappings()
    found = row.first()
    if found is None:
        last = connection.scalar(select(BATCHES.c.batch_id).order_by(BATCHES.c.seq.desc()).limit(1))
        msg = f"there is no batch called {batch_id!r}."
        raise NotFoundError(
            msg, found=batch_id, expected=f"such as {last}" if last else "none was loaded yet",
            fix="take the id from the list of batches",
        )  # fmt: skip
    return found


def undo_rows(connection: Connection, batch: RowMapping) -> tuple[int, int]:
    """
    Remove the versions a batch brought, and let those it replaced hold again.

    Parameters
    ----------
    connection
        In a write transaction.
    batch
        The row of `batches`.

    Returns
    -------
    n_removed : int
        Rows that are gone.
    n_restored : int
        Rows that are as they were before.

    Raises
    ------
    StoreError
        If a later batch holds the same rows.
    """
    _require_newest(connection, batch)
    table, seq = TABLES[batch["frame"]], batch["seq"]
    connection.execute(delete(SIGHTINGS).where(SIGHTINGS.c.batch == seq))
    removed = connection.execute(delete(table).where(table.c.row_batch == seq)).rowcount
    back = update(table).where(table.c.row_ended == seq).values(row_ended=None)
    restored = connection.execute(back).rowcount
    return removed - restored, restored


def _require_newest(connection: Connection, batch: RowMapping) -> None:
    """Raise if a batch loaded later, and not undone, tells of the same things."""
    table, seq = TABLES[batch["frame"]], batch["seq"]
    any_version = table.alias("any_version")
    mine = select(table.c.id).where(table.c.row_batch == seq)
    changed = select(any_version.c.row_batch).where(
        any_version.c.row_batch > seq, any_version.c.id.in_(mine)
    )
    repeated = (
        select(SIGHTINGS.c.batch)
        .join(any_version, SIGHTINGS.c.row_seq == any_version.c.row_seq)
        .where(SIGHTINGS.c.batch > seq, any_version.c.id.in_(mine))
    )
    later = select(BATCHES.c.batch_id).where(
        BATCHES.c.frame == batch["frame"],
        BATCHES.c.seq > seq,
        or_(BATCHES.c.seq.in_(changed), BATCHES.c.seq.in_(repeated)),
    )
    found = connection.scalars(later.order_by(BATCHES.c.seq.desc())).all()
    if found:
        msg = f"batch {batch['batch_id']} cannot be undone: later batches tell of the same rows."
        raise StoreError(
            msg,
            found=", ".join(reversed(found)),
            expected="no later batch with rows of this one",
            fix=f"undo {found[0]} first, then try again",
        )
