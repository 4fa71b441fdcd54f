"""Proposals without a mapping file, beside the mappings people wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.proposals import SOURCES, Source, judge, main, propose_source
from geo.cli import app
from geo.errors import IngestError
from geo.ingest.propose import Place, propose_file

BY_NAME = {source.name: source for source in SOURCES}


@pytest.mark.parametrize("source", SOURCES, ids=[source.mapping for source in SOURCES])
def test_a_real_file_is_understood_or_asked_about(real_data: Path, source: Source) -> None:
    proposal, truth = propose_source(source, real_data)
    got = judge(proposal, truth)
    assert set(got.values()) == {"right"}, (got, [u.question for u in proposal.unsure])
    assert "sexo" not in str(proposal.mapping.columns)


def load(folder: Path, source: Source, *arguments: object) -> dict[str, Any]:
    """Begin a workspace and load without a mapping, as a machine would."""
    started = ["init", folder, "--crs", source.crs, "--timezone", source.timezone]
    assert CliRunner().invoke(app, list(map(str, started))).exit_code == 0
    said = CliRunner().invoke(
        app, ["--json", "--workspace", str(folder), "load", *map(str, arguments)]
    )
    if isinstance(said.exception, IngestError):
        raise said.exception
    assert said.exit_code == 0, said.output
    return dict(json.loads(said.stdout.splitlines()[-1]))


def test_medellin_is_loaded_at_once_and_people_are_left_out(
    real_data: Path, tmp_path: Path
) -> None:
    source = BY_NAME["Medellín"]
    got = load(tmp_path / "k", source, "incidents", real_data / source.file)
    assert (got["n_read"], got["n_new"], got["n_unlocated"]) == (9360, 9360, 81)
    assert got["proposal"]["left_out"]["persons"] == ["sexo", "edad"]
    assert got["categories"] == {"violence_public": 9360}


def test_police_notices_loaded_as_incidents_are_stopped_and_told_what_they_are(
    real_data: Path, tmp_path: Path
) -> None:
    source = BY_NAME["polisen"]
    with pytest.raises(IngestError, match="läses in som notices"):
        load(tmp_path / "k", source, "incidents", real_data / source.file, "--yes")


def test_three_layers_are_asked_about_unless_the_extent_tells(real_data: Path) -> None:
    file = real_data / BY_NAME["three cities"].file
    asked = propose_file(file, frame="areas", place=Place("EPSG:3006", "Europe/Stockholm"))
    (item,) = asked.decisive
    assert (item.key, len(item.options)) == ("layer", 3)
    extents = {"malmo_delomraden": (365e3, 6_150e3, 385e3, 6_175e3),
               "goteborg_basomraden": (300e3, 6_380e3, 340e3, 6_420e3),
               "stockholm_basomraden": (660e3, 6_565e3, 690e3, 6_595e3)}  # fmt: skip
    for layer, extent in extents.items():
        place = Place("EPSG:3006", "Europe/Stockholm", extent)
        told = propose_file(file, frame="areas", place=place)
        assert (told.mapping.layer, told.decisive) == (layer, ())


def test_state_plane_feet_are_found_in_a_place_with_an_extent(real_data: Path) -> None:
    file = real_data / "chicago" / "311_street_lights_all_out_2012-04_2013-07.csv.gz"
    place = Place("EPSG:26971", "America/Chicago", (330e3, 550e3, 370e3, 600e3))
    got = propose_file(file, frame="faults", place=place)
    assert got.mapping.crs == "EPSG:3435"
    assert got.mapping.columns["closed_at"] == "Completed Date"
    assert next(iter(got.looks)) == "faults"
    assert got.decisive == ()


def test_the_table_is_printed_and_says_when_the_data_are_absent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path / "nowhere")]) == 0
    assert "not run: outside data absent" in capsys.readouterr().out
