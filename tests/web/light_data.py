"""The made-up town's comparison of the same clock hours in the dark and in daylight."""

from __future__ import annotations

DARK_HOURS = {
    "sentence": "Inget område och ingen händelsetyp skiljer säkert mellan mörka och ljusa dagar.",
    "period_label": "2025-11-24 – 2026-11-23",
    "hours_label": "Klockslag 17, 18, mot de alltid ljusa 09, 10.",
    "tests": [
        {"area_id": None, "area": "Hela kommunen", "group": "all",
         "group_label": "alla händelsetyper", "finding": "cannot_tell",
         "finding_label": "går inte att avgöra", "sentence": "Hela kommunen, alla händelsetyper: "
         "går inte att avgöra (oddskvot 1,23, 0,89–1,70; 905 händelser)."},
    ],
    "note": "Visar samband, inte orsak.",
}  # fmt: skip
