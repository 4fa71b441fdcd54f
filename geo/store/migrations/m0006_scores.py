"""Step 6: how earlier lists did, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

BOX = ("e_min", "n_min", "e_max", "n_max")
TYPES: dict[str, type] = {"": Text, "i": BigInteger, "d": Double, "b": Boolean}
NAME = "scores"
COLUMNS = """
    place_id name list_week scored_week list_run list_hash rank:i certainty outcome hits:d visited:b
    voice_share:d list_hits:d list_n:d hit_rate:d hit_rate_low:d hit_rate_high:d pai:d pai_low:d
    pai_high:d naive_hits:d period_from:i period_to:i
"""


def upgrade(connection: Connection) -> None:
    """
    Add the table; lists published before have no seal and are scored only when asked for.

    Parameters
    ----------
    connection
        In a write transaction.
    """
    metadata = MetaData()
    runs = Table("runs", metadata, autoload_with=connection)
    pairs = (word.partition(":") for word in COLUMNS.split())
    table = Table(
        NAME,
        metadata,
        Column("row_seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("run_id", ForeignKey(runs.c.run_id), nullable=False),
        Column("id", Text, nullable=False),
        *(Column(column, TYPES[kind]) for column, _, kind in pairs),
        Column("geometry", LargeBinary),
        *(Column(side, Double) for side in BOX),
        UniqueConstraint("run_id", "id"),
    )
    metadata.create_all(connection, tables=[table], checkfirst=False)
