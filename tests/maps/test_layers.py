"""Every layer of the catalogue: words, signs and colours that can be told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.frames import FRAMES
from geo.maps import LAYERS, Role
from geo.maps.gate import view
from geo.maps.layer import AMBER, BRICK, DASHES, GREY, INK, LAND, TEAL
from geo.maps.words import WORDS

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

COLOR = re.compile(r"#[0-9a-f]{6}")


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(a: str, b: str) -> float:
    """Contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", list(LAYERS))
def test_a_layer_says_what_it_is_in_both_languages(name: str) -> None:
    entry = LAYERS[name]
    assert entry.name == name
    assert entry.title() != ""
    assert entry.title("en") != ""
    assert bool(entry.note()) == bool(entry.note("en"))
    assert entry.legend
    for sign in entry.legend:
        assert sign.sv
        assert sign.en
        assert COLOR.fullmatch(sign.color)
        assert sign.dash in DASHES
        assert sign.shape in {"fill", "line", "circle", "ring", "hatch", "dash"}


@pytest.mark.parametrize("name", list(LAYERS))
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FORUM, Role.PUBLIC])
def test_paint_is_a_small_mapping_that_names_real_properties(name: str, role: Role) -> None:
    _, paint, _ = LAYERS[name].style_for(role)
    said = paint.as_dict()
    assert COLOR.fullmatch(said["color"])
    by = said.get("by", {})
    if "breaks" in by:
        assert by["breaks"] == sorted(by["breaks"])
        assert len(by["breaks"]) == len(by["steps"])
    elif by:
        if by["property"] in LAYERS[name].marks:
            known = set(WORDS[by["property"]])
        else:
            known = set(FRAMES[LAYERS[name].frame].column(by["property"]).vocabulary)
        assert set(by["values"]) <= known


def test_a_lamp_says_what_is_not_believed_of_it_to_every_role(
    frames: dict[str, GeoDataFrame],
) -> None:
    lamps = pd.concat([frames["lamps"]] * 12, ignore_index=True)
    lamps["id"] = [f"l{n}" for n in range(len(lamps))]
    lamps["pole_ref"] = None
    lamps.geometry = [shapely.Point(500_000 + 30 * n, 6_300_000) for n in range(len(lamps))]
    feet = lamps.assign(height_m=20.0, batch_id="b2", power_w=60.0, flux_lm=None)
    feet["id"] = feet["id"] + "f"
    feet.geometry = feet.geometry.translate(yoff=500)
    whole = pd.concat([lamps.assign(height_m=6.0, power_w=0.0), feet], ignore_index=True)
    for role in ("planner", "coordinator"):
        rows = view("lamps", whole, role).set_index("id")
        assert rows.loc["l0f", "doubts_label"].startswith("höjden ser ut att vara i fot")
        assert "används inte" in rows.loc["l0f", "doubts_label"]
        assert rows.loc["l0", "doubts"] == ["zero_watt"]
    assert view("lamps", whole, "planner", lang="en")["doubts_label"].iloc[0] == (
        "power is 0 W: not used"
    )


@pytest.mark.parametrize("color", [TEAL, AMBER, BRICK, GREY, INK])
def test_marks_stand_out_from_the_ground(color: str) -> None:
    assert contrast(color, LAND) >= 3


def test_the_three_strong_colours_differ_in_the_eyes_of_the_colour_blind() -> None:
    # Machado, Oliveira and Fernandes (2009), severity 1: deuteranopia and protanopia
    deuter = [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]
    protan = [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]
    for matrix in (deuter, protan):
        seen = [
            np.clip(np.array(matrix) @ [int(c[i : i + 2], 16) for i in (1, 3, 5)], 0, 255)
            for c in (TEAL, AMBER, BRICK)
        ]
        assert np.linalg.norm(seen[0] - seen[1]) > 50
        assert np.linalg.norm(seen[0] - seen[2]) > 50


def test_steps_of_the_squares_get_darker() -> None:
    steps = [str(s["fill"]) for s in LAYERS["cells"].paint.steps]
    assert sorted(steps, key=luminance, reverse=True) == steps


@pytest.mark.parametrize("name", [n for n, e in LAYERS.items() if e.geometry != "raster"])
def test_no_rows_are_dressed_as_no_rows(name: str, frames: dict[str, GeoDataFrame]) -> None:
    entry = LAYERS[name]
    none = entry.select(frames[entry.frame].iloc[:0])
    if entry.counted:
        return
    none = entry.mark(none)
    assert set(entry.marks) <= set(none.columns)
    assert len(entry.dress(none)) == 0
    assert len(entry.dress(none, lang="en")) == 0
