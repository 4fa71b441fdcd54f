"""The frame an analysis writes about calculated light: pieces of street with lux in bands."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Shape
from geo.frames.contract import Frame
from geo.frames.incoming import ID
from geo.frames.outgoing import RUN

LUX_CLASSES = ("reassuring", "enough", "uncertain", "dark", "unlit", "not_inventoried")

STREET_LIGHT = Frame(
    "street_light",
    "A piece of street, with how well it is lit by calculation.",
    Shape.ANY,
    geometry_required=True,
    columns=(
        ID,
        Column("street_id", Kind.TEXT, "The street."),
        Column("from_m", Kind.NUMBER, "Where along it the piece starts.", "m"),
        Column("length_m", Kind.NUMBER, "Its length.", "m"),
        Column("lux_class", Kind.TEXT, "By the least light on it at nine in the evening.",
               vocabulary=LUX_CLASSES),
        Column("night_class", Kind.TEXT, "The same at two at night.", vocabulary=LUX_CLASSES),
        Column("mean_lx", Kind.NUMBER, "Mean light on the ground, middle of the draws.", "lx",
               nullable=True),
        Column("min_lx", Kind.NUMBER, "Least light on the ground, middle of the draws.", "lx",
               nullable=True),
        Column("min_low_lx", Kind.NUMBER, "Least light, tenth of a hundred draws.", "lx",
               nullable=True),
        Column("min_high_lx", Kind.NUMBER, "Least light, ninetieth of a hundred draws.", "lx",
               nullable=True),
        Column("p_minimum", Kind.NUMBER, "Probability that the least light is 1 lx or more.",
               "share", nullable=True),
        Column("p_reassurance", Kind.NUMBER, "Probability that the least light is 2 lx or more.",
               "share", nullable=True),
        Column("night_min_lx", Kind.NUMBER, "Least light at two at night.", "lx", nullable=True),
        Column("assumed_share", Kind.NUMBER, "Share of the light that comes from lamps whose "
               "height or flux is assumed.", "share"),
        Column("inventory_share", Kind.NUMBER, "Share of the piece where lamps are surveyed.",
               "share"),
        RUN,
    ),
)  # fmt: skip
