"""The made-up town's situation pictures: an ordinary week, a calm week and the refusals."""

from __future__ import annotations

import math
from typing import Any

from tests.web.light_data import DARK_HOURS
from tests.web.now_data import JUST_NOW
from tests.web.notice_data import NOTICE_LAYER
from tests.web.town import at, blob

WEEKS = [
    {"id": "2026-W47", "label": "v. 47", "run_id": "9c1f02aa47"},
    {"id": "2026-W46", "label": "v. 46", "run_id": "9c1f02aa46"},
    {"id": "2026-W45", "label": "v. 45", "run_id": "9c1f02aa45"},
]
CALM_WEEK = "2026-W46"
ROLES = [
    {"id": "public", "label": "publik", "note": "rutor och kvartal"},
    {"id": "forum", "label": "trygghetsforum", "note": "platser, inga enskilda händelser"},
    {"id": "coordinator", "label": "trygghetssamordnare", "note": "allt"},
    {"id": "security_chief", "label": "säkerhetschef", "note": "allt"},
]
SHUT_OUT, BBOX = "public", [15.56, 58.385, 15.68, 58.435]
CERTAINTY = {
    "well_supported": "väl underbyggd",
    "likely": "trolig",
    "possible": "möjlig",
}
TEAL, AMBER, BRICK, GREY = "#0b5f60", "#a86400", "#9b3a2a", "#6f6860"

# name, x, y, radius, squeeze, certainty, class, span, n, expected, weekday, from, to, light
_PLACES = (
    ("Stationsparken", 470, 290, 120, 0.7, "well_supported", "new", (1, 2), 31, 8.4, 4, 21, 0,
     ("mixed", "delvis upplyst", 19, 7)),
    ("Bryggargränd", -90, -230, 60, 1.6, "well_supported", "growing", (1, 3), 24, 7.9, 5, 22, 2,
     ("lit", "upplyst", 14, 0)),
    ("Gångtunneln vid Ågatan", 150, 760, 55, 1.0, "likely", "new", (2, 4), 14, 4.6, 4, 18, 22,
     ("mixed", "delvis upplyst", 6, 2)),
    ("Lindskolans gård", -520, -400, 95, 0.8, "likely", "steady", (3, 5), 17, 7.2, 2, 16, 19,
     ("not_inventoried", "belysningen är inte inventerad", 0, 0)),
    ("Östra Ringvägen vid Vallgatan", 1000, -250, 70, 0.6, "possible", "sporadic", (3, 5), 9, 4.1,
     5, 20, 24, ("lit", "upplyst", 14, 0)),
)  # fmt: skip
_CLASS = {"new": "ny", "growing": "ökande under året", "steady": "jämn under året",
          "sporadic": "återkommande"}  # fmt: skip
_DAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")


