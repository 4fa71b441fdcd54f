"""The frame an analysis writes about calculated light: pieces of street with lux in bands."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Shape
from geo.frames.contract import Frame
from geo.frames.incoming import ID
from geo.frames.outgoing import RUN

BANDS = ("probably_ok", "uncertain", "probably_short")
CLASS_FROM = ("streets", "names", "kinds", "default")
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


def _lux(name: str, doc: str, unit: str = "lx") -> tuple[Column, Column, Column]:
    """Give a value with its band: middle, tenth and ninetieth of a hundred draws."""
    low, high = (f"{name.removesuffix('_lx')}_{end}{'_lx' if unit else ''}" for end in
                 ("low", "high"))  # fmt: skip
    return (
        Column(name, Kind.NUMBER, f"{doc}, middle of the draws.", unit),
        Column(low, Kind.NUMBER, f"{doc}, tenth of a hundred draws.", unit),
        Column(high, Kind.NUMBER, f"{doc}, ninetieth of a hundred draws.", unit),
    )


CLASS_CHECKS = Frame(
    "class_checks",
    "A path between two lamps, held against its lighting class on the standard's grid.",
    Shape.ANY,
    geometry_required=True,
    columns=(
        ID,
        Column("street_id", Kind.TEXT, "The street at its middle."),
        Column("street", Kind.TEXT, "Name of that street.", nullable=True),
        Column("length_m", Kind.NUMBER, "Between the lamps.", "m"),
        Column("width_m", Kind.NUMBER, "Width taken for it, by kind of street.", "m"),
        Column("light_class", Kind.TEXT, "The class it is held against, such as P4."),
        Column("class_from", Kind.TEXT, "Whether somebody chose it, and by what.",
               vocabulary=CLASS_FROM),
        Column("decided", Kind.TEXT, "Who chose it and when; never a person.", nullable=True),
        *_lux("em_lx", "Mean light on the grid"),
        *_lux("emin_lx", "Least light on the grid"),
        *_lux("uo", "Least over mean", ""),
        Column("p_mean", Kind.NUMBER, "Probability that the mean is enough.", "share"),
        Column("p_least", Kind.NUMBER, "Probability that the least, or the uniformity, is enough.",
               "share"),
        Column("p_class", Kind.NUMBER, "Probability that the class is met.", "share"),
        Column("band", Kind.TEXT, "The same in a word.", vocabulary=BANDS),
        Column("overlit", Kind.BOOLEAN, "Whether the mean is over one and a half times the class."),
        Column("ev_low_lx", Kind.NUMBER, "Least vertical light 1.5 m up, facing along the path, "
               "lowest of the optics.", "lx"),
        Column("ev_high_lx", Kind.NUMBER, "The same, highest.", "lx"),
        Column("esc_low_lx", Kind.NUMBER, "Least semicylindrical light 1.5 m up, facing along the "
               "path, lowest of the optics.", "lx"),
        Column("esc_high_lx", Kind.NUMBER, "The same, highest.", "lx"),
        Column("n_points", Kind.INTEGER, "Points of the grid.", "points"),
        Column("n_out", Kind.INTEGER, "Of its two lamps, out.", "lamps"),
        Column("n_off", Kind.INTEGER, "Of its two lamps, off on purpose.", "lamps"),
        Column("n_files", Kind.INTEGER, "Of its two lamps, with a photometric file.", "lamps"),
        Column("lamp_ids", Kind.TEXTS, "The two lamps."),
        Column("pole_refs", Kind.TEXTS, "Their stolpnummer, as far as known."),
        RUN,
    ),
)  # fmt: skip
