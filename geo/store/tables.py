"""
The tables of a store, generated from the frames' contracts.

Times and dates are whole microseconds since 1970 UTC: they compare exactly and come back as they
were. Lists and JSON are JSON text. Geometry is little-endian WKB beside its exact box (`e`, `n`
of a point, else `e_min` to `n_max`). A row of an incoming frame is one *version* of the thing
called `id`: `row_batch` brought it, `row_ended` is the batch that replaced it, and NULL there
means that it holds today.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from geo.frames import FRAMES, INCOMING, Frame, Kind, Shape

SQL_TYPES: dict[Kind, type] = {
    Kind.TEXT: Text,
    Kind.INTEGER: BigInteger,
    Kind.NUMBER: Double,
    Kind.BOOLEAN: Boolean,
    Kind.TIME: BigInteger,
    Kind.DATE: BigInteger,
    Kind.TEXTS: Text,
    Kind.JSON: Text,
}
PROVENANCE = ("batch_id", "run_id")
COUNTS = ("n_new", "n_changed", "n_unchanged", "n_rejected", "n_refused", "n_unlocated")

METADATA = MetaData()


def _key(name: str) -> Column[int]:
    """Give a counting primary key, which SQLite wants to be called INTEGER."""
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _counted(name: str) -> Column[int]:
    """Give a count that is never missing."""
    return Column(name, BigInteger, nullable=False)


def _text(name: str, **options: Any) -> Column[str]:
    """Give a text that is never missing."""
    return Column(name, Text, nullable=False, **options)


SCHEMA_VERSION = Table(
    "schema_version",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", BigInteger, nullable=False),
)
SETTINGS = Table("settings", METADATA, Column("name", Text, primary_key=True), _text("value"))
REVISIONS = Table("revisions", METADATA, Column("frame", Text, primary_key=True), _counted("value"))
BATCHES = Table(
    "batches",
    METADATA,
    _key("seq"),
    _text("batch_id", unique=True),
    _text("frame"),
    _text("state"),
    _text("source"),
    _text("file_name"),
    _text("mapping_version"),
    Column("loaded_at", BigInteger, nullable=False),
    Column("undone_at", BigInteger),
    Column("n_read", BigInteger),
    *[_counted(name) for name in COUNTS],
    _text("refused"),
    _text("flagged"),
    _text("categories"),
    Column("period_from", BigInteger),
    Column("period_to", BigInteger),
    _counted("revision"),
)
REJECTS = Table(
    "rejects",
    METADATA,
    _key("seq"),
    Column("batch", ForeignKey("batches.seq"), nullable=False, index=True),
    Column("row", BigInteger, nullable=False),
    _text("reasons"),
    _text("columns"),
)
SIGHTINGS = Table(
    "sightings",
    METADATA,
    Column("row_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("batch", ForeignKey("batches.seq"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Which batch has told an unchanged row again: while it holds, the row's first batch stays."""
AUDIT = Table(
    "audit",
    METADATA,
    _key("seq"),
    Column("at", BigInteger, nullable=False),
    _text("action"),
    _text("subject"),
    _text("by"),
    _text("counts"),
)
RUNS = Table(
    "runs",
    METADATA,
    _key("seq"),
    _text("run_id", unique=True),
    _text("week", index=True),
    _text("order"),
    _text("revisions"),
    _text("version"),
    _text("summary"),
    Column("written_at", BigInteger, nullable=False),
)


def box_names(frame: Frame) -> tuple[str, str, str, str]:
    """
    Name the columns that hold west, south, east and north of a row's geometry.

    Parameters
    ----------
    frame
        The contract.

    Returns
    -------
    tuple of str
        A point's `e` and `n` are both ends of its box.
    """
    if frame.shape is Shape.POINT:
        return ("e", "n", "e", "n")
    return ("e_min", "n_min", "e_max", "n_max")


def content_names(frame: Frame) -> list[str]:
    """
    Name the columns that are a row's content: not its id, not where it came from.

    Parameters
    ----------
    frame
        The contract.

    Returns
    -------
    list of str
        In the order of the contract, without geometry.
    """
    return [name for name in frame.names if name != "id" and name not in PROVENANCE]


def frame_table(frame: Frame, metadata: MetaData) -> Table:
    """
    Generate the table of a frame from its contract.

    Parameters
    ----------
    frame
        The contract.
    metadata
        What the table is registered with.

    Returns
    -------
    sqlalchemy.Table
        Incoming frames in versions by batch, the others by run.
    """
    content: list[Column[Any]] = [
        Column(name, SQL_TYPES[frame.column(name).kind]) for name in content_names(frame)
    ]
    box = [Column(name, Double) for name in dict.fromkeys(box_names(frame))]
    place = [Column("geometry", LargeBinary), *box]
    if frame.name not in INCOMING:
        return Table(
            frame.name,
            metadata,
            _key("row_seq"),
            Column("run_id", ForeignKey("runs.run_id"), nullable=False),
            _text("id"),
            *content,
            *place,
            UniqueConstraint("run_id", "id"),
        )
    table = Table(
        frame.name,
        metadata,
        _key("row_seq"),
        _text("id"),
        _counted("row_version"),
        Column("row_batch", ForeignKey("batches.seq"), nullable=False),
        Column("row_ended", ForeignKey("batches.seq")),
        Column("row_hash", LargeBinary, nullable=False),
        *content,
        *place,
    )
    holds, ended = table.c.row_ended.is_(None), table.c.row_ended.is_not(None)
    Index(f"{frame.name}_one_holds", table.c.id, unique=True, sqlite_where=holds,
          postgresql_where=holds)  # fmt: skip
    Index(f"{frame.name}_by_batch", table.c.row_batch)
    Index(f"{frame.name}_by_end", table.c.row_ended, sqlite_where=ended, postgresql_where=ended)
    return table


TABLES: dict[str, Table] = {frame.name: frame_table(frame, METADATA) for frame in FRAMES.values()}
"""The table of each frame, by the frame's name."""
