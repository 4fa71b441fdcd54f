"""The variant where light has no part: the same places, nothing wrong with the lamps."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest

from geo.demo import Demo, write_demo


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    folder = tmp_path_factory.mktemp("calm")
    return folder, write_demo(folder, seed=1, light=False)


def test_nothing_is_wrong_with_the_light_but_single_lamps(
    calm: tuple[Path, Demo], demo: Demo
) -> None:
    light = calm[1].truth.light
    assert (light["groups"], light["bare"], light["dark_odds"]) == ([], [], 1.0)
    assert light["out"]  # single lamps fail anywhere
    assert light["asleep"]  # dark on purpose, as ever
    assert demo.truth.light["dark_odds"] > 1
    assert len(demo.truth.light["out"]) > len(light["out"])


def test_the_same_places_are_planted_and_none_only_in_the_dark(
    calm: tuple[Path, Demo], demo: Demo
) -> None:
    here, there = ({p["key"]: p for p in d.truth.places} for d in (calm[1], demo))
    assert {k: p["wkt"] for k, p in here.items()} == {k: p["wkt"] for k, p in there.items()}
    assert not any(p["only_dark"] for p in here.values())
    assert there["light"]["only_dark"]
    assert calm[1].truth.monday["11"]["matters"] == []


def test_the_truth_names_every_lamp_that_is_out(calm: tuple[Path, Demo]) -> None:
    lamps = gpd.read_file(calm[0] / "files" / "belysning.gpkg")
    assert len(lamps) + len(calm[1].truth.light["unlisted"]) == calm[1].truth.light["n_lamps"]
