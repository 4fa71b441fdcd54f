"""The frames that come in: what happened, what people felt, what is there."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Sensitivity, Shape
from geo.frames.contract import Frame
from geo.settings import categories

_OPEN, _RESTRICTED = Sensitivity.OPEN, Sensitivity.RESTRICTED
_MACHINE = Sensitivity.MACHINE

ID = Column("id", Kind.TEXT, "Our own stable identifier.")
BATCH = Column("batch_id", Kind.TEXT, "The load this row came with.", sensitivity=_MACHINE)
SETTINGS = ("outdoor", "public_indoor", "shared_building", "dwelling_exterior", "unknown")
INCIDENT_FLAGS = (
    "time_in_fold",
    "time_unknown",
    "interval_reversed",
    "future",
    "far_away",
    "stacked",
    "near_duplicate",
    "text_scrubbed",
    "unknown_category",
)
STREET_KINDS = ("road", "cycleway", "footway", "stairs", "gc_tunnel", "square")
AREA_KINDS = ("centre", "residential", "industry", "green", "rural", "water", "other")

INCIDENTS = Frame(
    "incidents",
    "Something that happened, as one source told it.",
    Shape.POINT,
    geometry_required=False,
    columns=(
        ID,
        Column("category", Kind.TEXT, "Our category.", vocabulary=tuple(categories())),
        Column("source_category", Kind.TEXT, "The source's own word.", nullable=True),
        Column("mapping_version", Kind.TEXT, "Version of the mapping used.", sensitivity=_MACHINE),
        Column("occurred_from", Kind.TIME, "Earliest time it can have happened.", nullable=True),
        Column("occurred_to", Kind.TIME, "Latest time, when not one moment.", nullable=True),
        Column("time_known", Kind.BOOLEAN, "Whether the hour can be used."),
        Column("reported_at", Kind.TIME, "When the source was told.", nullable=True,
               sensitivity=_RESTRICTED),
        Column("setting", Kind.TEXT, "Kind of surroundings.", vocabulary=SETTINGS),
        Column("accuracy_m", Kind.NUMBER, "Position error, one standard deviation.", "m",
               nullable=True),
        Column("source", Kind.TEXT, "The export it came with."),
        Column("actor", Kind.TEXT, "The organisation that reported it.", nullable=True,
               sensitivity=_RESTRICTED),
        Column("ref_hash", Kind.TEXT, "Keyed hash of the source's case number.", nullable=True,
               sensitivity=_MACHINE),
        Column("found_by", Kind.TEXT, "Who came across it.",
               vocabulary=("patrol", "report", "other")),
        Column("duplicate_group", Kind.TEXT, "Rows told by several sources share it.",
               nullable=True, sensitivity=_RESTRICTED),
        Column("flags", Kind.TEXTS, "Doubts about the row.", vocabulary=INCIDENT_FLAGS),
        Column("weight", Kind.NUMBER, "Share of one incident this row stands for.", "share"),
        BATCH,
    ),
)  # fmt: skip

REPORTS = Frame(
    "reports",
    "A place a citizen has told us feels unsafe, or safe.",
    Shape.POINT,
    geometry_required=True,
    columns=(
        ID,
        Column("received_at", Kind.TIME, "When it came in.", sensitivity=_RESTRICTED),
        Column("felt", Kind.TEXT, "How the place felt.", vocabulary=("unsafe", "safe")),
        Column("unsafe_when", Kind.TEXT, "When it feels so.", nullable=True,
               vocabulary=("day", "evening", "night", "always")),
        Column("reasons", Kind.TEXTS, "Why, from a fixed list.",
               vocabulary=("dark", "lamp_out", "hidden_sight", "deserted", "groups", "litter",
                           "vandalism", "traffic", "tunnel", "people_present", "well_lit",
                           "other")),
        Column("state", Kind.TEXT, "Where it is in review.",
               vocabulary=("received", "accepted", "hidden", "merged", "closed"),
               sensitivity=_RESTRICTED),
        Column("merged_into", Kind.TEXT, "The report it was merged into.", nullable=True,
               sensitivity=_RESTRICTED),
        Column("public_text", Kind.TEXT, "What staff wrote for publication.", nullable=True,
               sensitivity=_RESTRICTED),
        Column("accuracy_m", Kind.NUMBER, "Position error.", "m", nullable=True),
        Column("channel", Kind.TEXT, "How it came.", vocabulary=("web", "phone", "walk", "other")),
        BATCH,
    ),
)  # fmt: skip

NOTICES = Frame(
    "notices",
    "A police notice for an area: context, never a point.",
    Shape.POLYGON,
    geometry_required=False,
    columns=(
        ID,
        Column("published_at", Kind.TIME, "When it was published.", sensitivity=_OPEN),
        Column("occurred", Kind.TIME, "When it says it happened.", nullable=True,
               sensitivity=_OPEN),
        Column("type", Kind.TEXT, "The police's own type.", sensitivity=_OPEN),
        Column("title", Kind.TEXT, "The published heading.", sensitivity=_OPEN),
        Column("area", Kind.TEXT, "The area it names.", sensitivity=_OPEN),
        BATCH,
    ),
)  # fmt: skip

LAMPS = Frame(
    "lamps",
    "A luminaire on its pole.",
    Shape.POINT,
    geometry_required=True,
    columns=(
        ID,
        Column("light_source", Kind.TEXT, "Lamp technology.", nullable=True,
               vocabulary=("led", "hps", "mercury", "metal_halide", "fluorescent", "other")),
        Column("flux_lm", Kind.NUMBER, "Luminous flux.", "lm", nullable=True),
        Column("flux_basis", Kind.TEXT, "Flux of the lamp or of the luminaire.", nullable=True,
               vocabulary=("lamp", "luminaire")),
        Column("power_w", Kind.NUMBER, "System power.", "W", nullable=True),
        Column("height_m", Kind.NUMBER, "Mounting height.", "m", nullable=True),
        Column("arm_m", Kind.NUMBER, "Arm length.", "m", nullable=True),
        Column("azimuth_deg", Kind.NUMBER, "Street side, clockwise from north.", "deg",
               nullable=True),
        Column("optic", Kind.TEXT, "Optic or photometric file.", nullable=True),
        Column("cct_k", Kind.NUMBER, "Colour temperature.", "K", nullable=True),
        Column("state", Kind.TEXT, "Whether it gives light.",
               vocabulary=("working", "faulty", "off_on_purpose", "unknown")),
        Column("state_since", Kind.TIME, "Since when.", nullable=True),
        Column("owner", Kind.TEXT, "Anläggningsägare.", nullable=True),
        Column("circuit", Kind.TEXT, "Belysningscentral.", nullable=True),
        Column("schedule", Kind.TEXT, "Hours dimmed or off, and the decision.", nullable=True),
        Column("pole_ref", Kind.TEXT, "Stolpnummer.", nullable=True),
        Column("installed", Kind.DATE, "When it was put up.", nullable=True),
        Column("assumed", Kind.TEXTS, "Columns whose values are assumptions."),
        BATCH,
    ),
)  # fmt: skip

FAULTS = Frame(
    "faults",
    "A report that a lamp does not do its work.",
    Shape.POINT,
    geometry_required=False,
    columns=(
        ID,
        Column("lamp_id", Kind.TEXT, "The lamp it concerns.", nullable=True),
        Column("pole_ref", Kind.TEXT, "The number on the pole.", nullable=True),
        Column("kind", Kind.TEXT, "What is wrong.",
               vocabulary=("out", "flickering", "damaged", "obscured", "dim", "other")),
        Column("reported_at", Kind.TIME, "When it was reported."),
        Column("closed_at", Kind.TIME, "When it was mended.", nullable=True),
        Column("channel", Kind.TEXT, "How it came.", nullable=True),
        BATCH,
    ),
)  # fmt: skip

MEASUREMENTS = Frame(
    "measurements",
    "A measured value at a place.",
    Shape.POINT,
    geometry_required=True,
    columns=(
        ID,
        Column("kind", Kind.TEXT, "What was measured.",
               vocabulary=("lux_h", "lux_v", "walk_item", "other")),
        Column("value", Kind.NUMBER, "The value."),
        Column("unit", Kind.TEXT, "Its unit."),
        Column("measured_at", Kind.TIME, "When."),
        Column("device", Kind.TEXT, "With what.", nullable=True),
        Column("calibrated", Kind.BOOLEAN, "Whether the device was calibrated.", nullable=True),
        BATCH,
    ),
)  # fmt: skip

STREETS = Frame(
    "streets",
    "A stretch of street or path between two junctions.",
    Shape.LINE,
    geometry_required=True,
    columns=(
        ID,
        Column("name", Kind.TEXT, "Street name.", nullable=True, sensitivity=_OPEN),
        Column("kind", Kind.TEXT, "What it is.", vocabulary=STREET_KINDS, sensitivity=_OPEN),
        Column("length_m", Kind.NUMBER, "Length.", "m", sensitivity=_OPEN),
        Column("from_node", Kind.TEXT, "Junction it starts at.", sensitivity=_MACHINE),
        Column("to_node", Kind.TEXT, "Junction it ends at.", sensitivity=_MACHINE),
        Column("lit", Kind.TEXT, "Whether it is lit.", vocabulary=("yes", "no", "unknown"),
               sensitivity=_OPEN),
        Column("owner", Kind.TEXT, "Väghållare.", nullable=True, sensitivity=_OPEN),
        BATCH,
    ),
)  # fmt: skip

AREAS = Frame(
    "areas",
    "An area people use: district, neighbourhood, kind of land.",
    Shape.POLYGON,
    geometry_required=True,
    columns=(
        ID,
        Column("name", Kind.TEXT, "Its name.", sensitivity=_OPEN),
        Column("level", Kind.TEXT, "Which division it belongs to; 'inventory' is where lamps have "
               "been surveyed.", sensitivity=_OPEN),
        Column("kind", Kind.TEXT, "Kind of land, in the division called 'land_use'.",
               nullable=True, vocabulary=AREA_KINDS, sensitivity=_OPEN),
        Column("parent_id", Kind.TEXT, "The area it lies in.", nullable=True, sensitivity=_OPEN),
        Column("population", Kind.INTEGER, "Residents.", nullable=True, sensitivity=_OPEN),
        Column("population_year", Kind.INTEGER, "Year of the count.", nullable=True,
               sensitivity=_OPEN),
        BATCH,
    ),
)  # fmt: skip

FACILITIES = Frame(
    "facilities",
    "A place with a function: school, station, municipal building.",
    Shape.ANY,
    geometry_required=True,
    columns=(
        ID,
        Column("kind", Kind.TEXT, "What it is.", sensitivity=_OPEN,
               vocabulary=("school", "municipal_building", "station", "licensed_premises",
                           "playground", "park", "water", "other")),
        Column("name", Kind.TEXT, "Its name.", sensitivity=_OPEN),
        Column("check_locked", Kind.BOOLEAN, "Whether wardens check that it is locked.",
               sensitivity=_RESTRICTED),
        Column("opening", Kind.TEXT, "Opening hours.", nullable=True, sensitivity=_OPEN),
        BATCH,
    ),
)  # fmt: skip
