"""Real files through the mappings in docs/mappings, with their sums."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path

import pytest

from geo.ingest import Ingested, Mapping, read_file

MAPPINGS = Path(__file__).resolve().parents[2] / "docs" / "mappings"
FILES = {
    "washington_dc_crimes": ("washington_dc/crime_incidents_2018-01_06.csv.gz", "EPSG:26985"),
    "washington_dc_lights": ("washington_dc/downtown_street_lights.csv.gz", "EPSG:26985"),
    "washington_dc_roadway": ("washington_dc/downtown_roadway.gpkg", "EPSG:26985"),
    "memphis_robberies": ("memphis/memphis_2019.gpkg", "EPSG:26916"),
    "memphis_precincts": ("memphis/memphis_2019.gpkg", "EPSG:26916"),
    "trelleborg_lamps": ("sweden/trelleborg_street_lights_2014.csv.gz", "EPSG:3006"),
    "stockholm_streets_osm": ("sweden/stockholm_ostermalm_2020.osm.gz", "EPSG:3006"),
    "stockholm_lamps_osm": ("sweden/stockholm_ostermalm_2020.osm.gz", "EPSG:3006"),
    "vancouver_crimes": ("vancouver/crime_2020.csv.gz", "EPSG:26910"),
}
BY_COMMAND = {
    "champaign_lamps",
    "durham_street_crimes",
    "houston_crimes",
    "lillehammer_lamps",
    "medellin_homicides",
    "new_york_vehicle_thefts",
    "pittsburgh_requests",
    "polisen_events",
    "polisen_events_api",
    "three_cities_goteborg",
    "three_cities_malmo",
    "three_cities_stockholm",
}
"""Tried in tests/real/test_sums.py."""
TEMPLATES = {"lux_log"}
"""For what a municipality measures itself; tried in tests/cli/test_light.py."""


def load(name: str, folder: Path) -> Ingested:
    file, crs = FILES[name]
    return read_file(
        folder / file, mapping=Mapping.read(MAPPINGS / f"{name}.toml"), crs=crs,
        timezone="Europe/Stockholm", extent=None, key=b"k",
    )  # fmt: skip


def reasons(got: Ingested) -> dict[str, int]:
    return {str(k): int(n) for k, n in
            got.rejects["reasons"].explode().value_counts().sort_index().items()}  # fmt: skip


def test_every_mapping_in_the_docs_is_valid_and_tried_here() -> None:
    assert {path.stem for path in MAPPINGS.glob("*.toml")} == set(FILES) | BY_COMMAND | TEMPLATES
    for path in MAPPINGS.glob("*.toml"):
        assert len(Mapping.read(path).version) == 12


def test_the_page_on_mappings_names_every_key_and_every_file() -> None:
    page = (MAPPINGS / "README.md").read_text(encoding="utf-8")
    for name in Mapping.model_fields:
        assert f"`{name}`" in page, name
    for stem in set(FILES) | BY_COMMAND:
        assert f"[{stem}.toml]({stem}.toml)" in page, stem


def test_washington_crimes(real_data: Path) -> None:
    got = load("washington_dc_crimes", real_data)
    assert (got.n_read, len(got.accepted), got.n_repeated) == (13_820, 13_811, 5)
    assert reasons(got) == {"duplicate_reference": 2, "time_out_of_range": 2}
    assert got.n_unlocated == 0
    assert int(got.accepted["occurred_to"].notna().sum()) == 11_426
    assert got.categories == {
        "theft": 5903, "vehicle_crime": 5458, "robbery": 882, "violence_public": 833,
        "burglary": 604, "other": 128, "arson_fire": 3}  # fmt: skip
    assert got.other == {"SEX ABUSE": 128}
    assert got.period is not None
    assert got.period[1].isoformat() == "2018-06-18T03:41:13+00:00"


def test_washington_times_are_local_though_marked_as_utc(real_data: Path) -> None:
    file = real_data / FILES["washington_dc_crimes"][0]
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        shifts = [row["SHIFT"] for row in csv.DictReader(stream)]
    got = load("washington_dc_crimes", real_data)
    local = got.accepted["reported_at"].dt.tz_convert("America/New_York")
    by_day = int(local.dt.hour.between(7, 14).sum())
    assert abs(by_day - shifts.count("DAY")) < 0.02 * len(shifts)


def test_washington_lights(real_data: Path) -> None:
    got = load("washington_dc_lights", real_data)
    assert (got.n_read, len(got.accepted)) == (3963, 3963)
    heights = got.accepted["height_m"].dropna()
    assert set((heights / 0.3048).round(6)) <= set(range(100))
    assert heights.between(3, 16).all()
    assert got.accepted["state"].unique().tolist() == ["unknown"]
    assert int(got.accepted["light_source"].notna().sum()) > 3900


def test_washington_roadway_gets_junctions_and_lengths(real_data: Path) -> None:
    got = load("washington_dc_roadway", real_data)
    assert (got.n_read, len(got.accepted)) == (1032, 1032)
    assert got.accepted["length_m"].sum() / 1000 == pytest.approx(92, abs=1)
    nodes = set(got.accepted["from_node"]) | set(got.accepted["to_node"])
    assert 500 < len(nodes) < 1032
    assert got.accepted["lit"].unique().tolist() == ["unknown"]


def test_memphis(real_data: Path) -> None:
    got = load("memphis_robberies", real_data)
    assert (got.n_read, len(got.accepted), got.categories) == (2245, 2245, {"robbery": 2245})
    hours = got.accepted["occurred_from"].dt.tz_convert("America/Chicago").dt.hour
    assert int(hours.between(19, 23).sum()) == 163 + 173 + 168 + 165 + 162
    precincts = load("memphis_precincts", real_data)
    assert (precincts.n_read, len(precincts.accepted)) == (9, 9)
    assert precincts.flagged == {"geometry_mended": 1}


def test_trelleborg(real_data: Path) -> None:
    got = load("trelleborg_lamps", real_data)
    assert (got.n_read, len(got.accepted), got.n_repeated) == (8633, 8628, 5)
    west, south, east, north = got.accepted.total_bounds
    assert (round(east - west, -3), round(north - south, -3)) == (27_000, 16_000)


def test_ostermalm(real_data: Path) -> None:
    got = load("stockholm_streets_osm", real_data)
    with gzip.open(real_data / FILES["stockholm_streets_osm"][0], "rt", encoding="utf-8") as file:
        ways = re.findall(r"<way .*?</way>", file.read(), re.DOTALL)
    highways = [w for w in ways if 'k="highway"' in w]
    streets = [w for w in highways
               if not re.search(r'k="highway" v="(platform|elevator|escalator)"', w)]  # fmt: skip
    assert got.layout == {"ways": len(highways), "ways_not_streets": len(highways) - len(streets)}
    assert len(got.accepted) == got.n_read >= len(streets)
    share = got.accepted.groupby("lit")["length_m"].sum() / got.accepted["length_m"].sum()
    assert set(share.index) == {"yes", "unknown"}
    assert share["unknown"] > 0.5
    assert len(load("stockholm_lamps_osm", real_data).accepted) == 6


def test_vancouver_offences_without_place_are_no_midnight_hotspot(real_data: Path) -> None:
    got = load("vancouver_crimes", real_data)
    assert (got.n_read, len(got.accepted)) == (37_512, 37_510)
    assert reasons(got) == {"time_in_gap": 2}
    assert got.n_unlocated == 3751
    assert got.flagged == {"time_in_fold": 7, "time_unknown": 3750}
    hidden = got.accepted[got.accepted["category"] == "violence_public"]
    assert len(hidden) == 3750
    assert not hidden["time_known"].any()
    assert hidden.geometry.isna().all()
