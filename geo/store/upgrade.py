"""Bring an older database up to date: a copy beside it first, then all steps or none."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, inspect, select

from geo.errors import StoreError
from geo.store.ledger import note
from geo.store.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from geo.store.migrations import Migration

log = logging.getLogger(__name__)


def schema_version(connection: Connection) -> int:
    """
    Read which step a database has reached.

    Parameters
    ----------
    connection
        In a transaction.

    Returns
    -------
    int
        0 for an empty database.

    Raises
    ------
    StoreError
        If it holds tables that are not ours.
    """
    names = inspect(connection).get_table_names()
    if SCHEMA_VERSION.name not in names:
        if names:
            msg = "this database was not made by this product."
            fix = "name another file, or let a new one be made"
            raise StoreError(msg, found=f"{len(names)} other table(s)", fix=fix)
        return 0
    steps = connection.scalars(select(SCHEMA_VERSION.c.version)).all()
    return max(steps, default=0)


def upgrade(engine: Engine, path: Path, *, steps: Sequence[Migration], now: int) -> None:
    """
    Run the steps a database lacks, in one transaction.

    Parameters
    ----------
    engine
        Connects to it.
    path
        Its file; an older database is copied beside it before anything else.
    steps
        Every migration, in order.
    now
        Microseconds since 1970.

    Raises
    ------
    StoreError
        If it was made by a newer version of the software, or by another one.
    """
    with engine.connect() as connection, connection.begin():
        version = schema_version(connection)
    if version > len(steps):
        msg = "the database was made by a newer version of the software."
        raise StoreError(
            msg,
            found=f"schema {version}",
            expected=f"schema {len(steps)} or older",
            fix="install that version, or restore a backup made by this one",
        )
    if version == len(steps):
        return
    if version > 0:
        copy = copy_beside(path, name=f"{path.name}.v{version}")
        log.info("schema %d: copied to %s before the upgrade", version, copy.name)
    with engine.connect() as plain:
        connection = plain.execution_options(lagesbild_write=True)
        with connection.begin():
            reached = schema_version(connection)  # another process may have been quicker
            for number in range(reached + 1, len(steps) + 1):
                steps[number - 1](connection)
                connection.execute(insert(SCHEMA_VERSION).values(version=number, applied_at=now))
            if reached < len(steps):
                counts = {"schema_from": reached, "schema_to": len(steps)}
                note(connection, "upgrade", subject="", by="", counts=counts, now=now)


def copy_beside(path: Path, *, name: str) -> Path:
    """
    Copy a live database file whole, under the first free name.

    Parameters
    ----------
    path
        The database.
    name
        What the copy is to be called; ``-2`` and so on is added when taken.

    Returns
    -------
    Path
        The copy. It gets its name only when it is complete and on disk.
    """
    target, number = path.with_name(name), 1
    while target.exists():
        number += 1
        target = path.with_name(f"{name}-{number}")
    draft = path.with_name(f"{target.name}.{os.getpid()}.part")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as copy:
        source.backup(copy)
    with draft.open("r+b") as handle:
        os.fsync(handle.fileno())
    draft.replace(target)
    return target
