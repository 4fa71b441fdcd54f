"""The mapping file beside each of the municipality's files."""

from __future__ import annotations

from typing import Any

from geo.demo import words
from geo.demo.told import POSITION_SD_M

ZONE = "Europe/Stockholm"
_SETTINGS = {theirs: ours for ours, theirs in words.SETTINGS.items()}


def _incidents(source: str, actor: str, found_by: str, **rest: Any) -> dict[str, Any]:
    return {
        "frame": "incidents", "source": source, "actor": actor, "timezone": ZONE, **rest,
        "constants": {"found_by": found_by, "accuracy_m": POSITION_SD_M},
        "values": {"setting": _SETTINGS},
    }  # fmt: skip


POLICE = _incidents(
    "polisen-handelser", "polisen", "report", crs="EPSG:3009", encoding="cp1252", separator=";",
    decimal=",",
    columns={"ref": "Diarienr", "reported_at": "Anmäld", "occurred_from": "Brott fr.o.m.",
             "occurred_to": "Brott t.o.m.", "category": "Rubrik", "setting": "Miljö", "x": "E",
             "y": "N"},
    categories=words.turned(words.POLICE)
    | {theirs: ours for (ours, _), theirs in words.POLICE_SPECIAL.items()},
)  # fmt: skip
HOUSING = _incidents(
    "bostadsbolaget-skador", "bostadsbolaget", "report", crs="EPSG:3006", layer="Skador",
    columns={"ref": "Ärendenr", "occurred_from": "Upptäckt från", "occurred_to": "Upptäckt till",
             "category": "Skadetyp", "setting": "Läge", "x": "X (öst)", "y": "Y (nord)",
             "reported_at": "Anmält"},
    categories=words.turned(words.HOUSING),
)  # fmt: skip
GUARDS = _incidents(
    "vaktbolaget-rapporter", "vaktbolaget", "patrol", crs="EPSG:4326", encoding="utf-8-sig",
    columns={"ref": "rapport_id", "occurred_from": "tidpunkt", "category": "typ",
             "setting": "miljo", "x": "lon", "y": "lat"},
    categories=words.turned(words.GUARDS),
)  # fmt: skip
MUNICIPALITY = _incidents(
    "kommunen-skador", "kommunen", "report", crs="EPSG:3006", encoding="utf-8",
    columns={"ref": "Skadenummer", "occurred_from": ["Datum", "Klockslag"],
             "category": "Skadekategori", "setting": "Plats", "x": "Östlig koordinat",
             "y": "Nordlig koordinat"},
    categories=words.turned(words.MUNICIPALITY),
)  # fmt: skip
STREETS: dict[str, Any] = {
    "frame": "streets", "source": "kommunen-vagnat", "crs": "EPSG:3006", "layer": "vagnat",
    "columns": {"ref": "objekt_id", "name": "gatunamn", "kind": "typ", "length_m": "langd",
                "from_node": "fran_nod", "to_node": "till_nod", "lit": "belyst",
                "owner": "vaghallare"},
    "values": {"kind": {"väg": "road", "cykelväg": "cycleway", "gångväg": "footway",
                        "trappa": "stairs", "GC-tunnel": "gc_tunnel", "torg": "square"},
               "lit": {"ja": "yes", "nej": "no", "okänt": "unknown"}},
}  # fmt: skip
KINDS = {ours: theirs for theirs, ours in STREETS["values"]["kind"].items()}
LIT = {ours: theirs for theirs, ours in STREETS["values"]["lit"].items()}
LAND_USE: dict[str, Any] = {
    "frame": "areas", "source": "kommunen-markanvandning", "crs": "EPSG:3006",
    "layer": "markanvandning", "columns": {"name": "namn", "kind": "anvandning"},
    "constants": {"level": "land_use"},
    "values": {"kind": {"centrum": "centre", "bostäder": "residential", "verksamheter": "industry",
                        "grönområde": "green", "landsbygd": "rural", "vatten": "water"}},
}  # fmt: skip
USES = {ours: theirs for theirs, ours in LAND_USE["values"]["kind"].items()}
DISTRICTS: dict[str, Any] = {
    "frame": "areas", "source": "kommunen-omraden", "crs": "EPSG:3006", "layer": "omraden",
    "columns": {"name": "namn", "population": "invanare", "population_year": "ar"},
    "constants": {"level": "district"},
}  # fmt: skip
INVENTORY: dict[str, Any] = {
    "frame": "areas", "source": "kommunen-inventering", "crs": "EPSG:3006",
    "layer": "inventerat", "columns": {"name": "namn"}, "constants": {"level": "inventory"},
}  # fmt: skip
LAMPS: dict[str, Any] = {
    "frame": "lamps", "source": "kommunen-belysning", "crs": "EPSG:3006", "timezone": ZONE,
    "layer": "ljuspunkter",
    "columns": {"ref": "stolpnr", "pole_ref": "stolpnr", "circuit": "central",
                "light_source": "ljuskalla", "power_w": "effekt_w", "flux_lm": "ljusflode_lm",
                "height_m": "stolphojd_m", "azimuth_deg": "riktning", "owner": "agare",
                "state": "driftstatus", "state_since": "status_sedan", "schedule": "drifttid",
                "installed": "monterad"},
    "constants": {"flux_basis": "luminaire"},
    "values": {"light_source": {"LED": "led", "högtrycksnatrium": "hps"},
               "state": {"i drift": "working", "ur funktion": "faulty",
                         "släckt enligt beslut": "off_on_purpose", "okänd": "unknown"}},
}  # fmt: skip
STATES = {ours: theirs for theirs, ours in LAMPS["values"]["state"].items()}
FACILITIES: dict[str, Any] = {
    "frame": "facilities", "source": "kommunen-verksamheter", "crs": "EPSG:4326",
    "columns": {"name": "namn", "kind": "typ", "check_locked": "laskontroll", "opening": "oppet"},
    "values": {"kind": {"skola": "school", "kommunal byggnad": "municipal_building",
                        "station": "station", "serveringstillstånd": "licensed_premises",
                        "lekplats": "playground", "park": "park", "övrigt": "other"}},
}  # fmt: skip
PLACES = {ours: theirs for theirs, ours in FACILITIES["values"]["kind"].items()}
FAULTS: dict[str, Any] = {
    "frame": "faults", "source": "felanmalan-belysning", "crs": "EPSG:3006", "timezone": ZONE,
    "encoding": "utf-8-sig", "separator": ";", "decimal": ",",
    "columns": {"ref": "Ärende", "pole_ref": "Stolpnr", "kind": "Fel", "reported_at": "Inkom",
                "closed_at": "Avslutat", "channel": "Kanal", "x": "E", "y": "N"},
    "values": {"kind": {"Släckt": "out", "Blinkar": "flickering", "Skadad": "damaged",
                        "Skymd": "obscured"}},
}  # fmt: skip
FAULT_KINDS = {ours: theirs for theirs, ours in FAULTS["values"]["kind"].items()}
REPORTS: dict[str, Any] = {
    "frame": "reports", "source": "otrygga-platser", "crs": "EPSG:4326", "timezone": ZONE,
    "encoding": "utf-8-sig", "separator": ";", "decimal": ".", "list_separator": ",",
    "columns": {"ref": "nr", "received_at": "inkom", "felt": "upplevelse", "unsafe_when": "nar",
                "reasons": "orsaker", "state": "status", "public_text": "publicerad_text",
                "channel": "kanal", "x": "lon", "y": "lat"},
    "constants": {"accuracy_m": 15.0},
    "values": {"felt": {"otrygg": "unsafe", "trygg": "safe"},
               "unsafe_when": {"dag": "day", "kväll": "evening", "natt": "night",
                               "alltid": "always"},
               "state": {"inkommen": "received", "godkänd": "accepted", "dold": "hidden",
                         "sammanslagen": "merged", "avslutad": "closed"},
               "channel": {"webb": "web", "telefon": "phone", "trygghetsvandring": "walk"}},
}  # fmt: skip
EVENTS: dict[str, Any] = {
    "frame": "events", "source": "kommunen-kalender", "timezone": ZONE, "layer": "Kalender",
    "columns": {"kind": "Typ", "name": "Händelse", "starts_on": "Från", "ends_on": "Till",
                "lessons": "Lärdomar"},
    "values": {"kind": {"arrangemang": "arrangemang", "skollov": "lov", "lönehelg": "lonehelg",
                        "högtid": "hogtid", "trafik": "trafik"}},
}  # fmt: skip
EVENT_KINDS = {ours: theirs for theirs, ours in EVENTS["values"]["kind"].items()}
ASSESSMENTS: dict[str, Any] = {
    "frame": "assessments", "source": "veckobedomningar", "layer": "Bedömningar",
    "columns": {"actor": "Aktör", "week": "Vecka", "area": "Område", "verdict": "Läge",
                "trend": "Riktning", "problem": "Problem",
                "nothing_to_report": "Inget att rapportera",
                "given_orally": "Muntligt"},
    "constants": {"revision": 1},
    "values": {"verdict": {"grön": "gron", "gul": "gul", "röd": "rod"},
               "trend": {"bättre": "better", "oförändrat": "same", "sämre": "worse"}},
}  # fmt: skip
VERDICTS = {ours: theirs for theirs, ours in ASSESSMENTS["values"]["verdict"].items()}
TRENDS = {ours: theirs for theirs, ours in ASSESSMENTS["values"]["trend"].items()}
MEASURES: dict[str, Any] = {
    "frame": "measures", "source": "atgardslista", "crs": "EPSG:3006", "layer": "atgarder",
    "list_separator": ",",
    "columns": {"ref": "nr", "title": "atgard", "kind": "slag", "state": "status",
                "problem": "problem", "judged_by": "bedomd_av", "owner_unit": "ansvarig_enhet",
                "decided_at": "beslutad", "starts_on": "start", "ends_on": "slut",
                "follow_up_on": "uppfoljning", "expected": "vantad_effekt", "cost": "kostnad_kr"},
    "constants": {"revision": 1},
    "values": {"kind": {"närvaro": "patrol", "lampreparation": "lamp_repair",
                        "dialog": "dialogue"},
               "state": {"föreslagen": "proposed", "beslutad": "decided", "pågår": "ongoing",
                         "klar": "done", "följs upp": "followed_up"}},
}  # fmt: skip
MEASURE_KINDS = {ours: theirs for theirs, ours in MEASURES["values"]["kind"].items()}
MEASURE_STATES = {ours: theirs for theirs, ours in MEASURES["values"]["state"].items()}
VISITS: dict[str, Any] = {
    "frame": "visits", "source": "narvarologg", "crs": "EPSG:3006", "timezone": ZONE,
    "encoding": "utf-8", "separator": ";", "decimal": ",",
    "columns": {"shift_id": "Pass", "kind": "Sätt", "arrived": "Kom", "left": "Gick",
                "count": "Möten", "outcome_code": "Utfall", "planned": "Planerat", "x": "E",
                "y": "N"},
    "values": {"kind": {"till fots": "foot", "bil": "car"}},
}  # fmt: skip
WAYS = {ours: theirs for theirs, ours in VISITS["values"]["kind"].items()}
