"""The store in one SQLite file: write-ahead log, full sync, one writer, many readers."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event, exc, insert, select

from geo.errors import CrsError, StoreError
from geo.spatial import code, label, metric_crs
from geo.store.migrations import MIGRATIONS
from geo.store.moments import micros
from geo.store.sqlstore import SqlStore, utc_now
from geo.store.tables import SETTINGS
from geo.store.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pyproj import CRS
    from sqlalchemy import Connection, Engine

    from geo.store.migrations import Migration

WAIT_S = 30.0
LOG_BYTES = 64 * 1024 * 1024
CACHE_KIB = 32 * 1024
"""Pages held in memory while a big file is loaded."""
PAGE_BYTES = 16 * 1024
"""Of a new store; an older one keeps its own."""


def open_sqlite(
    path: Path,
    *,
    crs: Any,
    now: Callable[[], datetime] = utc_now,
    steps: Sequence[Migration] = MIGRATIONS,
    wait_s: float = WAIT_S,
) -> SqlStore:
    """
    Open a SQLite store; make it when there is none, upgrade it when it is older.

    Parameters
    ----------
    path
        The file; its folder exists.
    crs
        The working CRS. A store keeps the one it was made with.
    now
        The clock.
    steps
        Every migration, in order.
    wait_s
        How long to wait for another writer, seconds.

    Returns
    -------
    SqlStore
        Ready for use.

    Raises
    ------
    StoreError
        If the file is no database of ours, is newer than the software, cannot
        be written, or lies where it cannot be shared between processes.
    CrsError
        If the CRS is not metric, or not the store's.
    """
    wanted = metric_crs(crs)
    if not path.parent.is_dir():
        msg = f"there is no folder for {path.name}."
        raise StoreError(msg, expected="an existing folder", fix="run `lagesbild init DIR` first")
    engine = _engine(path, wait_s=wait_s)
    try:
        upgrade(engine, path, steps=steps, now=micros(now()))
        _settle_crs(engine, wanted)
    except exc.DBAPIError as error:
        engine.dispose()
        raise (explain(error) or _unreadable(path, error)) from error
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, crs=wanted, now=now, explain=explain)


def _engine(path: Path, *, wait_s: float) -> Engine:
    """Connect so that every connection keeps the promises of the store."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": wait_s},
        hide_parameters=True,  # an error must not carry anyone's data
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            msg = "the database cannot keep a write-ahead log where it lies."
            fix = "move the workspace to a disk of this machine"
            raise StoreError(msg, found=f"journal mode {mode}", expected="wal", fix=fix)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is undone is gone from the file
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("lagesbild_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _settle_crs(engine: Engine, wanted: CRS) -> None:
    """Keep the CRS of a new store; require it of an old one. Only the first takes the pen."""
    query = select(SETTINGS.c.value).where(SETTINGS.c.name == "crs")
    with engine.connect() as connection, connection.begin():
        kept = connection.scalar(query)
    if kept is None:
        short = code(wanted)  # a code may be a guess: keep it only if it says the same
        text = short if wanted.to_authority() and metric_crs(short) == wanted else wanted.to_wkt()
        with engine.connect() as plain:
            connection = plain.execution_options(lagesbild_write=True)
            with connection.begin():
                kept = connection.scalar(query)  # another process may have been quicker
                if kept is None:
                    connection.execute(insert(SETTINGS).values(name="crs", value=text))
    if kept is not None and metric_crs(kept) != wanted:
        msg = "the store was made in another reference system."
        raise CrsError(
            msg,
            found=label(wanted),
            expected=label(kept),
            fix="set `crs` in profile.toml back, or load the files into a new workspace",
        )


def explain(error: exc.DBAPIError) -> StoreError | None:
    """
    Turn SQLite's errors into ones that mend.

    Parameters
    ----------
    error
        From the database.

    Returns
    -------
    StoreError or None
        None when it is not one that people meet.
    """
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    known = {
        "SQLITE_BUSY": ("another process is writing.", "wait until it is done, then try again"),
        "SQLITE_FULL": ("the disk is full; nothing was changed.", "make room, then try again"),
        "SQLITE_READONLY": ("the database may not be written.", "give this account write access"),
        "SQLITE_CANTOPEN": ("the database cannot be opened.", "look at the folder's permissions"),
        "SQLITE_NOTADB": ("the file is not a database.", "name another file, or a backup"),
        "SQLITE_CORRUPT": ("the database is damaged.", "restore the last backup"),
        "SQLITE_IOERR": ("the disk did not answer.", "look at the disk, then try again"),
    }
    for prefix, (problem, fix) in known.items():
        if name.startswith(prefix):
            return StoreError(problem, found=name, fix=fix)
    return None


def _unreadable(path: Path, error: exc.DBAPIError) -> StoreError:
    """Say that a file could not be opened, for a reason nobody foresaw."""
    msg = f"{path.name} could not be opened as a store."
    found = type(error.orig).__name__
    return StoreError(msg, found=found, fix="name another file, or restore a backup")
