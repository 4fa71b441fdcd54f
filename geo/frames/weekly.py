"""The frames people fill week by week: what is planned, judged, decided and done."""

from __future__ import annotations

from geo.frames.column import Column, Kind, Sensitivity, Shape
from geo.frames.contract import Frame
from geo.frames.incoming import BATCH, ID

_OPEN, _RESTRICTED = Sensitivity.OPEN, Sensitivity.RESTRICTED

EVENTS = Frame(
    "events",
    "Something planned that changes the week.",
    Shape.ANY,
    geometry_required=False,
    columns=(
        ID,
        Column("kind", Kind.TEXT, "What it is.", sensitivity=_OPEN,
               vocabulary=("arrangemang", "lov", "lonehelg", "hogtid", "trafik", "annat")),
        Column("name", Kind.TEXT, "Its name.", sensitivity=_OPEN),
        Column("starts_on", Kind.DATE, "First day.", sensitivity=_OPEN),
        Column("ends_on", Kind.DATE, "Last day.", sensitivity=_OPEN),
        Column("lessons", Kind.TEXT, "What was learnt last time.", nullable=True),
        BATCH,
    ),
)  # fmt: skip

ASSESSMENTS = Frame(
    "assessments",
    "What one actor, or the group, says of the week at a place or in an area.",
    Shape.ANY,
    geometry_required=False,
    columns=(
        ID,
        Column("actor", Kind.TEXT, "Who says it; 'gruppen' is the joint verdict."),
        Column("week", Kind.TEXT, "The week, as 2026-W47."),
        Column("place_id", Kind.TEXT, "The place, when it is about one.", nullable=True),
        Column("area", Kind.TEXT, "The area, when it is about one.", nullable=True),
        Column("verdict", Kind.TEXT, "The human verdict.", nullable=True,
               vocabulary=("gron", "gul", "rod")),
        Column("trend", Kind.TEXT, "Which way it goes.", nullable=True,
               vocabulary=("better", "same", "worse")),
        Column("problem", Kind.TEXT, "The problem in a few words.", nullable=True,
               sensitivity=_RESTRICTED),
        Column("nothing_to_report", Kind.BOOLEAN, "Said that nothing happened."),
        Column("given_orally", Kind.BOOLEAN, "Said at the table, noted by the coordinator."),
        Column("revision", Kind.INTEGER, "Counts changes of the same assessment."),
        BATCH,
    ),
)  # fmt: skip

INDICATORS = Frame(
    "indicators",
    "One value of a published or computed series.",
    Shape.ANY,
    geometry_required=False,
    columns=(
        ID,
        Column("series", Kind.TEXT, "Which series.", sensitivity=_OPEN),
        Column("period", Kind.TEXT, "What period it is of.", sensitivity=_OPEN),
        Column("value", Kind.NUMBER, "The value.", sensitivity=_OPEN),
        Column("n", Kind.INTEGER, "How many it rests on.", nullable=True, sensitivity=_OPEN),
        Column("low", Kind.NUMBER, "Lower limit.", nullable=True, sensitivity=_OPEN),
        Column("high", Kind.NUMBER, "Upper limit.", nullable=True, sensitivity=_OPEN),
        Column("direction", Kind.TEXT, "Which way is better, in words.", sensitivity=_OPEN),
        Column("source", Kind.TEXT, "Who publishes it.", sensitivity=_OPEN),
        Column("version", Kind.TEXT, "Version of the series.", sensitivity=_OPEN),
        BATCH,
    ),
)  # fmt: skip

MEASURES = Frame(
    "measures",
    "What people decided to do: an åtgärd.",
    Shape.ANY,
    geometry_required=False,
    columns=(
        ID,
        Column("programme", Kind.TEXT, "The programme it belongs to.", nullable=True),
        Column("recommendation_id", Kind.TEXT, "What prompted it.", nullable=True),
        Column("place_id", Kind.TEXT, "The place it is about.", nullable=True),
        Column("problem", Kind.TEXT, "The problem."),
        Column("cause", Kind.TEXT, "The judged cause.", nullable=True),
        Column("judged_by", Kind.TEXTS, "Functions that judged it."),
        Column("title", Kind.TEXT, "What is done, in a line."),
        Column("kind", Kind.TEXT, "Kind of measure.",
               vocabulary=("patrol", "lamp_repair", "lamp_new", "lamp_adjust", "vegetation",
                           "dialogue", "check", "investigate", "physical", "other")),
        Column("goal", Kind.JSON, "Indicator, baseline, target and date.", nullable=True),
        Column("owner_unit", Kind.TEXT, "A function or association, never a person."),
        Column("state", Kind.TEXT, "Where it stands.",
               vocabulary=("proposed", "decided", "ongoing", "done", "followed_up", "closed",
                           "declined")),
        Column("decided_at", Kind.DATE, "Day of decision.", nullable=True),
        Column("starts_on", Kind.DATE, "First day.", nullable=True),
        Column("ends_on", Kind.DATE, "Last day.", nullable=True),
        Column("follow_up_on", Kind.DATE, "Day to follow up.", nullable=True),
        Column("expected", Kind.TEXT, "What should change.", nullable=True),
        Column("outcome", Kind.TEXT, "What changed.", nullable=True),
        Column("cost", Kind.NUMBER, "Cost.", "SEK", nullable=True),
        Column("revision", Kind.INTEGER, "Counts changes of the same measure."),
        BATCH,
    ),
)  # fmt: skip

VISITS = Frame(
    "visits",
    "Presence delivered: a warden was there, from when to when.",
    Shape.ANY,
    geometry_required=False,
    columns=(
        ID,
        Column("shift_id", Kind.TEXT, "The shift.", sensitivity=_RESTRICTED),
        Column("place_id", Kind.TEXT, "The place.", nullable=True),
        Column("kind", Kind.TEXT, "On foot, by car, check.",
               vocabulary=("foot", "car", "bicycle", "check", "other")),
        Column("arrived", Kind.TIME, "When it began."),
        Column("left", Kind.TIME, "When it ended.", nullable=True),
        Column("count", Kind.INTEGER, "People met.", nullable=True),
        Column("outcome_code", Kind.TEXT, "What came of it.", nullable=True),
        Column("planned", Kind.BOOLEAN, "Whether it was in the plan."),
        BATCH,
    ),
)  # fmt: skip
