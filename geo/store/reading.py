"""Selecting the rows that hold: exact boxes, windows on a frame's main time, runs."""

from __future__ import annotations

import math
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, and_, func, or_, select

from geo.errors import NotFoundError, StoreError
from geo.frames import INCOMING, Frame, Shape
from geo.store.decode import decode
from geo.store.moments import micros
from geo.store.tables import BATCHES, RUNS, TABLES, box_names, content_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geopandas import GeoDataFrame
    from sqlalchemy import Connection

    from geo.store.protocol import Box, Window

ROWS_AT_A_TIME = 20_000

MAIN_TIMES: dict[str, tuple[str, str | None]] = {
    "incidents": ("occurred_from", "occurred_to"),
    "reports": ("received_at", None),
    "notices": ("published_at", None),
    "faults": ("reported_at", None),
    "measurements": ("measured_at", None),
    "visits": ("arrived", "left"),
    "hotspots": ("period_from", "period_to"),
}
"""Start and, for intervals, end. Frames with dates only have none: a local day is no moment."""


def read_rows(
    connection: Connection,
    frame: Frame,
    *,
    crs: Any,
    bbox: Box | None,
    window: Window | None,
    run_id: str | None,
) -> GeoDataFrame:
    """
    Read rows that hold, as `Store.read` promises.

    Parameters
    ----------
    connection
        In a read transaction.
    frame
        The contract.
    crs
        The store's CRS.
    bbox, window, run_id
        As in `Store.read`.

    Returns
    -------
    GeoDataFrame
        Shape (n,), ordered by id.
    """
    table = TABLES[frame.name]
    wanted = [_of_run(connection, frame, run_id)]
    if bbox is not None:
        wanted.append(_in_box(table, frame, bbox))
    if window is not None:
        wanted.append(_in_window(table, frame, window))
    provenance = "row_batch" if frame.name in INCOMING else "run_id"
    names = ["id", *content_names(frame), "geometry", provenance]
    query = select(*(table.c[name] for name in names)).where(and_(*wanted)).order_by(table.c.id)
    result = connection.execution_options(yield_per=ROWS_AT_A_TIME).execute(query)
    blocks: Iterator[Sequence[Any]] = result.partitions(ROWS_AT_A_TIME)
    if frame.name in INCOMING:
        blocks = _named_batches(connection, blocks)
        names[-1] = "batch_id"
    out = decode(frame, names, blocks, crs=crs)
    return out if bbox is None or frame.shape is Shape.POINT else _meeting(out, bbox)


def _named_batches(
    connection: Connection, blocks: Iterator[Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    """Give batches the id people know instead of the number the table keeps."""
    known = connection.execute(select(BATCHES.c.seq, BATCHES.c.batch_id))
    names: dict[int, str] = {row.seq: row.batch_id for row in known}
    for block in blocks:
        yield [(*row[:-1], names[row[-1]]) for row in block]


def _of_run(connection: Connection, frame: Frame, run_id: str | None) -> ColumnElement[bool]:
    """Select the versions that hold, or the rows of one run."""
    table = TABLES[frame.name]
    if frame.name in INCOMING:
        if run_id is not None:
            msg = f"{frame.name!r} is not made by runs."
            raise StoreError(msg, found=f"run_id={run_id!r}", fix="leave run_id out")
        return table.c.row_ended.is_(None)
    if run_id is None:
        msg = f"{frame.name!r} is made by runs, and rows of several runs are never mixed."
        raise StoreError(msg, found="no run_id", fix="pass run_id=store.run_for(week).run_id")
    if connection.scalar(select(func.count()).where(RUNS.c.run_id == run_id)) == 0:
        msg = f"there is no run called {run_id!r}."
        raise NotFoundError(msg, fix="take the id from the list of runs")
    return table.c.run_id == run_id


def _in_box(table: Table, frame: Frame, bbox: Box) -> ColumnElement[bool]:
    """Select rows whose box meets the closed box; exact for points."""
    west, south, east, north = bbox
    if not (all(map(math.isfinite, bbox)) and west <= east and south <= north):
        msg = "`bbox` is not a box."
        expected = "west <= east and south <= north, in metres of the store's CRS"
        raise StoreError(msg, expected=expected, fix="give (west, south, east, north)")
    e_min, n_min, e_max, n_max = (table.c[name] for name in box_names(frame))
    return and_(e_min <= east, e_max >= west, n_min <= north, n_max >= south)


def _meeting(rows: GeoDataFrame, bbox: Box) -> GeoDataFrame:
    """Keep lines and polygons that meet the box themselves, not only with their own box."""
    import shapely

    box = shapely.box(*bbox)
    shapely.prepare(box)
    return rows[shapely.intersects(box, rows.geometry.to_numpy())].reset_index(drop=True)


def _in_window(table: Table, frame: Frame, window: Window) -> ColumnElement[bool]:
    """Select rows with a moment in [start, end)."""
    if frame.name not in MAIN_TIMES:
        msg = f"{frame.name!r} has no main time to select by."
        raise StoreError(msg, known=", ".join(MAIN_TIMES), fix="read all of it and select yourself")
    start, end = (micros(moment, name="window") for moment in window)
    if start >= end:
        msg = "`window` ends before it starts."
        raise StoreError(msg, expected="start < end", fix="give (start, end)")
    first, last = MAIN_TIMES[frame.name]
    if last is None:
        return and_(table.c[first] >= start, table.c[first] < end)
    began = func.coalesce(table.c[first], table.c[last])
    ended = func.coalesce(table.c[last], table.c[first])
    return and_(began < end, or_(began >= start, ended >= start))


def fingerprint(connection: Connection, frame: Frame) -> str:
    """
    Name the rows that hold by their content, whatever happened on the way there.

    Parameters
    ----------
    connection
        In a transaction.
    frame
        An incoming frame.

    Returns
    -------
    str
        32 hexadecimal digits; the same content gives the same, also after a
        batch was loaded and taken back.

    Raises
    ------
    StoreError
        If the frame is written by runs: a run's id names its content.
    """
    if frame.name not in INCOMING:
        msg = f"{frame.name!r} is made by runs, and a run's id names what it holds."
        raise StoreError(msg, expected=", ".join(INCOMING), fix="use the run_id")
    c = TABLES[frame.name].c
    rows = connection.execute(select(c.id, c.row_hash).where(c.row_ended.is_(None)).order_by(c.id))
    digest = blake2b(digest_size=16)
    for name, content in rows:
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
