"""The layer of the detailed sheet, and what a worklist says it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.maps import swedish
from geo.maps.gate import view, visible_layers
from geo.maps.layers_class import CLASS_CHECKS
from geo.maps.layers_dark import open_label, target_words
from geo.maps.words import word
from geo.maps.worklist_basis import basis_notes, coverage, doubt_notes

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

PLANT = {
    "n_lamps": 1200, "assumed": {"height_m": 1200, "flux_lm": 3, "optic": 1000},
    "doubts": {"height_in_feet": 1200, "zero_watt": 4, "at_sea": 2},
    "optics": {"files": {"park.ldt": 200}, "notes": {"park.ldt": ["several_lamp_sets"]},
               "unknown": {"XB-40": 7}},
}  # fmt: skip
FACTS = {
    "lux": {"street_m": {"enough": 6000.0, "unlit": 1000.0, "not_inventoried": 3000.0},
            "plant": PLANT},
    "classes": {"n": 12, "metres_by_band": {"probably_ok": 300.0, "probably_short": 100.0},
                "unmatched": ["Ingenstans"]},
}  # fmt: skip


def test_a_stretch_says_class_values_faces_and_who_decided(
    frames: dict[str, GeoDataFrame],
) -> None:
    rows = view("class_checks", frames["class_checks"], "planner").set_index("id")
    short, good = rows.loc["l1:l2"], rows.loc["l2:l3"]
    assert short["met_label"] == "P4: sannolikt inte uppfylld (sannolikhet 10\u00a0%)"
    assert short["values_label"] == (
        "Em 4,1\u00a0lx (3,2\u20135,4) · Emin 0,6\u00a0lx (0,4\u20131,1) · Uo 0,15 (0,12\u20130,20)"
    )
    assert short["faces_label"].startswith("1,5 m upp: Ev som minst 0,4\u20130,9")
    assert short["decided_label"] == "programmets förval, ingen har beslutat"
    assert short["lamps_label"] == "1 av 2 ljuspunkter släckta"
    assert good["decided_label"] == "Gatunämnden 2026-03-02"
    assert good["lamps_label"] == (
        "Mer än 1,5 gånger klassens medelvärde, fotometrisk fil för 2 av 2"
    )
    english = view("class_checks", frames["class_checks"], "planner", lang="en").set_index("id")
    assert english.loc["l1:l2", "met_label"].startswith("P4: probably not met")


@pytest.mark.parametrize("name", CLASS_CHECKS.paint.values)
def test_every_band_has_words_and_a_sign(name: str) -> None:
    assert any(word("class_band", name).split()[-1] in sign.sv for sign in CLASS_CHECKS.legend)


def test_the_public_gets_no_sheet() -> None:
    assert "class_checks" not in visible_layers("public")
    assert "class_checks" in visible_layers("planner")


def test_a_worklist_says_what_its_light_rests_on() -> None:
    told = basis_notes(FACTS)
    assert told[0] == (
        "Gatunätet: 6,0\u00a0km har ljuspunkter, 1,0\u00a0km saknar belysning, 3,0\u00a0km "
        "(30\u00a0%) är ej inventerat."
    )
    whole = " ".join(told)
    assert f"höjden för {swedish.number(1200)}" in whole
    assert f"höjden ser ut att vara i fot ({swedish.number(1200)})" in whole
    assert "effekten är 0 W (4)" in whole
    assert "i vatten (2)" in whole
    assert "park.ldt (200)" in whole
    assert "flera lampuppsättningar" in whole
    assert "Armaturer utan fotometrisk fil: XB-40 (7)" in whole
    assert (
        "uppfylld på 300\u00a0m, osäker på 0\u00a0m, sannolikt inte uppfylld på 100\u00a0m" in whole
    )
    assert "Ingenstans" in whole
    assert len(basis_notes(FACTS, lang="en")) == len(told)


def test_nothing_is_said_of_nothing() -> None:
    assert basis_notes(None) == []
    assert basis_notes({"lux": {"street_m": {}, "plant": PLANT | {"n_lamps": 0}}}) == []
    assert coverage({}) == ""
    assert doubt_notes({}, n=5) == []


def test_a_target_below_a_day_is_told_in_hours() -> None:
    assert target_words(3.0) == "3"
    assert target_words(0.042) == "1 timme"
    assert target_words(0.5, lang="en") == "12 hours"
    assert open_label({"days_open": None, "target_days": 0.042}) == (
        "okänt hur länge (mål 1 timme)"
    )
    assert open_label({"days_open": None, "target_days": 3.0}) == "okänt hur länge (mål 3 dygn)"
