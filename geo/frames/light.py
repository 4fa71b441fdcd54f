"""The frames an analysis writes about light: lamps out as errands, and dark stretches."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Shape
from geo.frames.contract import Frame
from geo.frames.incoming import ID
from geo.frames.outgoing import RUN

GROUP_KINDS = ("single", "group", "circuit")
DARK_CAUSES = ("outage", "missing", "off_on_purpose", "unlit")

OUTAGES = Frame(
    "outages",
    "Lamps that are out together: one errand for whoever owns them.",
    Shape.ANY,
    geometry_required=True,
    columns=(
        ID,
        Column("kind", Kind.TEXT, "One lamp, several in a row, or a whole circuit.",
               vocabulary=GROUP_KINDS),
        Column("n_lamps", Kind.INTEGER, "Lamps out.", "lamps"),
        Column("n_register", Kind.INTEGER, "Of them, out by the register.", "lamps"),
        Column("n_reports", Kind.INTEGER, "Fault reports.", "faults"),
        Column("since", Kind.TIME, "When the first went out, as far as known.", nullable=True),
        Column("days_open", Kind.NUMBER, "Days since then, at the week's end.", "days",
               nullable=True),
        Column("target_days", Kind.NUMBER, "The municipality's own target.", "days"),
        Column("late", Kind.BOOLEAN, "Whether it is past the target."),
        Column("owners", Kind.TEXTS, "Anläggningsägare."),
        Column("circuits", Kind.TEXTS, "Belysningscentraler."),
        Column("pole_refs", Kind.TEXTS, "Stolpnummer, in order along the street."),
        Column("lamp_ids", Kind.TEXTS, "The lamps, in order along the street."),
        Column("fault_ids", Kind.TEXTS, "The open fault reports."),
        Column("street_id", Kind.TEXT, "The street of the first lamp.", nullable=True),
        RUN,
    ),
)  # fmt: skip

DARK_STRETCHES = Frame(
    "dark_stretches",
    "A stretch of street or path where no working lamp reaches, and why.",
    Shape.ANY,
    geometry_required=True,
    columns=(
        ID,
        Column("cause", Kind.TEXT, "Why it is dark.", vocabulary=DARK_CAUSES),
        Column("length_m", Kind.NUMBER, "Length, short lit gaps included.", "m"),
        Column("outage_m", Kind.NUMBER, "Of it, dark because lamps are out.", "m"),
        Column("missing_m", Kind.NUMBER, "Of it, dark because lamps are missing.", "m"),
        Column("street_ids", Kind.TEXTS, "The streets it lies on."),
        Column("lamp_ids", Kind.TEXTS, "Lamps out or off that would light it."),
        Column("owners", Kind.TEXTS, "Who owns those lamps."),
        Column("height_assumed_share", Kind.NUMBER, "Share of those lamps whose height is assumed.",
               "share", nullable=True),
        RUN,
    ),
)  # fmt: skip
