"""The layer of calculated light: words with the span, and nothing told where nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.maps.catalog import LAYERS
from geo.maps.gate import view, visible_layers
from geo.maps.layers_lux import STREET_LIGHT, assumed_label, lux_label
from geo.maps.words import word

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

ROW = {"min_lx": 1.42, "min_low_lx": 0.8, "min_high_lx": 2.11}


def test_the_least_light_is_told_with_its_span_in_both_languages() -> None:
    assert lux_label(ROW) == "som minst 1,4 lx (0,8\u20132,1)"
    assert lux_label(ROW, lang="en") == "least 1.4 lx (0.8\u20132.1)"
    assert assumed_label(0.4, lang="en").startswith("40")
    assert "antagen höjd" in assumed_label(0.4)


def test_what_is_not_surveyed_has_no_lux(frames: dict[str, GeoDataFrame]) -> None:
    rows = view("street_light", frames["street_light"], "planner")
    labels = dict(zip(rows["lux_class"], rows["lux_label"], strict=True))
    assert labels["not_inventoried"] == "ljuspunkterna är inte inventerade"
    assert labels["uncertain"].startswith("som minst 1,1 lx")
    assert rows["night_label"].iloc[0] == "sannolikt under 1 lx"
    english = view("street_light", frames["street_light"], "planner", lang="en")
    assert "lamps not surveyed" in set(english["lux_label"])


@pytest.mark.parametrize("name", STREET_LIGHT.paint.values)
def test_every_class_has_words_and_a_sign(name: str) -> None:
    said = word("lux_class", name)
    assert said in {sign.sv for sign in STREET_LIGHT.legend}
    assert word("lux_class", name, lang="en") in {sign.en for sign in STREET_LIGHT.legend}


def test_the_public_gets_no_lux() -> None:
    assert "street_light" in LAYERS
    assert "street_light" not in visible_layers("public")
    assert "street_light" in visible_layers("planner")
