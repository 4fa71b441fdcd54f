"""The frame of what is raised just now: alarms of the scan, and near repeats with a last day."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Shape
from geo.frames.contract import Frame
from geo.frames.incoming import ID
from geo.frames.outgoing import RUN

SIGNAL_KINDS = ("alarm", "unsure", "near_repeat")

SIGNALS = Frame(
    "signals",
    "Where something is raised just now: unusually much of late, or a risk that follows an event.",
    Shape.POLYGON,
    geometry_required=True,
    columns=(
        ID,
        Column("kind", Kind.TEXT, "An alarm, one on too few incidents to tell, or a near repeat.",
               vocabulary=SIGNAL_KINDS),
        Column("name", Kind.TEXT, "Street or listed place, for people.", nullable=True),
        Column("place_id", Kind.TEXT, "The listed place it is about.", nullable=True),
        Column("category", Kind.TEXT, "Kind of incident; all kinds when missing.", nullable=True),
        Column("n", Kind.NUMBER, "Incidents it rests on.", "incidents"),
        Column("expected", Kind.NUMBER, "Incidents that place and time would have.", "incidents",
               nullable=True),
        Column("p", Kind.NUMBER, "Share of shuffles with anything as strong.", nullable=True),
        Column("recurrence_weeks", Kind.NUMBER, "Weeks between chance alarms as strong.", "weeks",
               nullable=True),
        Column("radius_m", Kind.NUMBER, "Reach.", "m"),
        Column("days", Kind.NUMBER, "Length of the spell, or of the raised risk.", "days"),
        Column("since", Kind.TIME, "First moment of the spell, or of the newest incident."),
        Column("until", Kind.TIME, "First moment after it."),
        Column("last_day", Kind.DATE, "Last operative day it holds, local."),
        RUN,
    ),
)  # fmt: skip
