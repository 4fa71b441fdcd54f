"""Analyses: what was asked, of which data, and the frames that came out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from geo.errors import NotFoundError, StoreError
from geo.frames import FRAMES, INCOMING
from geo.store.encode import encode, to_json
from geo.store.loading import raise_revision
from geo.store.moments import moment_of
from geo.store.records import Run
from geo.store.tables import RUNS
from geo.store.writing import write_columns

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from sqlalchemy import Connection, RowMapping


def check_run(run: Run, frames: dict[str, GeoDataFrame], *, crs: Any) -> None:
    """
    Check that a run's frames are of the kind runs write, and keep their contracts.

    Parameters
    ----------
    run
        The run.
    frames
        Rows by frame name.
    crs
        The store's CRS.

    Raises
    ------
    StoreError
        If a frame comes from files, not from runs.
    FrameError
        If a contract is broken.
    """
    for name, rows in frames.items():
        if name in INCOMING:
            msg = f"a run does not write {name!r}."
            written = ", ".join(n for n in FRAMES if n not in INCOMING)
            raise StoreError(msg, found=run.run_id, expected=written, fix="load it with append")
        FRAMES[name].check(rows, crs=crs)


def write_run(
    connection: Connection, run: Run, frames: dict[str, GeoDataFrame], *, now: int
) -> bool:
    """
    Write a run and its frames, unless it is there.

    Parameters
    ----------
    connection
        In a write transaction.
    run
        The run.
    frames
        Rows by frame name, checked.
    now
        Microseconds since 1970.

    Returns
    -------
    bool
        Whether anything was written.
    """
    if connection.scalar(select(RUNS.c.seq).where(RUNS.c.run_id == run.run_id)) is not None:
        return False
    connection.execute(
        insert(RUNS).values(
            run_id=run.run_id,
            week=run.week,
            order=to_json(run.order, what="order"),
            revisions=to_json(run.revisions, what="revisions"),
            version=run.version,
            summary=to_json(run.summary, what="summary"),
            written_at=now,
        )
    )
    for name, rows in frames.items():
        if len(rows):
            encoded = encode(FRAMES[name], rows)
            same = {"run_id": run.run_id, **encoded.same}
            write_columns(connection, name, encoded.columns, same=same)
    for name in FRAMES:
        if name not in INCOMING:
            raise_revision(connection, name, by=1)
    return True


def find_run(connection: Connection, run_id: str) -> Run:
    """
    Find a run by its id.

    Parameters
    ----------
    connection
        In a read transaction.
    run_id
        Its id.

    Returns
    -------
    Run
        The run.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    row = connection.execute(select(RUNS).where(RUNS.c.run_id == run_id)).mappings().first()
    if row is None:
        msg = f"there is no run called {run_id!r}."
        raise NotFoundError(msg, fix="take the id from the list of runs")
    return _run(row)


def last_run(connection: Connection, week: str) -> Run:
    """
    Find the last written run of a week.

    Parameters
    ----------
    connection
        In a read transaction.
    week
        As ``2026-W47``.

    Returns
    -------
    Run
        The run.

    Raises
    ------
    NotFoundError
        If the week has none.
    """
    query = select(RUNS).where(RUNS.c.week == week).order_by(RUNS.c.seq.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    if row is None:
        known = connection.scalars(select(RUNS.c.week).distinct().order_by(RUNS.c.week.desc()))
        weeks = ", ".join(known.fetchmany(5)) or "none"
        msg = f"week {week} has not been analysed."
        raise NotFoundError(msg, known=weeks, fix=f"run `lagesbild analyse --week {week}`")
    return _run(row)


def list_runs(connection: Connection) -> list[Run]:
    """
    List the runs.

    Parameters
    ----------
    connection
        In a read transaction.

    Returns
    -------
    list of Run
        Newest week first, last written first.
    """
    query = select(RUNS).order_by(RUNS.c.week.desc(), RUNS.c.seq.desc())
    return [_run(row) for row in connection.execute(query).mappings()]


def _run(row: RowMapping) -> Run:
    """Make a record of a row."""
    return Run(
        run_id=row["run_id"],
        week=row["week"],
        order=json.loads(row["order"]),
        revisions=json.loads(row["revisions"]),
        version=row["version"],
        summary=json.loads(row["summary"]),
        written_at=moment_of(row["written_at"]),
    )
