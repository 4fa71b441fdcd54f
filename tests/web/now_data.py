"""The made-up town's signals: one alarm over a listed place, one zone with a last day."""

from __future__ import annotations

JUST_NOW = {
    "sentence": "Ovanligt mycket just nu: Bryggargränd (plats 2).",
    "alarms": [
        {
            "kind": "alarm", "name": "Bryggargränd", "label": "Bryggargränd (plats 2)",
            "place_id": "p-002", "rank": 2, "n": 9, "last_day": "2026-11-22",
            "sentence": "9 händelser senaste veckan, väntat 1,4. Av ren slump larmar någon plats "
            "så starkt en gång på 250 veckor.",
        }
    ],
    "unsure": [],
    "zones": [
        {
            "kind": "near_repeat", "name": "Norra gatan", "label": "Norra gatan", "place_id": None,
            "rank": None, "n": 1, "last_day": "2026-12-03",
            "sentence": "Inbrott: förhöjd risk inom 200 m till och med tor 3 dec.",
        }
    ],
    "tested": [
        {
            "category": "burglary", "verdict": "raised",
            "sentence": "Inbrott: en händelse följs av fler inom 200 m under 14 dagar, oftare än "
            "av slump (24 par mot väntade 9; 2,7 gånger, 95 %: 1,7–4,0; 239 händelser på 155 "
            "veckor).",
        }
    ],
    "withheld": None,
    "note": "Ovanligt betyder fler än platsen och tiden brukar ha.",
}  # fmt: skip
