"""Rules for light at places: mend, check, adjust, survey, or leave the light alone."""

from __future__ import annotations

from geo.measures.rules import Gate, Reason, Rule
from geo.measures.shared import (
    AT_NIGHT,
    DARK,
    DARK_M,
    FEW,
    INVENTORY,
    LAMPS,
    LED_BASIS,
    LED_COST,
    NO_LAMP_OUT,
    OWNER,
    PLACE,
    POLE_BASIS,
    POLE_COST,
    SEEN,
    SURVEYED,
)

LAMP_REPAIR = Rule(
    code="lamp_repair",
    about="place",
    kind="lamp_repair",
    tier=2,
    gates=(PLACE, DARK, (Gate("n_faulty", ">=", 1),)),
    reasons=(*LAMPS, *AT_NIGHT, OWNER),
    confidence=(
        ("well_supported", ((Gate("n_register_out", ">=", 1), Gate("n_fault_reports", ">=", 2)),)),
        ("likely", ()),
    ),
    caveat="light_effect",
    grade="C",
    sv="reparera ljuspunkter som är släckta där det händer mycket i mörker",
    en="mend lamps that are out where much happens in the dark",
    basis="En släckt ljuspunkt halverar medelljuset och tar nästan allt ljus i mörkaste punkten; "
    "kommunernas serviceklasser sätter flera i rad först. Reparera före nyinvestering.",
    cost_sek=LED_COST,
    cost_basis=LED_BASIS,
)
LAMPS_ASLEEP = Rule(
    code="lamps_asleep",
    about="place",
    kind="lamp_adjust",
    tier=4,
    gates=(PLACE, DARK, (Gate("n_off_on_purpose", ">=", 1),)),
    reasons=(
        Reason("lamps_off", "n_off_on_purpose", "lamps", "lamps", n="n_lamps"),
        *AT_NIGHT,
        OWNER,
    ),
    confidence=(("possible", ()),),
    caveat="light_effect",
    grade="C",
    sv="se över släckningstiderna",
    en="review the hours when lamps are off",
    basis="Släckt med avsikt är inget fel, men beslutet kan prövas mot platsens tider. I en studie "
    "av 62 brittiska väghållare syntes ingen säker ökning av brott; trygghet mättes inte.",
)
LIGHT_UNKNOWN = Rule(
    code="light_unknown",
    about="place",
    kind="investigate",
    tier=5,
    gates=(PLACE, DARK, (Gate("inventory_share", "<", SURVEYED),), NO_LAMP_OUT),
    reasons=(INVENTORY, *AT_NIGHT),
    confidence=(("cannot_tell", ()),),
    caveat="not_inventoried",
    grade="D",
    sv="inventera och mät belysningen",
    en="survey and measure the lighting",
    basis="Ingen ljuspunkt i registret betyder inte mörkt: först inventering, sedan åtgärd.",
)
LAMPS_MISSING = Rule(
    code="lamps_missing",
    about="place",
    kind="check",
    tier=3,
    gates=(PLACE, DARK, SEEN, (Gate("missing_m", ">=", DARK_M),)),
    reasons=(
        Reason("missing_metres", "missing_m", "m", "streets", ids="stretch_ids"),
        *AT_NIGHT,
        INVENTORY,
    ),
    confidence=(("likely", ((Gate("height_assumed_share", "<", 0.5),),)), ("possible", ())),
    caveat="spacing_only",
    grade="C",
    sv="kontrollera på plats: ljuspunkter saknas",
    en="check on site: lamps are missing",
    basis="Avstånd mellan ljuspunkter över sex gånger stolphöjden ger sannolikt under 1 lux mellan "
    "dem. Att de saknas i registret ska först bekräftas på plats.",
)
LAMP_NEW = Rule(
    code="lamp_new",
    about="place",
    kind="lamp_new",
    tier=7,
    gates=(
        PLACE,
        SEEN,
        NO_LAMP_OUT,
        (Gate("missing_m", ">=", DARK_M),),
        (Gate("n_dark_reports", ">=", 2),),
        (Gate("near_nature", "==", False),),  # noqa: FBT003 the value held against
    ),
    reasons=(
        Reason("missing_metres", "missing_m", "m", "streets", ids="stretch_ids"),
        *AT_NIGHT,
    ),
    confidence=(("possible", ()),),
    caveat="light_effect",
    grade="B",
    sv="utred ny belysning",
    en="look into new lighting",
    basis="Minsta belysningsstyrka avgör tryggheten mer än medelvärdet (2 lux i två studier). "
    "Bara där inget är trasigt, och efter kontroll på plats.",
    cost_sek=POLE_COST,
    cost_basis=POLE_BASIS,
)
VEGETATION = Rule(
    code="vegetation",
    about="place",
    kind="vegetation",
    tier=5,
    gates=(PLACE, (Gate("n_hidden_reports", ">=", 2), Gate("n_obscured", ">=", 2))),
    reasons=(
        Reason("hidden_reports", "n_hidden_reports", "reports", "reports", ids="hidden_ids"),
        Reason("lamps_obscured", "n_obscured", "faults", "faults", n="n_lamps"),
    ),
    confidence=(("possible", ()),),
    caveat="see_on_site",
    grade="B",
    sv="röjning och beskärning",
    en="clear and prune",
    basis="Skymmande växtlighet i mörker ger omvägar och oro (fokusgrupper i Malmö, 2020).",
)
LIGHT_NOT_CAUSE = Rule(
    code="light_not_cause",
    about="place",
    kind="none",
    tier=9,
    gates=(
        PLACE,
        (Gate("n_dark", ">=", FEW),),
        (Gate("state", "==", "lit"),),
        SEEN,
        (Gate("n_lamps", ">=", 1),),
        NO_LAMP_OUT,
        (Gate("n_open_faults", "==", 0),),
        (Gate("n_off_on_purpose", "==", 0),),
        (Gate("missing_m", "<", DARK_M),),
        (Gate("n_dark_reports", "==", 0),),
    ),
    reasons=(
        Reason("dark_share", "dark_share", "share", "incidents", n="n_timed"),
        Reason("lamps_working", "n_lamps", "lamps", "lamps"),
        Reason("dark_reports", "n_dark_reports", "reports", "reports", even_zero=True),
        INVENTORY,
    ),
    confidence=(("likely", ((Gate("n_timed", ">=", 10),),)), ("possible", ())),
    caveat="lit_by_register",
    grade="C",
    sv="belysning sannolikt inte orsaken",
    en="lighting is probably not the cause",
    basis="Händelser i mörker där ljuset fungerar och ingen anger mörker som skäl är inget stöd "
    "för en belysningsåtgärd: närvaro eller annan åtgärd i stället.",
    follow_up_weeks=(12,),
)
LIGHT_MEASURE = Rule(
    code="light_measure",
    about="place",
    kind="investigate",
    tier=5,
    gates=(
        PLACE,
        SEEN,
        NO_LAMP_OUT,
        (Gate("n_dark_reports", ">=", 1),),
        (Gate("n_off_on_purpose", "==", 0),),
        (Gate("missing_m", "<", DARK_M),),
    ),
    reasons=(*AT_NIGHT, Reason("lamps_working", "n_lamps", "lamps", "lamps"), INVENTORY),
    confidence=(("cannot_tell", ()),),
    caveat="lit_by_register",
    grade="D",
    sv="mät belysningen: upplevs mörkt fast inget är trasigt",
    en="measure the lighting: felt as dark though nothing is broken",
    basis="Bländning, ojämnt ljus eller mörka sidor syns inte i registret: mät på plats.",
)
