"""Step 7: paths between lamps held against their lighting class."""

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
TYPES: dict[str, type] = {"": Text, "d": Double, "i": BigInteger, "b": Boolean}
NAME = "class_checks"
COLUMNS = """
    street_id street length_m:d width_m:d light_class class_from decided
    em_lx:d em_low_lx:d em_high_lx:d emin_lx:d emin_low_lx:d emin_high_lx:d uo:d uo_low:d uo_high:d
    p_mean:d p_least:d p_class:d band overlit:b ev_low_lx:d ev_high_lx:d esc_low_lx:d esc_high_lx:d
    n_points:i n_out:i n_off:i n_files:i lamp_ids pole_refs
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
