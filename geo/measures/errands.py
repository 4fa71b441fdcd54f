"""Rules for light away from places: lamps out together, and dark stretches."""

from __future__ import annotations

from geo.measures.rules import Gate, Reason, Rule
from geo.measures.shared import DARK_M, LED_BASIS, LED_COST, OWNER

OUTAGE_AND_REPORTS = Rule(
    code="outage_and_reports",
    about="errand",
    kind="lamp_repair",
    tier=3,
    gates=((Gate("n_out", ">=", 2),), (Gate("n_dark_reports", ">=", 2),)),
    reasons=(
        Reason("lamps_out_together", "n_out", "lamps", "lamps", ids="lamp_ids"),
        Reason("days_open", "days_open", "days", "faults", n="n_reports", ids="fault_ids"),
        Reason("target_days", "target_days", "days", "faults"),
        Reason("dark_reports", "n_dark_reports", "reports", "reports", ids="report_ids"),
        OWNER,
    ),
    confidence=(
        ("well_supported", ((Gate("n_register", ">=", 1), Gate("n_reports", ">=", 2)),)),
        ("likely", ()),
    ),
    caveat="light_effect",
    grade="D",
    sv="reparera ljuspunkter i rad där flera upplever mörker",
    en="mend lamps out in a row where several report darkness",
    basis="Två eller fler i rad åtgärdas först i kommunernas serviceklasser.",
    cost_sek=LED_COST,
    cost_basis=LED_BASIS,
    alternatives=("presence_meanwhile",),
)
OUTAGE_LATE = Rule(
    code="outage_late",
    about="errand",
    kind="lamp_repair",
    tier=5,
    gates=((Gate("n_out", ">=", 2),), (Gate("late", "==", True),)),  # noqa: FBT003 held against
    reasons=OUTAGE_AND_REPORTS.reasons,
    confidence=OUTAGE_AND_REPORTS.confidence,
    caveat="light_effect",
    grade="D",
    sv="reparera ljuspunkter i rad som varit släckta längre än målet",
    en="mend lamps in a row that have been out longer than the target",
    basis="Två eller fler i rad åtgärdas först i kommunernas serviceklasser.",
    cost_sek=LED_COST,
    cost_basis=LED_BASIS,
    alternatives=("presence_meanwhile",),
)
DARK_STRETCH = Rule(
    code="dark_stretch",
    about="stretch",
    kind="check",
    tier=5,
    gates=(
        (Gate("cause", "in", ("missing", "unlit")), Gate("missing_m", ">=", DARK_M)),
        (Gate("length_m", ">=", DARK_M),),
        (Gate("n_dark_reports", ">=", 2),),
    ),
    reasons=(
        Reason("missing_metres", "length_m", "m", "streets", ids="street_ids"),
        Reason("dark_reports", "n_dark_reports", "reports", "reports", ids="report_ids"),
    ),
    confidence=(("possible", ()),),
    caveat="spacing_only",
    grade="C",
    sv="kontrollera på plats: mörk sträcka där flera upplever mörker",
    en="check on site: a dark stretch where several report darkness",
    basis="Otrygg, få händelser: belysningen kan behöva ses över där inga händelser sticker ut.",
    nature="assess",
    alternatives=("repair_first", "trim_first", "steer"),
)
