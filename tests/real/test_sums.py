"""Real files with a mapping each: what came, to the row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.ingest import Ingested, Mapping, read_file

MAPPINGS = Path(__file__).resolve().parents[2] / "docs" / "mappings"
CITIES = "sweden/stadsomraden_3_stader.gpkg"
BY_COMMAND = {
    "medellin_homicides": ("incidents", "medellin/medellin_homicides.csv.gz", "EPSG:32618",
                           "America/Bogota"),
    "lillehammer_lamps": ("lamps", "norway/lillehammer_lamps.csv.gz", "EPSG:25833", "Europe/Oslo"),
    "three_cities_stockholm": ("areas", CITIES, "EPSG:3006", "Europe/Stockholm"),
    "three_cities_malmo": ("areas", CITIES, "EPSG:3006", "Europe/Stockholm"),
    "three_cities_goteborg": ("areas", CITIES, "EPSG:3006", "Europe/Stockholm"),
    "champaign_lamps": ("lamps", "champaign/street_lights.gpkg", "EPSG:26971", "America/Chicago"),
    "pittsburgh_requests": ("incidents", "pittsburgh/311_requests_sample_2016.csv", "EPSG:32617",
                            "America/New_York"),
    "durham_street_crimes": ("incidents", "uk/durham_street_2018-10_2019-01.csv.gz", "EPSG:27700",
                             "Europe/London"),
    "polisen_events_api": ("notices", "sweden/polisen_api_response_2025-06-15.json", "EPSG:3006",
                           "Europe/Stockholm"),
}  # fmt: skip
SUMS = {
    "medellin_homicides": (9360, 9360, 0, 0, 0, 0, 81),
    "lillehammer_lamps": (2477, 2477, 0, 0, 0, 0, 0),
    "three_cities_stockholm": (419, 419, 0, 0, 0, 0, 0),
    "three_cities_malmo": (136, 136, 0, 0, 0, 0, 0),
    "three_cities_goteborg": (1012, 1012, 0, 0, 0, 0, 0),
    "champaign_lamps": (4556, 4556, 0, 0, 0, 0, 0),
    "pittsburgh_requests": (500, 500, 0, 0, 0, 0, 25),
    "durham_street_crimes": (25_348, 25_336, 0, 10, 2, 0, 16),
    "polisen_events_api": (500, 500, 0, 0, 0, 0, 500),
}
"""Read, new, changed, unchanged, rejected, refused; and unlocated among the kept."""
FLAGS = {
    "lillehammer_lamps": {"doubled_pole": 389},  # luminaires on one pole, no direction told
    "champaign_lamps": {"time_unreadable:installed": 6, "unreadable:power_w": 192},
    "pittsburgh_requests": {"unknown_category": 262},
    "durham_street_crimes": {"far_away": 32, "time_unknown": 25_336},
}
PERIODS = {
    "medellin_homicides": ["2010-01-01T02:00:00Z", "2019-12-31T13:00:00Z"],
    "pittsburgh_requests": ["2015-04-22T12:47:00Z", "2019-09-16T18:05:00Z"],
    "durham_street_crimes": ["2018-09-30T23:00:00Z", "2019-01-01T00:00:00Z"],
    "polisen_events_api": ["2025-06-09T05:00:14Z", "2025-06-15T11:39:01Z"],
}


def command(*arguments: object) -> dict[str, Any]:
    """Run the command line; its answer to machines."""
    said = CliRunner().invoke(app, ["--json", *map(str, arguments)], catch_exceptions=False)
    assert said.exit_code == 0, said.output
    return dict(json.loads(said.stdout.splitlines()[-1]))


@pytest.mark.parametrize("name", list(BY_COMMAND))
def test_every_row_of_a_real_file_is_accounted_for(
    real_data: Path, tmp_path: Path, name: str
) -> None:
    frame, file, crs, timezone = BY_COMMAND[name]
    command("init", tmp_path / "k", "--crs", crs, "--timezone", timezone)
    got = command("--workspace", tmp_path / "k", "load", frame, real_data / file,
                  "--map", MAPPINGS / f"{name}.toml")  # fmt: skip
    keys = ("n_read", "n_new", "n_changed", "n_unchanged", "n_rejected", "n_refused", "n_unlocated")
    assert tuple(got[key] for key in keys) == SUMS[name]
    assert got["n_read"] == sum(got[key] for key in keys[1:-1])
    known = {flag: n for flag, n in got["n_flagged"].items() if flag != "near_duplicate"}
    assert known == FLAGS.get(name, {})
    assert got["period"] == PERIODS.get(name, [])


def read(real_data: Path, name: str, file: str, crs: str) -> Ingested:
    """Read a large file without storing it."""
    mapping = Mapping.read(MAPPINGS / f"{name}.toml")
    return read_file(real_data / file, mapping=mapping, crs=crs, timezone="UTC", extent=None,
                     key=b"k")  # fmt: skip


def sums(got: Ingested) -> tuple[int, ...]:
    """Give read, kept, repeated, rejected, refused, unlocated."""
    assert got.n_read == len(got.accepted) + got.n_repeated + len(got.rejects) + got.n_refused
    return (got.n_read, len(got.accepted), got.n_repeated, len(got.rejects), got.n_refused,
            got.n_unlocated)  # fmt: skip


def test_seventy_thousand_police_notices_have_an_area_and_never_a_point(real_data: Path) -> None:
    file = "sweden/polisen_events_2022-09_2025-12.csv.gz"
    got = read(real_data, "polisen_events", file, "EPSG:3006")
    assert sums(got) == (70_290, 70_290, 0, 0, 0, 70_290)
    assert got.accepted.geometry.isna().all()
    assert got.accepted["area"].nunique() == 311
    assert got.accepted["type"].nunique() == 94
    lag = got.accepted["published_at"] - got.accepted["occurred"]
    assert abs(lag.median().total_seconds() / 3600 - 0.7) < 0.1  # the local hour was understood


def test_houston_reads_the_local_clock_and_keeps_homes_out(real_data: Path) -> None:
    got = read(real_data, "houston_crimes", "houston/crime_2010-01_06.csv.gz", "EPSG:32615")
    assert sums(got) == (64_062, 60_522, 0, 8, 3532, 1)
    assert got.refused == {"in_home": 3532}
    assert got.rejects["reasons"].explode().unique().tolist() == ["time_in_gap"]
    assert got.other == {"rape": 122}
    local = got.accepted["occurred_from"].dt.tz_convert("America/Chicago")
    assert (str(local.min())[:13], str(local.max())[:13]) == ("2010-01-01 00", "2010-06-30 23")
    assert set(got.accepted["setting"]) == {"outdoor", "dwelling_exterior", "unknown"}


def test_new_york_keeps_every_interval(real_data: Path) -> None:
    file = "new_york/vehicle_thefts_with_interval_2014_2017.csv.gz"
    got = read(real_data, "new_york_vehicle_thefts", file, "EPSG:32618")
    assert sums(got) == (35_746, 35_746, 0, 0, 0, 0)
    assert got.flagged == {"time_in_fold": 9}
    ends = got.accepted["occurred_to"]
    assert (ends.dropna() > got.accepted.loc[ends.notna(), "occurred_from"]).all()
    assert int(ends.notna().sum()) == 32_382  # the others end when they began


def test_lillehammer_heights_powers_and_sources_are_understood(real_data: Path) -> None:
    got = read(real_data, "lillehammer_lamps", "norway/lillehammer_lamps.csv.gz", "EPSG:25833")
    lamps = got.accepted
    assert lamps["light_source"].value_counts().to_dict() == {
        "hps": 390, "led": 90, "metal_halide": 4, "mercury": 1, "other": 32}  # fmt: skip
    assert got.unmapped == {"light_source": {"3752": 32}}
    assert int(lamps["power_w"].notna().sum()) == 2477 - 656
    assert lamps["height_m"].dropna().between(3, 12).all()
    west, south, east, north = lamps.total_bounds
    assert (round(west), round(south), round(east), round(north)) == (
        247_300, 6_774_243, 258_876, 6_794_438)  # fmt: skip


def test_the_three_cities_lie_where_they_are(real_data: Path) -> None:
    middles = {"stockholm": (674_500, 6_580_500), "malmo": (373_700, 6_162_200),
               "goteborg": (318_600, 6_400_400)}  # fmt: skip
    for city, (east, north) in middles.items():
        got = read(real_data, f"three_cities_{city}", CITIES, "EPSG:3006")
        west, south, right, top = got.accepted.total_bounds
        assert abs((west + right) / 2 - east) < 8000, city
        assert abs((south + top) / 2 - north) < 8000, city
