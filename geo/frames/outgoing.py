"""The frames an analysis writes: places that stand out, and what to do."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Sensitivity, Shape
from geo.frames.contract import Frame
from geo.frames.incoming import ID

RUN = Column("run_id", Kind.TEXT, "The analysis that made this row.")
CLAIMS = ("stands_out", "changed")
CERTAINTIES = ("well_supported", "likely", "possible", "cannot_tell")
TREND_CLASSES = ("new", "growing", "steady", "sporadic", "fading")
RECOMMENDATION_KINDS = (
    "patrol",
    "lamp_repair",
    "lamp_new",
    "lamp_adjust",
    "vegetation",
    "dialogue",
    "check",
    "investigate",
    "none",
)

HOTSPOTS = Frame(
    "hotspots",
    "A place where more happens than its kind of place, or its own past, would suggest.",
    Shape.ANY,
    geometry_required=True,
    columns=(
        ID,
        Column("place_id", Kind.TEXT, "The place, the same from week to week."),
        Column("name", Kind.TEXT, "Street or landmark, for people.", nullable=True),
        Column("method", Kind.TEXT, "How it was found."),
        Column("claim", Kind.TEXT, "What is claimed.", vocabulary=CLAIMS),
        Column("rank", Kind.INTEGER, "Order of priority, 1 first."),
        Column("n", Kind.NUMBER, "Incidents in the period (weights summed).", "incidents"),
        Column("expected", Kind.NUMBER, "Incidents such a place would have.", "incidents"),
        Column("score", Kind.NUMBER, "What the rank is by.", nullable=True),
        Column("p", Kind.NUMBER, "Exact one-sided tail.", nullable=True),
        Column("q", Kind.NUMBER, "p after Benjamini-Hochberg.", nullable=True),
        Column("rate", Kind.NUMBER, "n over expected.", "ratio", nullable=True),
        Column("rate_low", Kind.NUMBER, "Lower 95 % limit of rate.", "ratio", nullable=True),
        Column("rate_high", Kind.NUMBER, "Upper 95 % limit of rate.", "ratio", nullable=True),
        Column("rank_low", Kind.INTEGER, "Best rank the data allow.", nullable=True),
        Column("rank_high", Kind.INTEGER, "Worst rank the data allow.", nullable=True),
        Column("certainty", Kind.TEXT, "How well supported.", vocabulary=CERTAINTIES),
        Column("class", Kind.TEXT, "How it goes over the period.", nullable=True,
               vocabulary=TREND_CLASSES),
        Column("period_from", Kind.TIME, "First moment counted."),
        Column("period_to", Kind.TIME, "First moment not counted."),
        Column("n_recent", Kind.NUMBER, "Incidents in the last four weeks.", "incidents",
               nullable=True),
        Column("n_before", Kind.NUMBER, "Incidents in the four weeks before.", "incidents",
               nullable=True),
        Column("peak_hours", Kind.JSON, "Weekday and hours with most, n and share of each.",
               nullable=True),
        Column("profile", Kind.JSON, "7 x 24 counts, Monday 06 first.", nullable=True),
        Column("categories", Kind.JSON, "Count by category, largest first.", nullable=True),
        Column("sources", Kind.JSON, "Count by reporting actor.", nullable=True,
               sensitivity=Sensitivity.RESTRICTED),
        Column("dark_share", Kind.NUMBER, "Share in darkness, of those with a known hour.",
               "share", nullable=True),
        Column("n_timed", Kind.INTEGER, "How many have a known hour.", nullable=True),
        Column("area_m2", Kind.NUMBER, "Its area.", "m2"),
        Column("street_m", Kind.NUMBER, "Street length inside.", "m"),
        Column("caveats", Kind.TEXTS, "Codes of what could make it wrong."),
        RUN,
    ),
)  # fmt: skip

RECOMMENDATIONS = Frame(
    "recommendations",
    "What the evidence suggests doing; never edited, a measure is the human answer.",
    Shape.ANY,
    geometry_required=False,
    columns=(
        ID,
        Column("place_id", Kind.TEXT, "The place it is about.", nullable=True),
        Column("kind", Kind.TEXT, "What to do.", vocabulary=RECOMMENDATION_KINDS),
        Column("priority", Kind.INTEGER, "Order, 1 first."),
        Column("window", Kind.JSON, "Weekdays and hours, when it matters.", nullable=True),
        Column("rule", Kind.TEXT, "The rule that gave it."),
        Column("reasons", Kind.JSON, "List of code, value, unit, n, layer and ids."),
        Column("confidence", Kind.TEXT, "How well supported.", vocabulary=CERTAINTIES),
        Column("caveat", Kind.TEXT, "What could make it wrong, as a code.", nullable=True),
        RUN,
    ),
)  # fmt: skip
