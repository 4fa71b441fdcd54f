"""Rules for light where lamps work: uneven, dim at night, glaring, old, tunnels, ways round."""

from __future__ import annotations

from geo.measures.light import LIGHT_WORKS
from geo.measures.rules import Gate, Reason, Rule
from geo.measures.shared import (
    AT_NIGHT,
    CLASS_MET,
    DARK,
    DARK_HOURS,
    DARK_M,
    ENOUGH,
    ENOUGH_LX,
    INVENTORY,
    LED_BASIS,
    LED_COST,
    NO_LAMP_OUT,
    OWNER,
    PLACE,
    PLACE_OR_FELT,
    SEEN,
    UNTOLD,
)

TUNNEL_M = 20.0
WAY_ROUND = 1.2

TUNNEL_LIGHT = Rule(
    code="tunnel_light",
    about="place",
    kind="check",
    tier=4,
    gates=(
        PLACE_OR_FELT,
        (Gate("tunnel_m", ">=", TUNNEL_M),),
        (Gate("n_dark_reports", ">=", 1), Gate("dark_m", ">=", DARK_M), Gate("p_class", "<=", 0.2)),
    ),
    reasons=(
        Reason("tunnel_metres", "tunnel_m", "m", "streets", ids="tunnel_ids"),
        *AT_NIGHT,
        OWNER,
    ),
    confidence=(("possible", ()),),
    caveat="see_on_site",
    grade="D",
    sv="gångtunnel: ljus dygnet runt, även vid mynningarna",
    en="tunnel: light day and night, and at both mouths",
    basis="Gångtunnlar över 20 m är upplysta dag och natt, med stolpe vid varje mynning och jämn "
    "nivå ute och inne (Göteborgs tekniska handbok).",
    nature="free",
    owner="light_owner",
    alternatives=("repair_first", "trim_first"),
)
LIGHT_UNEVEN = Rule(
    code="light_uneven",
    about="place",
    kind="lamp_adjust",
    tier=5,
    gates=(
        PLACE,
        DARK,
        SEEN,
        NO_LAMP_OUT,
        (Gate("mean_lx", ">=", ENOUGH_LX),),
        (Gate("lux_dark_m", ">=", DARK_M),),
        (Gate("n_dark_reports", ">=", 1),),
        (Gate("missing_m", "<", DARK_M),),
    ),
    reasons=(CLASS_MET, Reason("mean_lux", "mean_lx", "lx", "streets"), *AT_NIGHT, OWNER),
    confidence=(("possible", ()),),
    caveat="calculated",
    grade="B",
    sv="jämna ut ljuset: armatur eller stolpe i luckan, inte starkare ljus",
    en="even the light out: an optic or a pole in the gap, not brighter lamps",
    basis="Minsta belysningsstyrka förutsäger trygghet bättre än medelvärdet (två studier); "
    "jämnhet före nivå.",
    nature="assess",
    owner="light_owner",
    alternatives=("repair_first", "measure_first", "trim_first"),
)
LIGHT_GLARE = Rule(
    code="light_glare",
    about="place",
    kind="lamp_adjust",
    tier=6,
    gates=(
        PLACE_OR_FELT,
        SEEN,
        NO_LAMP_OUT,
        (Gate("p_class", ">=", 0.8),),
        (Gate("n_dark_reports", ">=", 2),),
        (Gate("n_off_on_purpose", "==", 0),),
    ),
    reasons=(CLASS_MET, *AT_NIGHT, OWNER),
    confidence=(("possible", ()),),
    caveat="calculated",
    grade="C",
    sv="skärma av och lys upp intill: mörkt fast vägen är ljus",
    en="shield, and light the surroundings: felt dark though the path is lit",
    basis="Ljus vid sidan av vägen gav tryggare platser vid måttlig nivå (Botkyrka, 621 "
    "intervjuer); bländning gör mörkret intill svartare.",
    nature="assess",
    owner="light_owner",
    alternatives=("measure_first", "trim_first"),
)
DIM_HOURS = Rule(
    code="dim_hours",
    about="place",
    kind="lamp_adjust",
    tier=5,
    gates=(PLACE, DARK, SEEN, (Gate("night_dark_m", ">=", DARK_M),)),
    reasons=(Reason("night_metres", "night_dark_m", "m", "streets"), *AT_NIGHT, OWNER),
    confidence=(("possible", ()),),
    caveat="calculated",
    grade="C",
    sv="ändra dimningen under de timmar platsen används",
    en="change the dimming in the hours the place is used",
    basis="Ljuset räcker på kvällen men inte efter dimning. Brott ökade inte säkert av dimning i "
    "62 brittiska områden; trygghet mättes inte.",
    nature="assess",
    owner="light_owner",
    alternatives=("presence_meanwhile",),
)
LED_SWAP = Rule(
    code="led_swap",
    about="place",
    kind="lamp_adjust",
    tier=7,
    gates=(
        PLACE,
        DARK,
        SEEN,
        NO_LAMP_OUT,
        (Gate("old_share", ">=", 0.5),),
        (Gate("p_class", "<=", 0.5),),
        (Gate("missing_m", "<", DARK_M),),
    ),
    reasons=(Reason("old_share", "old_share", "share", "lamps"), CLASS_MET, *AT_NIGHT, OWNER),
    confidence=(("possible", ()),),
    caveat="calculated",
    grade="D",
    sv="byt gamla ljuskällor till LED på samma stolpar",
    en="swap old lamps for LED on the same poles",
    basis="Kvicksilver och natrium på rimligt avstånd: byte av armatur kostar en bråkdel av nya "
    "stolpar och sparar energi.",
    nature="assess",
    owner="light_owner",
    alternatives=("repair_first", "measure_first"),
    cost_sek=LED_COST,
    cost_basis=LED_BASIS,
)
LIT_DETOUR = Rule(
    code="lit_detour",
    about="place",
    kind="check",
    tier=5,
    gates=(
        PLACE_OR_FELT,
        SEEN,
        (Gate("unlit_m", ">=", DARK_M),),
        (Gate("detour", "<=", WAY_ROUND),),
        (Gate("n_dark_reports", ">=", 1),),
    ),
    reasons=(
        Reason("detour", "detour", "ratio", "streets", ids="missing_stretch_ids"),
        Reason("unlit_metres", "unlit_m", "m", "streets", ids="stretch_ids"),
        *AT_NIGHT,
        INVENTORY,
    ),
    confidence=(("possible", ()),),
    caveat="unlit_as_decided",
    grade="C",
    sv="visa till den belysta vägen bredvid",
    en="show people to the lit way beside it",
    basis="Där en belyst väg är högst 20 % längre är skyltning billigare än belysning genom park "
    "(fokusgrupper i Malmö: omvägar väljs redan).",
    nature="free",
    owner="road_owner",
    alternatives=("trim_first",),
)
LIGHT_CANNOT_TELL = Rule(
    code="light_cannot_tell",
    about="place",
    kind="none",
    tier=9,
    gates=(
        PLACE,
        (Gate("n_dark", ">=", 1),),
        (Gate("n_dark", "<", ENOUGH),),
        (Gate("dark_excess", ">=", 0),),
        *LIGHT_WORKS,
    ),
    reasons=(
        Reason("dark_share", "dark_share", "share", "incidents", n="n_timed"),
        Reason("lamps_working", "n_lamps", "lamps", "lamps"),
        Reason("dark_reports", "n_dark_reports", "reports", "reports", even_zero=True),
        CLASS_MET,
        INVENTORY,
    ),
    confidence=(("cannot_tell", ()),),
    caveat="lit_by_register",
    grade="D",
    sv="går inte att avgöra om ljuset spelar någon roll",
    en="it cannot be told whether light plays a part",
    basis="Minst lika stor andel i mörker som annars, men under fem händelser: inget fel "
    "är känt, men det går varken att fria eller fälla den.",
    nature="free",
    owner="nobody",
    alternatives=("ask",),
)
LIGHT_UNSEEN = Rule(
    code="light_unseen",
    about="place",
    kind="check",
    tier=5,
    gates=(
        PLACE,
        (Gate("n_dark", ">=", ENOUGH),),
        (Gate("dark_excess", ">=", 0),),
        (Gate("untold_share", ">=", UNTOLD),),
        *LIGHT_WORKS,
    ),
    reasons=(
        Reason("dark_share", "dark_share", "share", "incidents", n="n_timed"),
        Reason("lamps_untold", "untold_share", "share", "lamps", n="n_lamps"),
        Reason("dark_reports", "n_dark_reports", "reports", "reports", even_zero=True),
        CLASS_MET,
        INVENTORY,
    ),
    confidence=(("cannot_tell", ()),),
    caveat="lamps_untold",
    grade="D",
    sv="se efter i mörker vilka ljuspunkter som lyser",
    en="go and see in the dark which lamps work",
    basis="Ljuspunkterna står tätt nog, men varken registret eller felanmälningar säger om de "
    "lyser: ljuset kan varken frias eller fällas förrän någon har sett efter.",
    nature="free",
    alternatives=("presence_meanwhile",),
)
NATURE_ASSESS = Rule(
    code="nature_assess",
    about="place",
    kind="investigate",
    tier=7,
    gates=(
        PLACE_OR_FELT,
        SEEN,
        NO_LAMP_OUT,
        (Gate("missing_m", ">=", DARK_M), Gate("unlit_m", ">=", DARK_M)),
        (Gate("n_dark_reports", ">=", 2), Gate("dark_hours_more", "==", True)),  # noqa: FBT003 held against
        (Gate("near_nature", "==", True),),  # noqa: FBT003 the value held against
    ),
    reasons=(Reason("missing_metres", "missing_m", "m", "streets", ids="missing_stretch_ids"),
             *AT_NIGHT, DARK_HOURS),
    confidence=(("possible", ()),),
    caveat="ecology",
    grade="C",
    sv="ny belysning här kräver ekologisk bedömning",
    en="new lighting here needs an ecological assessment",
    basis="Inom 50 m från vatten eller skyddad natur: lägsta klass (P5-P6), högst 2 700 K, inget "
    "ljus uppåt, närvarostyrning (VTI, EUROBATS).",
    nature="assess",
    owner="park",
    alternatives=("steer", "trim_first"),
)  # fmt: skip
