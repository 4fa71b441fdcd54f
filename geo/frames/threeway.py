"""The frame of the three-way picture: places typed by incidents, by how they are felt, by light."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Shape
from geo.frames.contract import Frame
from geo.frames.incoming import ID
from geo.frames.outgoing import RUN

TYPES = ("both", "incidents_only", "felt_only", "calm", "incidents", "felt", "cannot_tell")
ACTS = ("patrol", "dialogue", "lamp", "survey", "greenery", "nothing")

PLACE_TYPES = Frame(
    "place_types",
    "A place by three things at once: what happens, how it is felt, and its light.",
    Shape.ANY,
    geometry_required=True,
    columns=(
        ID,
        Column("place_id", Kind.TEXT, "The place that stands out, when it is one.", nullable=True),
        Column("name", Kind.TEXT, "Street or landmark, for people.", nullable=True),
        Column("basis", Kind.TEXT, "What made it a place.", vocabulary=("hotspot", "reports")),
        Column("type", Kind.TEXT, "What incidents and reports say together.", vocabulary=TYPES),
        Column("incidents", Kind.TEXT, "What incidents say.",
               vocabulary=("many", "few", "cannot_tell")),
        Column("felt", Kind.TEXT, "What reports say.", vocabulary=("unsafe", "few", "cannot_tell")),
        Column("light", Kind.TEXT, "What lamps and streets say.",
               vocabulary=("dark", "partly", "lit", "cannot_tell")),
        Column("acts", Kind.TEXTS, "Whose move it is."),
        Column("n", Kind.NUMBER, "Incidents in the period (weights summed).", "incidents"),
        Column("expected", Kind.NUMBER, "Incidents such a place would have.", "incidents"),
        Column("rate", Kind.NUMBER, "n over expected.", "ratio", nullable=True),
        Column("rate_low", Kind.NUMBER, "Lower 95 % limit of rate.", "ratio", nullable=True),
        Column("rate_high", Kind.NUMBER, "Upper 95 % limit of rate.", "ratio", nullable=True),
        Column("n_reports", Kind.INTEGER, "Reports of feeling unsafe within 25 m in a year.",
               "reports", nullable=True),
        Column("reports_expected", Kind.NUMBER, "Reports such a place would have.", "reports",
               nullable=True),
        Column("reports_low", Kind.NUMBER, "Lower 95 % limit of reports a year.", "reports",
               nullable=True),
        Column("reports_high", Kind.NUMBER, "Upper 95 % limit of reports a year.", "reports",
               nullable=True),
        Column("dark_share", Kind.NUMBER, "Share of outdoor incidents in darkness.", "share",
               nullable=True),
        Column("dark_low", Kind.NUMBER, "Lower 95 % limit of dark_share.", "share", nullable=True),
        Column("dark_high", Kind.NUMBER, "Upper 95 % limit of dark_share.", "share",
               nullable=True),
        Column("n_timed", Kind.NUMBER, "Outdoor incidents whose light is known.", "incidents",
               nullable=True),
        Column("inventory_share", Kind.NUMBER, "Surveyed share of the street here.", "share",
               nullable=True),
        Column("dark_m", Kind.NUMBER, "Street that is dark for lamps out or missing.", "m",
               nullable=True),
        Column("n_hidden", Kind.INTEGER, "Reports of hidden sight within 50 m in a year.",
               "reports", nullable=True),
        Column("owners", Kind.TEXTS, "Who owns the lamps here."),
        RUN,
    ),
)  # fmt: skip
