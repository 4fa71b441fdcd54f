"""The frame that keeps how earlier lists did: one row a place that had been put forward."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Sensitivity, Shape
from geo.frames.contract import Frame
from geo.frames.incoming import ID
from geo.frames.outgoing import CERTAINTIES, RUN

OUTCOMES = ("hit", "none", "no_verdict")

SCORES = Frame(
    "scores",
    "A place of an earlier week's list, and what the week after it answered.",
    Shape.ANY,
    geometry_required=True,
    columns=(
        ID,
        Column("place_id", Kind.TEXT, "The place."),
        Column("name", Kind.TEXT, "Street or landmark, for people.", nullable=True),
        Column("list_week", Kind.TEXT, "The week the list was made for, as 2026-W46."),
        Column("scored_week", Kind.TEXT, "The week that answered."),
        Column("list_run", Kind.TEXT, "The analysis that put the place forward."),
        Column("list_hash", Kind.TEXT, "Hash of the list, made when it was published."),
        Column("rank", Kind.INTEGER, "Its order on the list, 1 first."),
        Column("certainty", Kind.TEXT, "How well supported it was.", vocabulary=CERTAINTIES),
        Column("outcome", Kind.TEXT, "Incidents came, none came, or staff were there.",
               vocabulary=OUTCOMES),
        Column("hits", Kind.NUMBER, "Incidents there in the scored week; none found by patrol.",
               "incidents"),
        Column("visited", Kind.BOOLEAN, "Whether staff were there in the scored week.",
               sensitivity=Sensitivity.RESTRICTED),
        Column("voice_share", Kind.NUMBER, "Share of its evidence that the largest actor told.",
               "share", nullable=True, sensitivity=Sensitivity.RESTRICTED),
        Column("list_hits", Kind.NUMBER, "Incidents on the list's places nobody visited.",
               "incidents", nullable=True),
        Column("list_n", Kind.NUMBER, "Incidents in the scored week, everywhere.", "incidents"),
        Column("hit_rate", Kind.NUMBER, "list_hits over list_n.", "share", nullable=True),
        Column("hit_rate_low", Kind.NUMBER, "Lower 95 % limit.", "share", nullable=True),
        Column("hit_rate_high", Kind.NUMBER, "Upper 95 % limit.", "share", nullable=True),
        Column("pai", Kind.NUMBER, "hit_rate over the list's share of the area.", "ratio",
               nullable=True),
        Column("pai_low", Kind.NUMBER, "Lower 95 % limit.", "ratio", nullable=True),
        Column("pai_high", Kind.NUMBER, "Upper 95 % limit.", "ratio", nullable=True),
        Column("naive_hits", Kind.NUMBER, "What the plain count had caught on as large an area.",
               "incidents", nullable=True),
        Column("period_from", Kind.TIME, "First moment of the scored week."),
        Column("period_to", Kind.TIME, "First moment after it."),
        RUN,
    ),
)  # fmt: skip
