"""The editable tables: every value says what it rests on, and classes judge what is computed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import AnalysisError, SettingsError
from geo.lighting.classes import choose_p, light_class
from geo.lighting.dark_lux import thresholds_lx
from geo.lighting.en_grid import GridResult, grid_points
from geo.lighting.placement import DEFAULTS
from geo.lighting.tables import TABLES, lighting_table

if TYPE_CHECKING:
    from pathlib import Path


def leaves(table: Any) -> list[dict[str, Any]]:
    """Every small table that holds a value."""
    if not isinstance(table, dict):
        return []
    found = [table] if "value" in table else []
    return found + [leaf for value in table.values() for leaf in leaves(value)]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_version_and_every_value_says_whether_it_was_checked(name: str) -> None:
    table = lighting_table(name)
    assert table["version"]
    for leaf in leaves(table):
        assert isinstance(leaf["checked"], bool)
        if {"low", "high"} <= set(leaf):
            assert leaf["low"] <= leaf["value"] <= leaf["high"]
            assert leaf["source"]


def test_remembered_class_values_are_not_called_the_standards() -> None:
    table = lighting_table("classes")
    assert not table["P_faces"]["checked"]
    assert not table["product_default"]["checked"]
    assert light_class("P4").checked
    assert light_class("P4").edition == "EN 13201-2:2015"


def test_heights_agree_with_the_parameters_that_place_lamps() -> None:
    height = lighting_table("defaults")["height_m"]
    assert height["path"]["value"] == DEFAULTS.path_height_m
    assert height["road"]["value"] == DEFAULTS.road_height_m


def test_thresholds_are_those_of_the_class_and_of_the_studies() -> None:
    assert thresholds_lx() == (1.0, 2.0)
    assert light_class("P4").emin_lx == thresholds_lx()[0]


def test_a_municipality_may_keep_its_own_copy(tmp_path: Path) -> None:
    own = tmp_path / "classes.toml"
    own.write_text('version = "2027-01"\n', encoding="utf-8")
    assert lighting_table("classes", folder=tmp_path)["version"] == "2027-01"
    own.write_text('version = "2028-01"\n', encoding="utf-8")
    os.utime(own, ns=(1, 1))
    assert lighting_table("classes", folder=tmp_path)["version"] == "2028-01"
    for text, message in (("version =", "not valid TOML"), ("[P]", "no version")):
        own.write_text(text, encoding="utf-8")
        os.utime(own, ns=(len(text), len(text)))
        with pytest.raises(SettingsError, match=message):
            lighting_table("classes", folder=tmp_path)
    with pytest.raises(SettingsError, match="no lighting table"):
        lighting_table("colours")


@pytest.mark.parametrize(
    ("name", "mean", "least", "met", "over"),
    [
        ("P4", 5.0, 1.0, True, False), ("P4", 4.9, 1.0, False, False),
        ("P4", 6.0, 0.9, False, False), ("P4", 7.6, 2.0, True, True),
        ("C3", 15.0, 6.0, True, False), ("C3", 15.0, 5.9, False, False),
    ],
)  # fmt: skip
def test_a_class_is_met_by_mean_and_least_or_uniformity(
    name: str, mean: float, least: float, *, met: bool, over: bool
) -> None:
    found = GridResult(mean, least, 30)
    limits = light_class(name)
    assert (limits.met(found), limits.overlit(found)) == (met, over)
    assert GridResult(0.0, 0.0, 30).uniformity == 0


def test_unknown_classes_words_and_grids_are_refused() -> None:
    for name in ("P7", "M3", "X", "columns"):
        with pytest.raises(AnalysisError, match="no class"):
            light_class(name)
    with pytest.raises(AnalysisError, match="cannot be 'fast'"):
        choose_p(speed="fast", use="normal", mix="foot", parked="no", ambient="low")
    with pytest.raises(ValueError, match="spacing_m"):
        grid_points(0.0, width_m=2.0)
