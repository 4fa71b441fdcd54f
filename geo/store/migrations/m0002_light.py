"""Step 2: what an analysis says of light, outages as errands and dark stretches."""

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
TABLES = {
    "outages": """
        kind n_lamps:i n_register:i n_reports:i since:i days_open:d target_days:d late:b owners
        circuits pole_refs lamp_ids fault_ids street_id
    """,
    "dark_stretches": """
        cause length_m:d outage_m:d missing_m:d street_ids lamp_ids owners height_assumed_share:d
    """,
}


def upgrade(connection: Connection) -> None:
    """
    Add the two tables; runs made before have no rows in them.

    Parameters
    ----------
    connection
        In a write transaction.
    """
    metadata = MetaData()
    runs = Table("runs", metadata, autoload_with=connection)
    made = []
    for name, columns in TABLES.items():
        pairs = (word.partition(":") for word in columns.split())
        table = Table(
            name,
            metadata,
            Column("row_seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
            Column("run_id", ForeignKey(runs.c.run_id), nullable=False),
            Column("id", Text, nullable=False),
            *(Column(column, TYPES[kind]) for column, _, kind in pairs),
            Column("geometry", LargeBinary),
            *(Column(side, Double) for side in BOX),
            UniqueConstraint("run_id", "id"),
        )
        made.append(table)
    metadata.create_all(connection, tables=made, checkfirst=False)