def _profile(weekday: int, start: int, length: int, n: int) -> list[list[int]]:
    """Put half of the events in the slot and strew the rest."""
    grid = [[0] * 24 for _ in range(7)]
    for k in range(n):
        if k % 2:
            row, column = (weekday + k // 9) % 7, (start + (k * 5) % length) % 24
        else:
            row, column = (k * 3) % 7, (8 + k * 7) % 24
        grid[row][column] += 1
    return grid


def _place(index: int, row: tuple[Any, ...], *, lift: int) -> dict[str, Any]:
    (name, x, y, radius, squeeze, certainty, kind, span, n, expected, day, start, end, light) = row
    n += lift
    hours = (end - start) % 24 or 24
    label = f"{_DAYS[day]} {start:02d}–{end % 24:02d}"
    n_timed = n - 3
    in_slot = max(2, n_timed // 2)
    ring = blob(x, y, radius, seed=40 + index, squeeze=squeeze)
    lons, lats = [p[0] for p in ring[0]], [p[1] for p in ring[0]]
    rate = n / expected
    half = 1.96 * math.sqrt(n) / expected
    return {
        "place_id": f"p-{index + 1:03d}", "name": name, "rank": index + 1,
        "rank_low": span[0], "rank_high": span[1], "rank_label": f"{span[0]}–{span[1]}",
        "certainty": certainty, "certainty_label": CERTAINTY[certainty],
        "claim": "stands_out", "claim_label": "fler händelser än väntat",
        "class": kind, "class_label": _CLASS[kind],
        "sentence": f"{n} händelser på 52 veckor, liknande platser brukar ha {_number(expected)}.",
        "n": n, "expected": expected, "rate": round(rate, 2),
        "rate_low": round(max(0.0, rate - half), 2), "rate_high": round(rate + half * 1.2, 2),
        "period_weeks": 52, "n_recent": 7 - index, "n_before": 3 + index % 2,
        "change_label": f"4 veckor: {3 + index % 2} → {7 - index}",
        "when": {
            "label": label, "n": in_slot, "n_timed": n_timed, "certain": True,
            "slots": [{"weekday": day, "from": start, "to": end % 24, "n": in_slot}],
        },
        "profile": _profile(day, (start - 6) % 24, hours, n_timed) if index != 4 else None,
        "categories": [
            {"category": "disorder", "label": "Bråk, ordningsstörning", "n": n // 2},
            {"category": "vandalism", "label": "Skadegörelse", "n": n // 3},
            {"category": "gathering", "label": "Otrygghetsskapande samling",
             "n": n - n // 2 - n // 3},
        ],
        "dark": {"share": 0.7, "n_timed": n_timed,
                 "label": f"{n_timed * 7 // 10} av {n_timed} med känd tid i mörker"},
        "light": {"state": light[0], "label": light[1], "n_lamps": light[2],
                  "n_faulty": light[3], "n_off_on_purpose": 0},
        "reasons": [
            {"code": "excess", "text": f"{_number(rate)} gånger så många händelser som väntat för "
             "en plats med så mycket gata i ett sådant område.",
             "value": rate, "unit": "ratio", "n": n},
            {"code": "peak_hours", "text": f"{in_slot} av {n_timed} händelser med känd tid faller "
             f"{label}.", "value": in_slot / n_timed, "unit": "share", "n": n_timed},
            {"code": "several_sources", "text": "Tre uppgiftslämnare har rapporterat platsen.",
             "value": 3, "unit": "sources", "n": n},
        ],
        "caveats": [
            {"code": "position_error",
             "text": "Lägesfelet är omkring 30 m: händelserna kan höra till "
             "kvarteret intill."},
            {"code": "patrol_reports",
             "text": "6 händelser rapporterades av trygghetsvärdar på plats. "
             "Fler besök ger fler rapporter."},
        ],
        "bbox": [min(lons), min(lats), max(lons), max(lats)], "point": at(x, y),
        "area_m2": round(math.pi * radius**2 * squeeze), "street_m": radius * 4,
        "_ring": ring,
    }  # fmt: skip


def places(week: str) -> list[dict[str, Any]]:
    """Give a week's places, the drawn shape of each under `_ring`."""
    if week == CALM_WEEK:
        return []
    lift = 0 if week == "2026-W47" else -2
    rows = _PLACES if week == "2026-W47" else _PLACES[1:4]
    return [_place(index, row, lift=lift) for index, row in enumerate(rows)]


def _advice(
    kind: str, label: str, place: dict[str, Any], order: int, **more: Any
) -> dict[str, Any]:
    return {
        "id": f"r-{kind}-{place['place_id']}", "kind": kind, "kind_label": label,
        "place_id": place["place_id"], "place_name": place["name"], "priority": order,
        "window_label": None, "confidence": place["certainty"],
        "confidence_label": place["certainty_label"], "caveat": None,
        "reasons": place["reasons"][:1], "rule": kind, "rule_label": "närvaro där det sticker ut",
    } | more  # fmt: skip


def _recommendations(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = [
        _advice("patrol", "Närvaro", place, index + 1, window_label=place["when"]["label"],
                sentence=f"Besök {place['name']} {place['when']['label']}, 10–20 minuter var gång.")
        for index, place in enumerate(found[:3])
    ]  # fmt: skip
    broken = [place for place in found if place["light"]["state"] == "mixed"]
    for place in broken:
        rows.append(
            _advice(
                "lamp_repair", "Reparera belysning", place, len(rows) + 1,
                rule_label="mörka timmar och trasiga lampor",
                sentence=f"Reparera {place['light']['n_faulty']} trasiga ljuspunkter vid "
                f"{place['name']}, före nyinvestering.",
                caveat="Bättre ljus kan öka tryggheten. Att det ger färre händelser är inte visat.",
                reasons=[{"code": "lamps_faulty", "text": "Trasiga ljuspunkter.",
                          "value": place["light"]["n_faulty"], "unit": "lamps",
                          "n": place["light"]["n_lamps"]}],
            )
        )  # fmt: skip
    return rows


def _sign(label: str, color: str, shape: str, dash: str = "solid") -> dict[str, str]:
    return {"label": label, "color": color, "shape": shape, "dash": dash}


_OUTLINES = {
    "well_supported": {"dash": "solid", "width": 3.0},
    "likely": {"dash": "dashed", "width": 2.5},
    "possible": {"dash": "dotted", "width": 2.5},
}


def _outlined(color: str) -> list[dict[str, str]]:
    dashes = ("solid", "dashed", "dotted")
    return [
        _sign(label, color, "fill", dash)
        for label, dash in zip(CERTAINTY.values(), dashes, strict=True)
    ]


def _layer(name: str, title: str, group: str, geometry: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name, "title": title, "group": group, "geometry": geometry, "visible": False,
        "n": None, "period_label": "52 veckor t.o.m. v. 47", "data_until_label": "sön 22 nov",
        "legend": [], "paint": {}, "note": None,
    } | more  # fmt: skip


_STEPS = [
    {"fill": "#dbe9e8", "fill_opacity": 0.55}, {"fill": "#a9cfce", "fill_opacity": 0.6},
    {"fill": "#62a6a5", "fill_opacity": 0.65}, {"fill": "#1f7475", "fill_opacity": 0.7},
]  # fmt: skip
_CELL_WORDS = ("1–4 händelser", "minst 5 händelser", "minst 10 händelser", "minst 20 händelser")
LAYERS = [
    _layer("places", "Prioriterade platser", "Prioriterat", "polygon", visible=True, n=5,
           legend=_outlined(TEAL), note="Det som inte rapporteras syns inte.",
           paint={"color": TEAL, "fill": TEAL, "fill_opacity": 0.16, "width": 2.5,
                  "by": {"property": "certainty", "values": _OUTLINES}, "label": "rank_label"}),
    _layer("place_types", "Händelser, otrygghet och ljus", "Prioriterat", "polygon", n=5,
           legend=[_sign("många händelser och otrygg", BRICK, "fill"),
                   _sign("många händelser", TEAL, "fill", "dashed")],
           paint={"color": TEAL, "fill": TEAL, "fill_opacity": 0.1, "width": 2,
                  "by": {"property": "type", "values": {"both": {"color": BRICK}}}}),
    _layer("street_light", "Beräknat ljus längs gatorna", "Belysning", "line", n=2,
           legend=[_sign("sannolikt minst 2 lx", "#d9a400", "line"),
                   _sign("utan belysning", "#5b4a8a", "dash", "dotted"),
                   _sign("ej inventerat", GREY, "dash", "dotted")],
           paint={"color": GREY, "width": 3.5,
                  "by": {"property": "lux_class", "values": {
                      "reassuring": {"color": "#d9a400", "width": 4}}}}),
    _layer("lighting_checks", "Belysning att kontrollera", "Belysning", "polygon", n=2,
           visible=True, legend=_outlined(AMBER),
           paint={"color": AMBER, "fill": AMBER, "fill_opacity": 0.14, "width": 2.5, "radius": 7,
                  "by": {"property": "confidence", "values": _OUTLINES}}),
    _layer("cells", "Händelser per ruta, hela perioden", "Underlag", "polygon", n=144,
           legend=[_sign(word, step["fill"], "fill")
                   for word, step in zip(_CELL_WORDS, _STEPS, strict=True)],
           paint={"color": "#ffffff", "width": 0.5, "fill": "#dbe9e8", "fill_opacity": 0.5,
                  "by": {"property": "n_min", "breaks": [1, 5, 10, 20], "steps": _STEPS}}),
    _layer("incidents", "Händelser", "Underlag", "point", n=335,
           legend=[_sign("händelse", "#2f2b27", "circle")],
           paint={"color": "#ffffff", "fill": "#2f2b27", "fill_opacity": 0.55, "width": 0.5,
                  "radius": 3.5}),
    _layer("lamps", "Ljuspunkter", "Belysning", "point", n=931, period_label=None,
           legend=[_sign("lyser", "#f2c14e", "circle"), _sign("trasig (ring)", BRICK, "ring"),
                   _sign("släckt med avsikt", GREY, "circle")],
           note="Bara ljuspunkter som finns i registret. Tom karta betyder inte mörkt.",
           paint={"color": "#7a5200", "fill": "#f2c14e", "fill_opacity": 0.95, "width": 0.8,
                  "radius": 2.5, "by": {"property": "state", "values": {
                      "faulty": {"color": BRICK, "fill": "#ffffff", "width": 2.2, "radius": 4.5},
                      "off_on_purpose": {"color": GREY, "fill": GREY, "radius": 3}}}}),
    _layer("streets", "Gator och gångvägar", "Karta", "line", visible=True),
    _layer("land", "Mark och vatten", "Karta", "polygon", visible=True),
    _layer("facilities", "Skolor, lokaler och hållplatser", "Karta", "point"), NOTICE_LAYER,
]  # fmt: skip


def situation(week: str, role: str) -> dict[str, Any]:
    """Write the whole picture of a week as the contract has it."""
    found = [{k: v for k, v in place.items() if k != "_ring"} for place in places(week)]
    label = next(entry["label"] for entry in WEEKS if entry["id"] == week)
    calm = "Ingen plats sticker ut den här veckan."
    full = "Fem platser att prioritera i veckan. Två är nya. Torget kan prioriteras ned."
    some = "Tre platser att prioritera i veckan. En är ny."
    sentence = {CALM_WEEK: calm, "2026-W47": full}.get(week, some)
    return {
        "municipality": {"name": "Provköping", "made_up": True, "timezone": "Europe/Stockholm",
                         "bbox": BBOX, "center": [15.62, 58.41]},
        "week": {"id": week, "label": label, "from": "2026-11-16T05:00:00Z",
                 "to": "2026-11-23T05:00:00Z", "from_label": "mån 16 nov 06:00",
                 "to_label": "mån 23 nov 06:00"},
        "weeks": [{"id": entry["id"], "label": entry["label"]} for entry in WEEKS],
        "run_id": f"9c1f02aa{week[-2:]}",
        "role": next({"id": r["id"], "label": r["label"]} for r in ROLES if r["id"] == role),
        "method": {"name": "gi_star_exact", "version": "0.1.0",
                   "sentence": "Antal händelser jämförs med vad gatulängd och typ av område ger "
                   "skäl att vänta sig. Slumpens del räknas exakt."},
        "sentence": sentence,
        "basis": {
            "sentence": "960 av 1\u202f234 händelser (78 %) kunde placeras på kartan. Period 52 "
            "veckor, data t.o.m. sön 22 nov.",
            "n": 1234, "n_located": 960, "located_share": 0.778,
            "period_from": "2025-11-24T05:00:00Z", "period_to": "2026-11-23T05:00:00Z",
            "period_weeks": 52, "data_until": "2026-11-22T20:00:00Z", "data_until_label": "sön 22 nov",
            "sources": [
                {"source": "bostad", "actor_label": "Bostadsbolaget", "n": 512,
                 "last": "2026-11-20T09:00:00Z", "last_label": "fre 20 nov"},
                {"source": "varder", "actor_label": "Trygghetsvärdarna", "n": 722,
                 "last": "2026-11-22T20:00:00Z", "last_label": "sön 22 nov"},
            ],
        },
        "places": found,
        "lower": [{"place_id": "p-020", "name": "Torget",
                   "sentence": "låg på plats 2–4 förra veckan; 4 veckor: 8 → 2."}] if found else [],
        "recommendations": _recommendations(found),
        "just_now": JUST_NOW if found else None, "dark_hours": DARK_HOURS,
        "layers": [entry | {"href": f"/collections/{entry['name']}/items?week={week}"}
                   for entry in LAYERS],
        "notes": [
            "Bilden visar rapporterade händelser, inte allt som har hänt.",
            "22 % av händelserna saknar plats och räknas inte med på kartan.",
        ],
    }  # fmt: skip


def problem(status: int, title: str, fix: str) -> dict[str, Any]:
    """Write a refusal as RFC 9457 has it, with our code and fix."""
    return {
        "type": "/problems/refused", "title": title, "status": status, "code": "refused",
        "fix": fix, "facts": {},
    }  # fmt: skip
