"""Real registers of lamps: what each can say by itself, and the full picture where all is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.lighting.register import lit_streets, register_overview
from geo.maps import Role, picture
from geo.maps.worklist import worklist
from geo.maps.worklist_file import write_worklist
from geo.pipeline import Order, analyse
from tests.real.test_walk import CRIMES, LAMPS, STREETS, WEEK, city, washington

if TYPE_CHECKING:
    from pathlib import Path

REGISTERS = {
    "champaign": (
        ("champaign_lamps", "champaign/street_lights.gpkg"),
        {"name": "Champaign", "crs": "EPSG:26916", "timezone": "America/Chicago"},
    ),
    "lillehammer": (
        ("lillehammer_lamps", "norway/lillehammer_lamps.csv.gz"),
        {"name": "Lillehammer", "crs": "EPSG:25833", "timezone": "Europe/Oslo"},
    ),
    "trelleborg": (
        ("trelleborg_lamps", "sweden/trelleborg_street_lights_2014.csv.gz"),
        {"name": "Trelleborg"},
    ),
}

LILLEHAMMER = {
    "n": 2477, "n_height": 1189, "n_power": 1821, "n_flux": 0, "n_source": 517, "n_owner": 1554,
    "n_pole_ref": 8, "n_state": 0, "n_doubled": 666, "n_alone": 0,
    "spacing_m": [28.6, 35.6, 48.4],
    "bands": {"probably_ok": 644, "uncertain": 880, "probably_short": 287},
    "doubts": {"doubled_pole": 389},
}  # fmt: skip
OSTERMALM = {"n": 1986, "yes_m": 10_295, "no_m": 0, "unknown_m": 62_408}


def overview(name: str, data: Path, folder: Path) -> dict[str, Any]:
    """Load a register and tell what it holds."""
    one, profile = REGISTERS[name]
    made = city(folder / "kommun", data, **profile)
    made.load(one)
    with made.workspace.store() as store:
        return register_overview(store.read("lamps"))


def test_trelleborg_posts_are_points_only_and_screened_by_spacing(
    real_data: Path, tmp_path: Path
) -> None:
    told = overview("trelleborg", real_data, tmp_path)
    assert (told["n"], told["n_pole_ref"], told["n_height"], told["n_state"]) == (8628, 8628, 0, 0)
    assert told["spacing_m"] == [24.7, 29.8, 37.6]
    assert told["bands"] == {"probably_ok": 1919, "uncertain": 4221, "probably_short": 2425}


def test_champaign_has_watts_and_no_heights_that_can_be_believed(
    real_data: Path, tmp_path: Path
) -> None:
    told = overview("champaign", real_data, tmp_path)
    assert (told["n"], told["n_height"]) == (4556, 0)
    assert round(told["n_power"] / told["n"], 2) == 0.73
    assert told["spacing_m"] == [22.7, 29.4, 43.8]


def test_lillehammer_knows_owners_and_heights(real_data: Path, tmp_path: Path) -> None:
    told = overview("lillehammer", real_data, tmp_path)
    assert told == LILLEHAMMER


def test_ostermalm_says_little_of_light_and_that_is_not_darkness(
    real_data: Path, tmp_path: Path
) -> None:
    made = city(tmp_path / "kommun", real_data, name="Östermalm")
    made.load(("stockholm_streets_osm", "sweden/stockholm_ostermalm_2020.osm.gz"))
    with made.workspace.store() as store:
        told = lit_streets(store.read("streets"))
    assert told == OSTERMALM


def test_posts_alone_are_analysed_and_their_spacing_is_a_layer(
    real_data: Path, tmp_path: Path
) -> None:
    one, profile = REGISTERS["trelleborg"]
    made = city(tmp_path / "kommun", real_data, **profile)
    made.load(one)
    with made.workspace.store() as store:
        run = analyse(made.workspace, store, Order(week=WEEK))
        seen = picture(store, made.workspace.profile, week=WEEK, role=Role.PLANNER)
    assert run.summary["lacking"] == ["incidents", "streets"]
    bands = seen.layer("lamp_spacing")["spacing_band"].value_counts()
    assert bands[["probably_ok", "uncertain", "probably_short"]].tolist() == [1919, 4221, 2425]
    told = worklist(seen).told
    assert told["rows"] == []
    assert "2\u202f425 sannolikt för glest" in told["rest"].replace("\xa0", "\u202f")
    assert {d["name"]: d["visible"] for d in seen.situation["layers"]}["lamp_spacing"]


def test_ostermalm_is_told_lit_by_the_network_and_never_unlit(
    real_data: Path, tmp_path: Path
) -> None:
    made = city(tmp_path / "kommun", real_data, name="Östermalm")
    file = "sweden/stockholm_ostermalm_2020.osm.gz"
    for one in (("stockholm_streets_osm", file), ("stockholm_lamps_osm", file)):
        made.load(one)
    with made.workspace.store() as store:
        run = analyse(made.workspace, store, Order(week=WEEK))
        seen = picture(store, made.workspace.profile, week=WEEK, role=Role.PLANNER)
    lux = run.summary["light_facts"]["lux"]
    assert lux["street_m"]["unlit"] == lux["street_m"]["dark"] == 0  # six lamps survey nothing
    assert round(lux["said_lit_m"], -2) == 10_200
    assert seen.layer("dark_stretches").empty
    assert {d["name"]: d["visible"] for d in seen.situation["layers"]}["lit_streets"]


@pytest.mark.slow
def test_washington_gets_a_worklist_that_claims_no_repairs_it_cannot_know(
    real_data: Path, tmp_path: Path
) -> None:
    made = washington(tmp_path / "kommun", real_data)
    for one in (CRIMES, STREETS, LAMPS):
        made.load(one)
    with made.workspace.store() as store:
        analyse(made.workspace, store, Order(week=WEEK, weeks=20))
        seen = picture(store, made.workspace.profile, week=WEEK, role=Role.PLANNER)
    told = worklist(seen).told
    numbers = told["numbers"]
    assert (numbers["n_lamps"], numbers["n_out"], numbers["n_state_unknown"]) == (3963, 0, 3963)
    assert numbers["n_repair"] == numbers["n_round"] == 0
    assert told["notes"][0].startswith("Ingen vet vilka ljuspunkter som lyser")
    assert {row["street_owner_label"] for row in told["rows"]} == {"DDOT"}
    assert {row["kind"] for row in told["rows"]} <= {"check", "investigate", "lamp_adjust",
                                                     "vegetation", "lamp_new"}  # fmt: skip
    assert numbers["n_not_light"] == 0  # nobody knows whether the lamps work: not cleared, but
    assert "light_unseen" in {row["rule"] for row in told["rows"]}  # to be seen after dark
    for suffix in (".xlsx", ".gpkg", ".html"):
        assert write_worklist(tmp_path / f"lista{suffix}", seen) == len(told["rows"])
