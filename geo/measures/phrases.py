"""The phrases of rules, reasons and caveats, as data: Swedish first, and English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair = tuple[str, str]

_REASONS: dict[str, tuple[Pair, Pair]] = {
    # code -> what is said with its number, and what is said when the number may not be told
    "rate": (
        ("{value} gånger så många händelser som väntat ({n} händelser)",
         "{value} times as many events as expected ({n} events)"),
        ("fler händelser än väntat", "more events than expected"),
    ),
    "recent": (
        ("händelser de senaste fyra veckorna: {value}", "events in the last four weeks: {value}"),
        ("händelser de senaste fyra veckorna", "events in the last four weeks"),
    ),
    "hours": (
        ("{value} av {n} händelser med känd tid ({span}) sker vid de angivna tiderna",
         "{value} of {n} events with a known hour ({span}) fall in the hours given"),
        ("händelserna samlas vid de angivna tiderna", "events gather in the hours given"),
    ),
    "dark_share": (
        ("{value} av {n} utomhushändelser med känd tid skedde i mörker ({span})",
         "{value} of {n} outdoor events with a known hour were in darkness ({span})"),
        ("utomhushändelser i mörker: antalet visas inte",
         "outdoor events in darkness: the number is not shown"),
    ),
    "dark_reports": (
        ("rapporter om mörker eller släckt lampa inom 50 m det senaste året: {value}",
         "reports of darkness or a lamp out within 50 m in the last year: {value}"),
        ("rapporter om mörker eller släckt lampa", "reports of darkness or a lamp out"),
    ),
    "hidden_reports": (
        ("rapporter om skymd sikt inom 50 m det senaste året: {value}",
         "reports of hidden sight within 50 m in the last year: {value}"),
        ("rapporter om skymd sikt", "reports of hidden sight"),
    ),
    "lamps_faulty": (
        ("släckta ljuspunkter: {value} av {n}", "lamps that are out: {value} of {n}"),
        ("släckta ljuspunkter", "lamps that are out"),
    ),
    "lamps_working": (
        ("ljuspunkter utan känt fel: {value}", "lamps without a known fault: {value}"),
        ("inget känt fel på ljuspunkterna", "no known fault on the lamps"),
    ),
    "lamps_untold": (
        ("ingen vet om de lyser: {value} av {n} ljuspunkter",
         "nobody knows whether they work: {value} of {n} lamps"),
        ("ingen vet om ljuspunkterna lyser", "nobody knows whether the lamps work"),
    ),
    "lamps_off": (
        ("ljuspunkter släckta med avsikt: {value} av {n}",
         "lamps off on purpose: {value} of {n}"),
        ("ljuspunkter släckta med avsikt", "lamps off on purpose"),
    ),
    "lamps_obscured": (
        ("felanmälningar om skymd ljuspunkt: {value}", "fault reports of obscured lamps: {value}"),
        ("skymda ljuspunkter", "obscured lamps"),
    ),
    "lamps_out_together": (
        ("släckta ljuspunkter i rad eller på samma belysningscentral: {value}",
         "lamps out in a row or on one circuit: {value}"),
        ("ljuspunkter i rad är släckta", "lamps in a row are out"),
    ),
    "faults_open": (
        ("felanmälningar som inte är åtgärdade: {value}",
         "reported faults not mended: {value}"),
        ("felanmälningar som inte är åtgärdade", "reported faults not mended"),
    ),
    "days_open": (
        ("öppet i {value} dygn", "days open: {value}"),
        ("öppet ärende", "still open"),
    ),
    "target_days": (
        ("mål {value}", "target: {value}"),
        ("mål för åtgärd", "target for mending"),
    ),
    "dark_metres": (
        ("mörk sträcka: {value} m", "dark street: {value} m"),
        ("mörk sträcka", "a dark stretch"),
    ),
    "missing_metres": (
        ("väg utan ljuspunkt inom räckhåll: {value} m",
         "street with no lamp in reach: {value} m"),
        ("väg utan ljuspunkt", "street without lamps"),
    ),
    "unlit_metres": (
        ("gång- eller cykelväg utan belysning: {value} m", "path without lighting: {value} m"),
        ("gång- eller cykelväg utan belysning", "path without lighting"),
    ),
    "inventory_share": (
        ("belysningen är inventerad på {value} av gatorna här",
         "lighting is surveyed along {value} of the street here"),
        ("inventerad del av gatorna", "surveyed share of the street"),
    ),
    "p_class": (
        ("beräknad sannolikhet att 1 lux nås på större delen av gatorna här: {value}",
         "calculated chance that 1 lx is reached on most of the street here: {value}"),
        ("beräknat ljus på gatorna här", "calculated light on the street here"),
    ),
    "mean_lux": (
        ("beräknat medelljus: {value} lux", "calculated mean light: {value} lx"),
        ("beräknat medelljus", "calculated mean light"),
    ),
    "night_metres": (
        ("mörkt efter dimning eller släckning: {value} m",
         "dark after dimming or switching off: {value} m"),
        ("mörkt efter dimning eller släckning", "dark after dimming or switching off"),
    ),
    "old_share": (
        ("andel ljuspunkter med natrium eller kvicksilver: {value}",
         "share of sodium or mercury lamps: {value}"),
        ("ljuspunkter med natrium eller kvicksilver", "sodium or mercury lamps"),
    ),
    "tunnel_metres": (
        ("gångtunnel: {value} m", "tunnel: {value} m"),
        ("gångtunnel", "a tunnel"),
    ),
    "detour": (
        ("den belysta vägen runt är {value} gånger så lång",
         "the lit way round is {value} times as long"),
        ("en belyst väg runt", "a lit way round"),
    ),
    "dark_hours": (
        ("i området händer det mer i mörker än i ljus vid samma klockslag",
         "in the district more happens in the dark than in the light at the same hour"),
        ("fler händelser i mörker i området", "more events in the dark in the district"),
    ),
    "owner": (
        ("anläggningsägare: {value}", "owner of the lighting: {value}"),
        ("anläggningsägare", "owner of the lighting"),
    ),
}  # fmt: skip

_CAVEATS: dict[str, Pair] = {
    "presence_effect": (
        "Mer närvaro kan också ge fler upptäckta händelser.",
        "More presence may also mean more events found.",
    ),
    "may_be_chance": (
        "Det kan vara en slump att det händer mer här.",
        "It may be chance that more happens here.",
    ),
    "light_effect": (
        "Bättre ljus kan öka tryggheten; att händelserna blir färre är inte visat.",
        "Better light may make a place feel safer; that it cuts events is not shown.",
    ),
    "not_inventoried": (
        "Belysningen är inte inventerad här. Ingen ljuspunkt på kartan betyder inte mörkt.",
        "Lighting is not surveyed here. No lamp on the map does not mean darkness.",
    ),
    "unlit_as_decided": (
        "Att vägen saknar belysning kan vara ett medvetet beslut.",
        "That the path has no lighting may be as decided.",
    ),
    "spacing_only": (
        "Bedömt på avstånd och stolphöjd, inte mätt. Ljuspunkter kan saknas bara i registret.",
        "Judged by spacing and height, not measured. Lamps may be missing from the register only.",
    ),
    "lit_by_register": (
        "Ljuspunkter finns och inget fel är känt; ljuset är inte mätt på plats.",
        "Lamps are there and no fault is known; the light is not measured on site.",
    ),
    "lamps_untold": (
        "Registret säger inte om ljuspunkterna lyser, och inga felanmälningar är inlästa.",
        "The register does not say whether the lamps work, and no fault reports are loaded.",
    ),
    "calculated": (
        "Ljuset är beräknat, delvis på antagna höjder och ljusflöden; mät innan något byggs.",
        "The light is calculated, partly from assumed heights and flux; measure before building.",
    ),
    "ecology": (
        "Nära vatten eller skyddad natur: kräver ekologisk bedömning.",
        "Near water or protected nature: needs an ecological assessment.",
    ),
    "see_on_site": (
        "Bygger på rapporter: se efter på plats.",
        "Rests on reports: look on site.",
    ),
}

_ADVICE: dict[str, Pair] = {
    "presence": ("Var på plats", "Be present"),
    "presence_possible": ("Var på plats om tid finns", "Be present if there is time"),
    "lamp_repair": (
        "Reparera belysningen: släckta ljuspunkter där det händer mycket i mörker",
        "Mend the lighting: lamps are out where much happens in the dark",
    ),
    "lamps_missing": (
        "Kontrollera på plats: ljuspunkter saknas på en väg som annars är belyst",
        "Check on site: lamps are missing on a street that is otherwise lit",
    ),
    "lamps_asleep": (
        "Se över släckningstiderna: ljuspunkter är släckta med avsikt",
        "Review the hours: lamps are off on purpose",
    ),
    "light_unknown": (
        "Inventera och mät belysningen innan något beslutas",
        "Survey and measure the lighting before anything is decided",
    ),
    "light_measure": (
        "Mät belysningen: platsen upplevs mörk fast inget är trasigt",
        "Measure the lighting: the place is felt as dark though nothing is broken",
    ),
    "path_unlit": (
        "Pröva om gång- och cykelvägen ska belysas: den saknar belysning och upplevs mörk",
        "Consider whether the path should be lit: it has no lamps and is felt as dark",
    ),
    "lamp_single": (
        "Ta enstaka släckta ljuspunkter på nästa rond",
        "Mend single lamps on the next round",
    ),
    "vegetation": ("Röj och beskär: sikten är skymd", "Clear and prune: sight is hidden"),
    "lamp_new": (
        "Utred ny belysning, efter kontroll på plats",
        "Look into new lighting, after a check on site",
    ),
    "tunnel_light": (
        "Se över gångtunneln: ljus dygnet runt, även vid mynningarna",
        "Look at the tunnel: light day and night, and at both mouths",
    ),
    "light_uneven": (
        "Jämna ut ljuset: fyll luckan, inte starkare ljus",
        "Even the light out: fill the gap, not brighter lamps",
    ),
    "light_glare": (
        "Skärma av och lys upp intill: platsen upplevs mörk fast vägen är ljus",
        "Shield, and light the surroundings: felt as dark though the path is lit",
    ),
    "dim_hours": (
        "Ändra dimningen: ljuset räcker på kvällen men inte på natten",
        "Change the dimming: the light is enough in the evening but not at night",
    ),
    "led_swap": (
        "Byt gamla ljuskällor till LED på samma stolpar",
        "Swap old lamps for LED on the same poles",
    ),
    "lit_detour": (
        "Visa till den belysta vägen bredvid innan stigen belyses",
        "Show people to the lit way beside it before lighting the path",
    ),
    "nature_assess": (
        "Ny belysning här kräver ekologisk bedömning",
        "New lighting here needs an ecological assessment",
    ),
    "light_not_cause": (
        "Belysning sannolikt inte orsaken: inget fel är känt och högst en rapport anger mörker",
        "Lighting is probably not the cause: no known fault, at most one report of darkness",
    ),
    "light_unseen": (
        "Se efter i mörker vilka ljuspunkter som lyser: ingen källa säger det",
        "Go and see in the dark which lamps work: no source says so",
    ),
    "light_cannot_tell": (
        "Går inte att avgöra om ljuset spelar någon roll: för få händelser i mörker",
        "It cannot be told whether light plays a part: too few events in the dark",
    ),
    "outage_and_reports": (
        "Reparera belysningen: ljuspunkter i rad är släckta och flera upplever mörker",
        "Mend the lighting: lamps in a row are out and several report darkness",
    ),
    "outage_late": (
        "Reparera belysningen: ljuspunkter i rad har varit släckta längre än målet",
        "Mend the lighting: lamps in a row have been out longer than the target",
    ),
    "dark_stretch": (
        "Kontrollera på plats: mörk sträcka där flera upplever mörker",
        "Check on site: a dark stretch where several report darkness",
    ),
}

REASONS: Mapping[str, tuple[Pair, Pair]] = MappingProxyType(_REASONS)
"""Reason code -> (with number, without), each Swedish and English."""
CAVEATS: Mapping[str, Pair] = MappingProxyType(_CAVEATS)
"""Caveat code -> Swedish and English."""
ADVICE: Mapping[str, Pair] = MappingProxyType(_ADVICE)
"""Rule code -> what to do, Swedish and English, without a full stop."""
