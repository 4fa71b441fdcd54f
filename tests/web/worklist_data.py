"""The worklist of the made-up town, made of what its week recommends about light."""

from __future__ import annotations

from typing import Any

from tests.web.situation_data import situation


def worklist(week: str, role: str) -> dict[str, Any]:
    """Give the worklist of a week."""
    told = situation(week, role)
    repairs = [item for item in told["recommendations"] if item["kind"] == "lamp_repair"]
    rows = [_row(item, rank) for rank, item in enumerate(repairs, start=1)]
    rounds = [
        {"id": "round", "work": "Enstaka släckta ljuspunkter: ta på nästa rond",
         "owner_label": "okänd ägare", "n_lamps": 12, "n_late": 3, "target_days": 30,
         "pole_refs": ["901", "902"]}
    ]  # fmt: skip
    first = {0: "Inget att göra åt belysningen, så vitt registret vet."}.get(
        len(rows), "Börja med två reparationer, varav en öppen över målet."
    )
    return {
        "sentence": first,
        "first": first,
        "rest": "Tolv enstaka ljuspunkter tas på nästa rond." if rows else "",
        "order": "Reparera före nyinvestering.",
        "promise": "Bättre ljus kan öka tryggheten. Att det händer mindre lovar vi inte.",
        "numbers": {"n_lamps": 240, "n_out": 16, "n_off_on_purpose": 4, "dark_m": {"outage": 132}},
        "rows": rows,
        "rounds": rounds if rows else [],
        "not_light": [],
        "cannot_tell": [],
        "notes": ["Räkna alltid på platsen."],
    }


def _row(item: dict[str, Any], rank: int) -> dict[str, Any]:
    late = rank == 1
    return {
        "id": item["id"], "rank": rank, "step": 1, "kind": item["kind"],
        "kind_label": item["kind_label"], "place_id": item["place_id"],
        "place": item["place_name"], "work": item["sentence"].rstrip("."),
        "why": [reason["text"] for reason in item["reasons"]],
        "confidence": item["confidence"], "confidence_label": item["confidence_label"],
        "caveat": item["caveat"], "grade": "C", "basis": "Serviceklasser.",
        "follow_up_weeks": [12, 52], "n_lamps": 2, "pole_refs": [f"{rank}01", f"{rank}02"],
        "owners": ["Kommunen"] if late else [],
        "owner_label": "Kommunen" if late else "okänd ägare", "street_owner_label": "Kommunen",
        "days_open": 40 if late else 1, "target_days": 3, "late": late,
        "open_label": f"öppet {40 if late else 1} dygn (mål 3)",
        "cost": {"low": 7200, "high": 8200, "n": 2, "basis": "Eslöv 2023",
                 "label": "7 200–8 200 kr, om båda armaturerna byts"},
        "bbox": None,
    }  # fmt: skip
