"""The words for codes, Swedish first; every screen, page and print takes them from here."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.maps.column_words import COLUMN_WORDS
from geo.settings import categories

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "certainty": {
        "well_supported": ("väl underbyggd", "well supported"),
        "likely": ("trolig", "likely"),
        "possible": ("möjlig", "possible"),
        "cannot_tell": ("går inte att avgöra", "cannot be told"),
    },
    "claim": {
        "stands_out": ("fler händelser än väntat", "more than expected"),
        "changed": ("förändrad mot platsens egen historia", "changed from its own past"),
    },
    "class": {
        "new": ("ny", "new"),
        "growing": ("ökande under året", "growing"),
        "steady": ("jämn under året", "steady"),
        "sporadic": ("återkommande", "sporadic"),
        "fading": ("avtagande under året", "fading"),
    },
    "outcome": {
        "hit": ("händelser kom", "events came"),
        "none": ("inget hände", "nothing came"),
        "no_verdict": ("personal var där, inget omdöme", "staff were there, no verdict"),
    },
    "signal": {
        "alarm": ("ovanligt just nu", "unusual just now"),
        "unsure": ("för få för att avgöra", "too few to tell"),
        "near_repeat": ("förhöjd risk", "raised risk"),
    },
    "class_period": {  # the same where less than a year was looked at
        "new": ("ny", "new"),
        "growing": ("ökande under perioden", "growing"),
        "steady": ("jämn under perioden", "steady"),
        "sporadic": ("återkommande", "sporadic"),
        "fading": ("avtagande under perioden", "fading"),
    },
    "kind": {
        "patrol": ("Närvaro", "Presence"),
        "lamp_repair": ("Reparera belysning", "Repair lighting"),
        "lamp_new": ("Ny belysning", "New lighting"),
        "lamp_adjust": ("Justera belysning", "Adjust lighting"),
        "vegetation": ("Röjning, beskärning", "Clear vegetation"),
        "dialogue": ("Dialog", "Dialogue"),
        "check": ("Kontrollera på plats", "Check on site"),
        "investigate": ("Undersök vidare", "Look into it"),
        "none": ("Ingen åtgärd nu", "Nothing for now"),
    },
    "setting": {
        "outdoor": ("utomhus", "outdoors"),
        "public_indoor": ("inomhus, allmän lokal", "indoors, open to the public"),
        "shared_building": ("trapphus, gemensam lokal", "shared part of a building"),
        "dwelling_exterior": ("vid bostad", "at a dwelling"),
        "unknown": ("okänd miljö", "unknown setting"),
    },
    "felt": {"unsafe": ("otrygg", "unsafe"), "safe": ("trygg", "safe")},
    "unsafe_when": {
        "day": ("dagtid", "by day"),
        "evening": ("kvällstid", "in the evening"),
        "night": ("nattetid", "at night"),
        "always": ("hela dygnet", "always"),
    },
    "report_reason": {
        "dark": ("mörkt", "dark"),
        "lamp_out": ("släckt lampa", "lamp out"),
        "hidden_sight": ("skymd sikt", "hidden from view"),
        "deserted": ("ödsligt", "deserted"),
        "groups": ("samlingar", "gatherings"),
        "litter": ("nedskräpat", "litter"),
        "vandalism": ("skadegörelse", "vandalism"),
        "traffic": ("trafik", "traffic"),
        "tunnel": ("gångtunnel", "tunnel"),
        "people_present": ("folk i rörelse", "people about"),
        "well_lit": ("väl upplyst", "well lit"),
        "other": ("annat", "other"),
    },
    "lamp_state": {
        "working": ("lyser", "working"),
        "faulty": ("trasig", "faulty"),
        "off_on_purpose": ("släckt med avsikt", "off on purpose"),
        "unknown": ("okänt om den lyser", "not known"),
    },
    "spacing_band": {
        "probably_ok": ("sannolikt tätt nog", "probably close enough"),
        "uncertain": ("osäkert om ljuset räcker", "uncertain whether the light is enough"),
        "probably_short": ("sannolikt för glest", "probably too far"),
        "alone": ("ingen granne inom 150 m", "no neighbour within 150 m"),
        "doubled": ("två på samma punkt", "two on one spot"),
    },
    "fault_kind": {
        "out": ("släckt", "out"),
        "flickering": ("blinkar", "flickering"),
        "damaged": ("skadad", "damaged"),
        "obscured": ("skymd av växtlighet", "obscured"),
        "dim": ("svagt ljus", "dim"),
        "other": ("annat fel", "other fault"),
    },
    "outage_kind": {
        "single": ("enstaka ljuspunkt", "single lamp"),
        "group": ("flera i rad", "several in a row"),
        "circuit": ("belysningscentral", "whole circuit"),
    },
    "dark_cause": {
        "outage": ("ljuspunkter släckta", "lamps out"),
        "missing": ("ljuspunkter saknas", "lamps missing"),
        "off_on_purpose": ("släckt med avsikt", "off on purpose"),
        "unlit": ("obelyst gång- eller cykelväg", "unlit path"),
    },
    "class_band": {
        "probably_ok": ("sannolikt uppfylld", "probably met"),
        "uncertain": ("osäkert om den uppfylls", "uncertain whether met"),
        "probably_short": ("sannolikt inte uppfylld", "probably not met"),
    },
    "class_from": {
        "streets": ("vald för gatan", "chosen for the street"),
        "names": ("vald för gatans namn", "chosen for the name"),
        "kinds": ("vald för gatuslaget", "chosen for the kind of street"),
        "default": ("förval", "default"),
    },
    "lux_class": {
        "reassuring": ("sannolikt minst 2 lx", "probably 2 lx or more"),
        "enough": ("sannolikt minst 1 lx", "probably 1 lx or more"),
        "uncertain": ("osäkert om 1 lx nås", "uncertain whether 1 lx"),
        "dark": ("sannolikt under 1 lx", "probably below 1 lx"),
        "unlit": ("utan belysning", "without lighting"),
        "not_inventoried": ("ej inventerat", "not surveyed"),
    },
    "light_state": {
        "lit": ("upplyst", "lit"),
        "unlit": ("saknar belysning", "unlit"),
        "mixed": ("delvis upplyst", "partly lit"),
        "not_inventoried": ("belysningen är inte inventerad", "lighting not surveyed"),
    },
    "place_type": {
        "both": ("många händelser och otrygg", "many events and felt unsafe"),
        "incidents_only": (
            "många händelser, få otrygghetsrapporter",
            "many events, few reports of feeling unsafe",
        ),
        "felt_only": ("otrygg, få händelser", "felt unsafe, few events"),
        "calm": (
            "få händelser och få otrygghetsrapporter",
            "few events and few reports of feeling unsafe",
        ),
        "incidents": ("många händelser", "many events"),
        "felt": ("otrygg", "felt unsafe"),
        "cannot_tell": ("går inte att avgöra", "cannot be told"),
    },
    "act": {
        "patrol": ("närvaro", "presence"),
        "dialogue": ("dialog", "dialogue"),
        "lamp": ("belysning", "lighting"),
        "survey": ("inventera eller mät belysningen", "survey or measure the lighting"),
        "greenery": ("röjning, beskärning", "clearing, pruning"),
        "nothing": ("ingen åtgärd nu", "nothing for now"),
    },
    "street_kind": {
        "road": ("gata", "road"),
        "cycleway": ("gång- och cykelväg", "cycleway"),
        "footway": ("gångväg", "footway"),
        "stairs": ("trappa", "stairs"),
        "gc_tunnel": ("gångtunnel", "foot and cycle tunnel"),
        "square": ("torg", "square"),
    },
    "lit": {
        "yes": ("belyst", "lit"),
        "no": ("obelyst", "unlit"),
        "unknown": ("okänt om belyst", "not known"),
    },
    "facility_kind": {
        "school": ("skola", "school"),
        "municipal_building": ("kommunal lokal", "municipal building"),
        "station": ("station", "station"),
        "licensed_premises": ("krog", "licensed premises"),
        "playground": ("lekplats", "playground"),
        "park": ("park", "park"),
        "water": ("vatten", "water"),
        "other": ("annat", "other"),
    },
    "area_kind": {
        "centre": ("centrum", "centre"),
        "residential": ("bostäder", "residential"),
        "industry": ("verksamheter", "industry"),
        "green": ("park och natur", "green"),
        "rural": ("landsbygd", "countryside"),
        "water": ("vatten", "water"),
        "other": ("annan mark", "other land"),
    },
    "event_kind": {
        "arrangemang": ("arrangemang", "event"),
        "lov": ("skollov", "school holiday"),
        "lonehelg": ("lönehelg", "payday weekend"),
        "hogtid": ("högtid", "public holiday"),
        "trafik": ("trafik", "traffic"),
        "annat": ("annat", "other"),
    },
}

ROLE_LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "public": ("publik", "public"),
        "reporter": ("rapportör", "reporter"),
        "warden": ("trygghetsvärd", "warden"),
        "forum": ("trygghetsforum", "safety forum"),
        "planner": ("planerare", "planner"),
        "coordinator": ("trygghetssamordnare", "safety coordinator"),
        "security_chief": ("säkerhetschef", "head of security"),
        "administrator": ("administratör", "administrator"),
    }
)

_COUNTS = "Händelser visas bara som antal per ruta och vecka."
ROLE_NOTES: Mapping[str, str] = MappingProxyType(
    {
        "public": "Ser antal per 500-metersruta och kvartal, aldrig färre än fem.",
        "reporter": "Ser samma bild som publiken.",
        "warden": f"Ser prioriterade platser och rekommendationer. {_COUNTS}",
        "forum": f"Ser den gemensamma bilden. {_COUNTS}",
        "planner": f"Ser prioriterade platser och belysning. {_COUNTS}",
        "coordinator": "Ser alla lager och enskilda händelser.",
        "security_chief": "Ser alla lager; händelser vid bostäder visas på gatan.",
        "administrator": "Ser karta och belysning, men inga händelser.",
    }
)

WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {name: MappingProxyType(words) for name, words in {**_WORDS, **COLUMN_WORDS}.items()}
)
"""Vocabulary -> code -> (Swedish, English)."""


def word(vocabulary: str, code: object, *, lang: str = "sv") -> str:
    """
    Say a code in words.

    Parameters
    ----------
    vocabulary
        Which list of words, a key of `WORDS`, or ``"category"``.
    code
        The code; something missing gives an empty text.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        The words; the code itself, without underscores, when it has none.

    Examples
    --------
    >>> word("certainty", "likely")
    'trolig'
    """
    if not isinstance(code, str) or not code:
        return ""
    if vocabulary == "category":
        found = categories().get(code)
        if found is not None:
            return found.label_sv if lang == "sv" else found.label_en
        return code.replace("_", " ")
    pair = WORDS[vocabulary].get(code)
    return pair[0 if lang == "sv" else 1] if pair else code.replace("_", " ")
