"""Step 9: what other methods found, to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
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
TYPES: dict[str, type] = {"": Text, "d": Double, "i": BigInteger}
NAME = "comparisons"
COLUMNS = """
    name method rank:i n:d expected:d p:d q:d rate:d rate_low:d rate_high:d certainty
    period_from:i period_to:i area_m2:d street_m:d caveats
"""


def upgrade(connection: Connection) -> None:
    """
    Add the table; runs made before have no rows in it.

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
