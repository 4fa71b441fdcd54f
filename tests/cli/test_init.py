"""How a municipality begins: by name, by a layer, by its first file; how that is mended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely import box
from typer.testing import CliRunner

from geo.cli import app
from geo.errors import LagesbildError, SettingsError
from geo.settings import Profile

CRS = "EPSG:3006"


def run(*arguments: object) -> tuple[str, dict[str, Any]]:
    """Run the command line; what it says, and what it says to machines."""
    words = [str(each) for each in arguments]
    said = CliRunner().invoke(app, words, catch_exceptions=True)
    if isinstance(said.exception, LagesbildError):
        raise said.exception
    assert said.exit_code == 0, said.output
    return said.stdout, json.loads(said.stdout) if "--json" in words else {}


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    path = tmp_path / "plan.gpkg"
    gpd.GeoDataFrame(geometry=[box(5e5, 63e5, 5.1e5, 63.1e5)], crs=CRS).to_file(path)
    return path


def test_by_name_the_municipality_has_name_and_extent(tmp_path: Path) -> None:
    said, _ = run("init", tmp_path / "k", "--kommun", "goteborg")
    profile = Profile.read(tmp_path / "k")
    assert profile.name == "Göteborg"
    assert profile.extent is not None
    assert "är Göteborg" in said


def test_a_name_of_ones_own_wins(tmp_path: Path) -> None:
    run("init", tmp_path / "k", "--kommun", "Lund", "--name", "Trygga Lund", "--crs", "EPSG:3008")
    profile = Profile.read(tmp_path / "k")
    assert (profile.name, profile.crs) == ("Trygga Lund", "EPSG:3008")
    assert profile.extent is not None
    assert 100_000 < profile.extent[0] < 200_000  # metres of the local zone


def test_by_a_layer_two_kilometres_are_added(tmp_path: Path, layer: Path) -> None:
    _, answer = run("--json", "init", tmp_path / "k", "--extent", layer)
    assert answer["extent"] == [498_000.0, 6_298_000.0, 512_000.0, 6_312_000.0]


def test_without_either_it_says_that_the_first_layer_sets_it(tmp_path: Path) -> None:
    said, _ = run("init", tmp_path / "k", "--name", "Provby")
    assert "första lager" in said
    assert Profile.read(tmp_path / "k").extent is None
    assert "# extent sätts av" in (tmp_path / "k" / "profile.toml").read_text(encoding="utf-8")


def test_in_a_folder_that_is_there_only_the_extent_is_new(tmp_path: Path, layer: Path) -> None:
    folder = tmp_path / "k"
    run("init", folder, "--name", "Provby")
    key = (folder / "reference.key").read_text(encoding="ascii")
    mine = (folder / "profile.toml").read_text(encoding="utf-8") + "# vår egen rad\n"
    (folder / "profile.toml").write_text(mine, encoding="utf-8")
    said, _ = run("init", folder, "--extent", layer)
    assert "Förut fanns ingen" in said
    profile = Profile.read(folder)
    assert (profile.name, profile.extent) == (
        "Provby",
        (498_000.0, 6_298_000.0, 512e3, 6_312_000.0),
    )
    assert (folder / "reference.key").read_text(encoding="ascii") == key
    assert "# vår egen rad" in (folder / "profile.toml").read_text(encoding="utf-8")
    with pytest.raises(SettingsError, match="only its extent"):
        run("init", folder, "--extent", layer, "--crs", "EPSG:3008")
    with pytest.raises(SettingsError, match="already is a workspace"):
        run("init", folder)


def test_a_loaded_layer_can_set_it(demo_folder: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(demo_folder, tmp_path / "k")
    before = Profile.read(demo_folder).extent
    _, answer = run("--json", "init", tmp_path / "k", "--extent", "streets")
    after = Profile.read(tmp_path / "k").extent
    assert before is not None
    assert after is not None
    assert list(after) == answer["extent"]
    assert all(abs(a - b) < 10_000 for a, b in zip(before, after, strict=True))


def test_two_sources_of_one_extent_are_refused(tmp_path: Path, layer: Path) -> None:
    with pytest.raises(SettingsError, match="not from both"):
        run("init", tmp_path / "k", "--kommun", "Lund", "--extent", layer)
    with pytest.raises(SettingsError, match="looks a name up"):
        run("init", tmp_path / "k", "--kommuner", layer)
    assert not (tmp_path / "k").exists()
