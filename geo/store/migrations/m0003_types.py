"""Step 3: places typed by incidents, by how they are felt, and by light."""

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
TYPES: dict[str, type] = {"": Text, "i": BigInteger, "d": Double}
NAME = "place_types"
COLUMNS = """
    place_id name basis type incidents felt light acts n:d expected:d rate:d rate_low:d rate_high:d
    n_reports:i reports_expected:d reports_low:d reports_high:d dark_share:d dark_low:d dark_high:d
    n_timed:d inventory_share:d dark_m:d n_hidden:i owners
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
