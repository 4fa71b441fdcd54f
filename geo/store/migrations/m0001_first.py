"""Step 1: the first tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from sqlalchemy import Connection

POINT = ("e", "n")
BOX = ("e_min", "n_min", "e_max", "n_max")
TYPES: dict[str, type] = {"": Text, "i": BigInteger, "d": Double, "b": Boolean}

INCOMING: dict[str, tuple[tuple[str, ...], str]] = {
    "incidents": (
        POINT,
        """
        category source_category mapping_version occurred_from:i occurred_to:i time_known:b
        reported_at:i setting accuracy_m:d source actor ref_hash found_by duplicate_group flags
        weight:d
        """,
    ),
    "reports": (
        POINT,
        """
        received_at:i felt unsafe_when reasons state merged_into public_text accuracy_m:d channel
        """,
    ),
    "notices": (BOX, "published_at:i occurred:i type title area"),
    "lamps": (
        POINT,
        """
        light_source flux_lm:d flux_basis power_w:d height_m:d arm_m:d azimuth_deg:d optic cct_k:d
        state state_since:i owner circuit schedule pole_ref installed:i assumed
        """,
    ),
    "faults": (POINT, "lamp_id pole_ref kind reported_at:i closed_at:i channel"),
    "measurements": (POINT, "kind value:d unit measured_at:i device calibrated:b"),
    "streets": (BOX, "name kind length_m:d from_node to_node lit owner"),
    "areas": (BOX, "name level kind parent_id population:i population_year:i"),
    "facilities": (BOX, "kind name check_locked:b opening"),
    "events": (BOX, "kind name starts_on:i ends_on:i lessons"),
    "assessments": (
        BOX,
        """
        actor week place_id area verdict trend problem nothing_to_report:b given_orally:b revision:i
        """,
    ),
    "indicators": (BOX, "series period value:d n:i low:d high:d direction source version"),
    "measures": (
        BOX,
        """
        programme recommendation_id place_id problem cause judged_by title kind goal owner_unit
        state decided_at:i starts_on:i ends_on:i follow_up_on:i expected outcome cost:d revision:i
        """,
    ),
    "visits": (BOX, "shift_id place_id kind arrived:i left:i count:i outcome_code planned:b"),
}
OUTGOING: dict[str, tuple[tuple[str, ...], str]] = {
    "hotspots": (
        BOX,
        """
        place_id name method claim rank:i n:d expected:d score:d p:d q:d rate:d rate_low:d
        rate_high:d rank_low:i rank_high:i certainty class period_from:i period_to:i n_recent:d
        n_before:d peak_hours profile categories sources dark_share:d n_timed:i area_m2:d
        street_m:d caveats
        """,
    ),
    "recommendations": (BOX, "place_id kind priority:i window rule reasons confidence caveat"),
}
APPEND_ONLY = """
CREATE TRIGGER audit_no_{what} BEFORE {when}
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
"""
TRIGGERS = {
    "update": "UPDATE ON audit",
    "delete": "DELETE ON audit",
    "replace": "INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)",
}


def upgrade(connection: Connection) -> None:
    """
    Make the tables of an empty database.

    Parameters
    ----------
    connection
        In a write transaction.
    """
    metadata = MetaData()
    _ledger(metadata)
    for name, (box, columns) in INCOMING.items():
        _versions(name, metadata, _columns(box, columns))
    for name, (box, columns) in OUTGOING.items():
        Table(
            name,
            metadata,
            _key("row_seq"),
            Column("run_id", ForeignKey("runs.run_id"), nullable=False),
            _text("id"),
            *_columns(box, columns),
            UniqueConstraint("run_id", "id"),
        )
    metadata.create_all(connection, checkfirst=False)
    if connection.dialect.name == "sqlite":
        for what, when in TRIGGERS.items():
            connection.exec_driver_sql(APPEND_ONLY.format(what=what, when=when))


def _ledger(metadata: MetaData) -> None:
    """Declare the tables beside the frames'."""
    Table(
        "schema_version",
        metadata,
        Column("version", Integer, primary_key=True, autoincrement=False),
        _number("applied_at"),
    )
    Table("settings", metadata, Column("name", Text, primary_key=True), _text("value"))
    Table("revisions", metadata, Column("frame", Text, primary_key=True), _number("value"))
    Table(
        "batches",
        metadata,
        _key("seq"),
        _text("batch_id", unique=True),
        *map(_text, ("frame", "state", "source", "file_name", "mapping_version")),
        _number("loaded_at"),
        _number("undone_at", nullable=True),
        _number("n_read", nullable=True),
        *map(_number, ("n_new", "n_changed", "n_unchanged", "n_rejected", "n_refused")),
        _number("n_unlocated"),
        *map(_text, ("refused", "flagged", "categories")),
        _number("period_from", nullable=True),
        _number("period_to", nullable=True),
        _number("revision"),
    )
    Table(
        "rejects",
        metadata,
        _key("seq"),
        Column("batch", ForeignKey("batches.seq"), nullable=False, index=True),
        _number("row"),
        *map(_text, ("reasons", "columns")),
    )
    Table(
        "sightings",
        metadata,
        Column("row_seq", BigInteger, primary_key=True, autoincrement=False),
        Column("batch", ForeignKey("batches.seq"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    Table(
        "audit",
        metadata,
        _key("seq"),
        _number("at"),
        *map(_text, ("action", "subject", "by", "counts")),
    )
    Table(
        "runs",
        metadata,
        _key("seq"),
        _text("run_id", unique=True),
        _text("week", index=True),
        *map(_text, ("order", "revisions", "version", "summary")),
        _number("written_at"),
    )


def _versions(name: str, metadata: MetaData, columns: list[Column[Any]]) -> None:
    """Declare the table of an incoming frame, kept in versions."""
    table = Table(
        name,
        metadata,
        _key("row_seq"),
        _text("id"),
        _number("row_version"),
        Column("row_batch", ForeignKey("batches.seq"), nullable=False),
        Column("row_ended", ForeignKey("batches.seq")),
        Column("row_hash", LargeBinary, nullable=False),
        *columns,
    )
    holds, ended = table.c.row_ended.is_(None), table.c.row_ended.is_not(None)
    Index(f"{name}_one_holds", table.c.id, unique=True, sqlite_where=holds, postgresql_where=holds)
    Index(f"{name}_by_batch", table.c.row_batch)
    Index(f"{name}_by_end", table.c.row_ended, sqlite_where=ended, postgresql_where=ended)


def _columns(box: tuple[str, ...], columns: str) -> list[Column[Any]]:
    """Declare a frame's columns, written as name or name:type."""
    pairs = (word.partition(":") for word in columns.split())
    content: list[Column[Any]] = [Column(name, TYPES[kind]) for name, _, kind in pairs]
    return [*content, Column("geometry", LargeBinary), *(Column(side, Double) for side in box)]


def _key(name: str) -> Column[int]:
    """Declare a counting primary key."""
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _number(name: str, *, nullable: bool = False) -> Column[int]:
    """Declare a whole number."""
    return Column(name, BigInteger, nullable=nullable)


def _text(name: str, **options: Any) -> Column[str]:
    """Declare a text that is never missing."""
    return Column(name, Text, nullable=False, **options)
