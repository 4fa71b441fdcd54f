"""The worklist: every lamp out is in it once, in the order of the rules, and says whose it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo.errors import AccessError, MapError
from geo.maps import Picture, Role
from geo.maps.access import RAW_ROLES
from geo.maps.worklist import STEPS, worklist
from geo.maps.worklist_file import WRITERS, write_worklist
from geo.maps.worklist_opening import opening
from tests.maps.town import conform, town_lamps, town_recommendations

if TYPE_CHECKING:
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.settings import Profile


@pytest.fixture
def seen(frames: dict[str, GeoDataFrame], run: Any, profile: Profile) -> Any:
    """Give a function that makes a picture of the town, with some frames replaced."""

    def make(role: Role = Role.PLANNER, lang: str = "sv", **tables: Any) -> Picture:
        made = {name: conform(name, rows) for name, rows in tables.items()}
        return Picture(frames=frames | made, run=run, profile=profile, role=role, lang=lang)

    return make


def with_errand() -> list[dict[str, Any]]:
    """Give the town's recommendations, the repair speaking of its two lamps."""
    rows = town_recommendations()
    rows[1]["reasons"][0]["ids"] = ["l3", "l4"]
    new = rows[1] | {"id": "rec3", "kind": "lamp_new", "rule": "lamp_new", "priority": 3}
    new["reasons"] = [{"code": "missing_metres", "value": 90, "unit": "m", "layer": "streets"}]
    calm = rows[1] | {"id": "rec4", "kind": "none", "rule": "light_not_cause", "priority": 4}
    return [*rows, new, calm]


def test_a_repair_tells_lamps_owner_days_and_cost(seen: Any) -> None:
    made = worklist(seen(recommendations=with_errand()))
    first, last = made.told["rows"]
    assert (first["rank"], first["kind"], first["place"]) == (1, "lamp_repair", "Parkstigen")
    assert first["pole_refs"] == ["=1+3", "=1+4"]
    assert first["owner_label"] == "kommunen"
    assert (first["days_open"], first["target_days"], first["late"]) == (7, 3, True)
    assert first["open_label"] == "öppet 7 dygn (mål 3)"
    assert (first["cost"]["low"], first["cost"]["high"], first["cost"]["n"]) == (7200, 8200, 2)
    assert "Eslöv 2023" in first["cost"]["basis"]
    assert (last["kind"], last["cost"]["n"], last["cost"]["low"]) == ("lamp_new", 4, 61_600)
    assert last["owner_label"] == ""  # no lamp is there to be owned
    assert last["street_owner_label"] == "kommunen"
    assert [row["id"] for row in made.told["not_light"]] == ["rec4"]


def test_every_lamp_that_is_out_is_in_the_list_once(seen: Any) -> None:
    told = worklist(seen(recommendations=with_errand())).told
    named = [lamp for row in [*told["rows"], *told["rounds"]] for lamp in row["lamp_ids"]]
    assert sorted(named) == ["l20", "l3", "l4"]
    assert told["numbers"]["n_out"] == 3


def test_a_row_of_lamps_that_lies_partly_in_a_place_is_mended_whole_and_once(seen: Any) -> None:
    rows = with_errand()
    rows[1]["reasons"][0]["ids"] = ["l3"]  # l4 is out in the same row, outside the place
    one = worklist(seen(recommendations=rows)).told["rows"]
    assert (one[0]["lamp_ids"], one[0]["n_lamps"], one[0]["cost"]["n"]) == (["l3", "l4"], 2, 2)
    assert one[0]["why"][-1] == "En ljuspunkt till i samma rad är släckt och lagas samtidigt"
    also = rows[1] | {"id": "rec5", "priority": 5}
    also["reasons"] = [rows[1]["reasons"][0] | {"ids": ["l4"]}]
    both = worklist(seen(recommendations=[*rows, also])).told["rows"]
    assert [r["lamp_ids"] for r in both if r["kind"] == "lamp_repair"] == [["l3"], ["l4"]]
    assert not any("samma rad" in line for r in both for line in r["why"])


def test_a_lamp_that_another_kind_of_work_names_is_still_mended(seen: Any) -> None:
    rows = with_errand()
    trim = rows[1] | {"id": "rec6", "kind": "vegetation", "rule": "vegetation", "priority": 6}
    told = worklist(seen(recommendations=[trim])).told
    mended = [i for row in [*told["rows"], *told["rounds"]] if row["kind"] == "lamp_repair"
              for i in row["lamp_ids"]]  # fmt: skip
    assert sorted(mended) == ["l20", "l3", "l4"]


def test_an_errand_that_no_rule_takes_up_is_listed_all_the_same(seen: Any) -> None:
    told = worklist(seen(recommendations=[])).told
    assert [row["id"] for row in told["rows"]] == ["o1"]
    assert told["rows"][0]["confidence"] == "likely"
    alone = told["rounds"][0]
    assert (alone["owner_label"], alone["n_lamps"]) == ("okänd ägare", 1)
    assert told["sentence"] == (
        "Börja med en reparation, öppen längre än målet. En enstaka ljuspunkt tas på nästa rond."
    )


def test_mending_stands_before_building_whatever_the_rules_rank(seen: Any) -> None:
    rows = with_errand()
    rows[2]["priority"], rows[1]["priority"] = 1, 9
    steps = [row["step"] for row in worklist(seen(recommendations=rows)).told["rows"]]
    assert steps == sorted(steps)
    assert steps[0] == STEPS["lamp_repair"]


