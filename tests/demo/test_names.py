"""Invented names are nobody's: not a real locality's, not an area's on the police's list."""

from __future__ import annotations

import difflib
from pathlib import Path

import pyogrio
import pytest

from geo.demo import plan
from geo.demo.places import _FIXED

POLICE_LISTED = {
    "alby", "apelgården", "araby", "araby/dalbo", "bellevuegården", "bergsjön", "biskopsgården",
    "brandbergen", "bredäng", "drottninghög", "edsberg", "finnsta", "fittja", "fornhöjden",
    "fröslunda", "gamlegården", "geneta", "gottsunda", "grantorp", "hageby", "hagsätra",
    "hallonbergen", "hallunda", "hammarkullen", "hermodsdal", "hjällbo", "holma", "hovsjö",
    "hulta", "husby", "hässelby", "hässleholmen", "jordbro", "karlslund", "klockaretorpet",
    "koppargården", "kroksbäck", "kronogården", "lagersberg", "lindängen", "lorensborg",
    "lövgärdet", "navestad", "norrby", "norsborg", "nydala", "oxhagen", "rannebergen",
    "ringdansen", "rinkeby", "ronna", "rosengård", "råby", "rågsved", "råslätt", "seved",
    "sjöbo", "skiftinge", "skogås", "skäggetorp", "storvreten", "södra sofielund", "tensta",
    "tjärna ängar", "tureberg", "tynnered", "valsta", "varberga", "visättra", "vivalla",
    "vårberg", "vårby", "östberga",
}  # fmt: skip
PLACES = sorted(
    {plan.NAME.removesuffix("s kommun")}
    | {town.name for town in (plan.GRANVAD, plan.ULVASUND)}
    | {name for name, *_ in plan.VILLAGES}
)
PARTS = sorted(
    {
        part.name
        for town in (plan.GRANVAD, plan.ULVASUND)
        for part in (town.core, *town.inner, *town.outer)
    }
    | {name for name, *_ in plan.LAKES}
    | {plan.RIVER_NAME}
)


@pytest.fixture(scope="module")
def localities(real_data: Path) -> set[str]:
    table = pyogrio.read_dataframe(real_data / "sweden" / "tatorter_2020.gpkg", read_geometry=False)
    return {str(n).lower() for n in table["name"]} | {str(n).lower() for n in table["mun_name"]}


def _alike(name: str, real: set[str]) -> list[str]:
    """Real names that are the same, or so close that one would be taken for the other."""
    low = name.lower()
    return [
        other for other in real if other == low
        or (min(len(low), len(other)) >= 5
            and difflib.SequenceMatcher(None, low, other).ratio() >= 0.87)
    ]  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_no_town_or_village_resembles_a_real_locality(name: str, localities: set[str]) -> None:
    assert _alike(name, localities) == []


@pytest.mark.parametrize("name", PARTS)
def test_no_district_lake_or_park_is_a_real_locality(name: str, localities: set[str]) -> None:
    assert name.lower() not in localities


@pytest.mark.parametrize("name", [*PLACES, *PARTS])
def test_no_name_is_on_the_police_list(name: str) -> None:
    assert _alike(name, POLICE_LISTED) == []


def test_no_facility_is_named_after_a_real_place(localities: set[str]) -> None:
    words = {w.lower() for name, *_ in _FIXED for w in name.split()}
    assert words & (POLICE_LISTED | localities) == set()


def test_no_street_is_named_as_a_locality(demo_folder: Path, localities: set[str]) -> None:
    streets = pyogrio.read_dataframe(demo_folder / "files" / "vagnat.gpkg", read_geometry=False)
    names = {n.lower() for n in streets["gatunamn"].dropna()}
    assert len(names) > 400
    assert names & (localities | POLICE_LISTED) == set()
