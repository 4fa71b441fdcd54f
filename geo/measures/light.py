"""Rules for light at places: mend, check, adjust, survey, or leave the light alone."""

from __future__ import annotations

from geo.measures.rules import Gate, Reason, Rule
from geo.measures.shared import (
    AT_NIGHT,
    CLASS_MET,
    DARK,
    DARK_HOURS,
    DARK_M,
    ENOUGH,
    FEW,
    INVENTORY,
    LAMPS,
    LED_BASIS,
    LED_COST,
    NEARLY_ALL,
    NO_LAMP_OUT,
    OWNER,
    PLACE,
    PLACE_OR_FELT,
    POLE_BASIS,
    POLE_COST,
    SEEN,
    SURVEYED,
    UNTOLD,
)

LAMP_REPAIR = Rule(
    code="lamp_repair",
    about="place",
    kind="lamp_repair",
    tier=2,
    gates=(
        PLACE_OR_FELT,
        DARK,
        (Gate("n_faulty", ">=", 1),),
        (Gate("n_out_together", ">=", 2), Gate("n_dark_reports", ">=", 1)),
    ),
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
    alternatives=("presence_meanwhile", "trim_first"),
)
LAMP_SINGLE = Rule(
    code="lamp_single",
    about="place",
    kind="lamp_repair",
    tier=6,
    gates=(
        PLACE,
        (Gate("n_dark", ">=", FEW),),
        (Gate("n_faulty", ">=", 1),),
        (Gate("n_out_together", "<", 2),),
        (Gate("n_dark_reports", "==", 0),),
    ),
    reasons=(*LAMPS, *AT_NIGHT, OWNER),
    confidence=LAMP_REPAIR.confidence,
    caveat="light_effect",
    grade="D",
    sv="ta enstaka släckta ljuspunkter på nästa rond",
    en="mend single lamps on the next round",
    basis="Enstaka släckta ljuspunkter tas på ordinarie rond; ingen anger mörker som skäl här.",
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
    nature="assess",
    alternatives=("presence_meanwhile",),
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
    alternatives=("measure_first",),
)
LAMPS_MISSING = Rule(
    code="lamps_missing",
    about="place",
    kind="check",
    tier=3,
    gates=(PLACE, DARK, SEEN, (Gate("missing_m", ">=", DARK_M),)),
    reasons=(
        Reason("missing_metres", "missing_m", "m", "streets", ids="missing_stretch_ids"),
        CLASS_MET,
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
    nature="assess",
    alternatives=("repair_first", "trim_first"),
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
        (Gate("n_dark_reports", ">=", 2), Gate("dark_hours_more", "==", True)),  # noqa: FBT003 held to
        (Gate("near_nature", "==", False),),  # noqa: FBT003 the value held against
    ),
    reasons=(
        Reason("missing_metres", "missing_m", "m", "streets", ids="missing_stretch_ids"),
        CLASS_MET,
        *AT_NIGHT,
        DARK_HOURS,
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
    nature="never",
    alternatives=("repair_first", "trim_first", "measure_first", "steer"),
)
PATH_UNLIT = Rule(
    code="path_unlit",
    about="place",
    kind="investigate",
    tier=5,
    gates=(
        PLACE_OR_FELT,
        SEEN,
        (Gate("unlit_m", ">=", DARK_M),),
        (Gate("n_dark_reports", ">=", 1),),
    ),
    reasons=(
        Reason("unlit_metres", "unlit_m", "m", "streets", ids="stretch_ids"),
        *AT_NIGHT,
        INVENTORY,
    ),
    confidence=(("possible", ()),),
    caveat="unlit_as_decided",
    grade="C",
    sv="pröva om gång- och cykelvägen ska belysas",
    en="consider whether the path should be lit",
    basis="Obelyst kan vara rätt: pröva användning, en belyst väg bredvid (högst 20 % längre) och "
    "natur innan ny belysning utreds.",
    nature="assess",
    owner="road_owner",
    alternatives=("steer", "trim_first"),
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
    nature="assess",
    owner="park",
)
LIGHT_WORKS = (
    (Gate("state", "==", "lit"),),
    SEEN,
    (Gate("n_lamps", ">=", 1),),
    NO_LAMP_OUT,
    (Gate("n_open_faults", "==", 0),),
    (Gate("n_off_on_purpose", "==", 0),),
    (Gate("missing_m", "<", DARK_M),),
    (Gate("unlit_m", "<", DARK_M), Gate("lit_share", ">=", NEARLY_ALL)),
    (Gate("n_dark_reports", "<", 2),),
    (Gate("lux_short", "==", False),),  # noqa: FBT003 the value held against
    # one voice of darkness is heard where something could be behind it
    (Gate("n_dark_reports", "==", 0), Gate("in_tunnel", "==", False)),  # noqa: FBT003 held to
    (Gate("n_dark_reports", "==", 0), Gate("lux_uneven", "==", False)),  # noqa: FBT003 held to
    (Gate("n_dark_reports", "==", 0), Gate("unlit_m", "<", DARK_M)),
)
"""What must hold before it can be said that the light at a place works."""
LIGHT_NOT_CAUSE = Rule(
    code="light_not_cause",
    about="place",
    kind="none",
    tier=9,
    gates=(
        PLACE,
        (Gate("n_dark", ">=", ENOUGH),),
        (Gate("dark_excess", ">=", 0),),
        (Gate("untold_share", "<", UNTOLD),),
        *LIGHT_WORKS,
    ),
    reasons=(
        Reason("dark_share", "dark_share", "share", "incidents", n="n_timed"),
        Reason("lamps_working", "n_lamps", "lamps", "lamps"),
        Reason("dark_reports", "n_dark_reports", "reports", "reports", even_zero=True),
        Reason("unlit_metres", "unlit_m", "m", "streets", ids="stretch_ids"),
        CLASS_MET,
        INVENTORY,
    ),
    confidence=(
        ("likely", ((Gate("n_timed", ">=", 10),), (Gate("n_dark_reports", "==", 0),))),
        ("possible", ()),
    ),
    caveat="lit_by_register",
    grade="C",
    sv="belysning sannolikt inte orsaken",
    en="lighting is probably not the cause",
    basis="Händelser i mörker där ljuset fungerar och högst en anger mörker som skäl är inget stöd "
    "för en belysningsåtgärd: närvaro eller annan åtgärd i stället.",
    follow_up_weeks=(12,),
    owner="nobody",
    alternatives=("presence_meanwhile", "ask"),
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
        (Gate("n_dark_reports", ">=", 2),),
        (Gate("n_off_on_purpose", "==", 0),),
        (Gate("missing_m", "<", DARK_M),),
        (Gate("unlit_m", "<", DARK_M),),
    ),
    reasons=(
        *AT_NIGHT,
        Reason("lamps_working", "n_lamps", "lamps", "lamps"),
        CLASS_MET,
        INVENTORY,
    ),
    confidence=(("cannot_tell", ()),),
    caveat="lit_by_register",
    grade="D",
    sv="mät belysningen: upplevs mörkt fast inget är trasigt",
    en="measure the lighting: felt as dark though nothing is broken",
    basis="Bländning, ojämnt ljus eller mörka sidor syns inte i registret: mät på plats.",
    alternatives=("trim_first", "ask"),
)