def test_an_owner_that_is_not_known_is_said(seen: Any) -> None:
    lamps = town_lamps()
    lamps[3]["owner"] = None
    told = worklist(seen(recommendations=with_errand(), lamps=lamps)).told
    assert told["rows"][0]["owner_label"] == "kommunen, delvis okänd ägare"
    assert "Anläggningsägare saknas för 1 av 30 ljuspunkter" in told["notes"][0]
    for row in lamps:
        row["owner"] = None
    told = worklist(seen(recommendations=with_errand(), lamps=lamps)).told
    assert told["rows"][0]["owner_label"] == "okänd ägare"


def test_a_register_without_states_and_faults_cannot_say_what_to_mend(seen: Any) -> None:
    lamps = [row | {"state": "unknown"} for row in town_lamps()]
    none: dict[str, Any] = {"lamps": lamps, "faults": [], "outages": [], "recommendations": []}
    told = worklist(seen(**none)).told
    assert told["rows"] == []
    assert told["sentence"].startswith("Inget kan pekas ut att laga: ingen vet vilka")
    assert told["notes"][0].startswith("Ingen vet vilka ljuspunkter som lyser")
    bare = worklist(seen(**none | {"lamps": []})).told
    assert bare["sentence"].startswith("Inga ljuspunkter är inlästa")


def test_without_a_lamp_out_the_rest_of_the_list_stands(seen: Any) -> None:
    rows = [row for row in with_errand() if row["kind"] != "lamp_repair"]
    told = worklist(seen(recommendations=rows, outages=[], dark_stretches=[], faults=[])).told
    assert [row["kind"] for row in told["rows"]] == ["lamp_new"]
    assert told["rounds"] == []


def test_row_order_of_the_frames_changes_nothing(
    frames: dict[str, GeoDataFrame], run: Any, profile: Profile
) -> None:
    turned = {name: frame.iloc[::-1] for name, frame in frames.items()}
    one, other = (
        worklist(Picture(frames=f, run=run, profile=profile, role=Role.PLANNER)).told
        for f in (frames, turned)
    )
    assert one == other


@pytest.mark.parametrize("role", list(Role))
def test_only_those_with_recommendations_get_it(seen: Any, role: Role) -> None:
    picture = seen(role)
    if role in {*RAW_ROLES, Role.WARDEN, Role.FORUM, Role.PLANNER}:
        assert worklist(picture).told["role"]["id"] == role.value
        return
    with pytest.raises(AccessError):
        worklist(picture)


def test_reasons_are_those_that_may_leave(seen: Any) -> None:
    rows = with_errand()
    rows[1]["reasons"].append(
        {"code": "dark_reports", "value": 3, "unit": "reports", "n": 3, "layer": "reports",
         "ids": ["u1", "u2", "u3"]}
    )  # fmt: skip
    planner = worklist(seen(recommendations=rows)).told
    chief = worklist(seen(Role.SECURITY_CHIEF, recommendations=rows)).told
    assert "Rapporter om mörker eller släckt lampa." in planner["rows"][0]["why"]
    assert any(text.endswith("senaste året: 3.") for text in chief["rows"][0]["why"])
    assert "u1" not in str(planner)


@pytest.mark.parametrize("suffix", list(WRITERS))
def test_every_format_holds_every_row(seen: Any, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"lista{suffix}"
    assert write_worklist(path, seen(recommendations=with_errand())) == 3
    if suffix == ".xlsx":
        table = pd.read_excel(path, sheet_name="Åtgärdslista", engine="openpyxl")
        assert table["Stolpnummer"].tolist()[:1] == ["=1+3, =1+4"]  # text, no formula
        assert pd.read_excel(path, sheet_name="Nästa rond", engine="openpyxl").shape == (0, 2)
        assert len(pd.read_excel(path, sheet_name="Ljuset inte orsaken", engine="openpyxl")) == 1
    elif suffix == ".csv":
        table = pd.read_csv(path, sep=";", encoding="utf-8-sig")
        assert table["Stolpnummer"].tolist()[0].startswith("'=")
    elif suffix == ".gpkg":
        with closing(sqlite3.connect(path)) as base:
            names = {r[0] for r in base.execute("SELECT table_name FROM gpkg_contents")}
        assert {"outages", "dark_stretches", "lamps"} <= names
        return
    else:
        text = path.read_text(encoding="utf-8")
        assert "http" not in text.replace('lang="sv"', "")
        assert "Stolpar: =1+3, =1+4" in text
        assert "minskar" not in text
        return
    assert len(table) == 3


def test_another_suffix_is_refused_with_the_known_ones(seen: Any, tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"\.xlsx, \.csv, \.gpkg, \.html"):
        write_worklist(tmp_path / "lista.docx", seen())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"n_repair": 3, "n_late": 1}, "Börja med tre reparationer, varav en öppen över målet."),
        ({"n_look": 1}, "En sak att se över."),
        ({"n_repair": 1, "n_look": 2, "n_new": 1},
         ("Börja med en reparation. Sedan två saker att se över och en plats att utreda ny "
         "belysning på.")),
        ({"analysed": 0}, "Ingen analys är gjord än, så det finns ingen åtgärdslista."),
        ({"n_not_light": 2}, ("Inget att göra åt belysningen, så vitt registret vet. "
         "På två platser är ljuset nog inte orsaken.")),
    ],
)  # fmt: skip
def test_the_opening_says_what_a_person_would(numbers: dict[str, int], said: str) -> None:
    none = dict.fromkeys(("n_repair", "n_late", "n_look", "n_new", "n_round", "n_not_light"), 0)
    assert opening(none | {"n_lamps": 9} | numbers) == said
    assert opening(none | {"n_lamps": 9} | numbers, lang="en")


def test_english_is_whole(seen: Any) -> None:
    told = worklist(seen(lang="en", recommendations=with_errand())).told
    assert told["rows"][0]["work"].startswith("Mend the lighting")
    assert told["rows"][0]["open_label"] == "open 7 days (target 3)"
    assert told["order"].startswith("Mend before building")
