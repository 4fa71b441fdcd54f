"""Measured light against the register's, and what a register says by itself: known answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import CrsError
from geo.lighting.illuminance import light_at
from geo.lighting.outages import lamp_status
from geo.lighting.plant import light_plant
from geo.lighting.register import register_overview
from geo.lighting.surveys import compare_measured, survey_summary
from geo.maps.survey_words import register_sentences, survey_sentence
from geo.streets import StreetNet
from tests.maps.town import EAST, NORTH, conform, town_lamps, town_streets

NIGHT = datetime(2026, 11, 20, 19, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)


def lamps(**more: Any) -> Any:
    rows = [row | {"state": "working", "height_m": 5.0} | more for row in town_lamps()]
    return conform("lamps", rows)


@pytest.fixture
def plant() -> Any:
    return light_plant(lamps(), StreetNet.of(conform("streets", town_streets())), year=2026)


def survey(values: list[float], *, when: datetime = NIGHT, y: float = 360.0) -> Any:
    """Give one reading at every third metre along the row of lamps."""
    return conform("measurements", [
        {"id": f"m{n:03d}", "kind": "lux_h", "value": value, "unit": "lx", "measured_at": when,
         "batch_id": "", "geometry": shapely.Point(EAST + 90 + 3 * n, NORTH + y)}
        for n, value in enumerate(values)
    ])  # fmt: skip


def compared(measurements: Any, plant: Any) -> pd.DataFrame:
    rows = lamps()
    none = pd.DataFrame({"lamp_id": [], "kind": [], "closed_at": pd.to_datetime([], utc=True)})
    return compare_measured(
        measurements, plant, status=lamp_status(rows, none),
        schedule=rows.set_index("id")["schedule"],
    )  # fmt: skip


def test_what_the_model_says_times_a_factor_gives_that_factor(plant: Any) -> None:
    blank = survey([0.0] * 60)
    lit = light_at(blank.geometry.x, blank.geometry.y, plant.luminaires(np.ones(30)))
    points = compared(survey([float(v) * 0.8 for v in lit]), plant)
    np.testing.assert_allclose(points["ratio"], 0.8, rtol=1e-9)
    told = survey_summary(points)
    assert (told["n"], told["bias"], told["low"], told["high"]) == (60, 0.8, 0.8, 0.8)
    assert survey_sentence(told).startswith("Mätt mot beräknat: uppmätt är 0,80 gånger")


def test_daylight_and_places_no_lamp_reaches_are_left_out_and_counted(plant: Any) -> None:
    day = survey_summary(compared(survey([400.0] * 25, when=NOON), plant))
    assert (day["n"], day["n_daylight"], day["bias"]) == (0, 25, None)
    far = survey_summary(compared(survey([0.2] * 25, y=9000.0), plant))
    assert (far["n"], far["n_unlit"], far["bias"]) == (0, 25, None)
    assert "25 dit ingen ljuspunkt i registret når" in survey_sentence(far)


def test_a_reading_below_zero_is_left_out_and_counted(plant: Any) -> None:
    points = compared(survey([3.0] * 30 + [-3.0] * 2), plant)
    told = survey_summary(points)
    assert (told["n"], told["n_impossible"]) == (30, 2)
    assert "2 med ett värde under noll" in survey_sentence(told)


def test_few_points_say_nothing_of_bias(plant: Any) -> None:
    told = survey_summary(compared(survey([3.0] * 19), plant))
    assert (told["n"], told["bias"]) == (19, None)


def test_a_row_at_thirty_metres_and_five_high_stands_sparsely() -> None:
    told = register_overview(lamps())
    assert told["n"] == told["n_height"] == told["n_owner"] == told["n_state"] == 30
    # the two lamps at the ends have their second neighbour at 60 m, all others at 30 m
    assert told["spacing_m"] == [30.0, 30.0, 30.0]
    assert told["bands"] == {"probably_ok": 0, "uncertain": 0, "probably_short": 30}
    near = register_overview(lamps(height_m=8.0))
    assert near["bands"] == {"probably_ok": 28, "uncertain": 0, "probably_short": 2}
    assert "sannolikt glest" in register_sentences(told)[-1]


def test_doubled_and_lonely_lamps_are_told_apart() -> None:
    rows = town_lamps()[:10]
    rows[1] = rows[1] | {"geometry": rows[0]["geometry"]}
    rows[9] = rows[9] | {"geometry": shapely.Point(EAST + 9000, NORTH)}
    told = register_overview(conform("lamps", rows))
    assert (told["n_doubled"], told["n_alone"]) == (2, 1)
    assert sum(told["bands"].values()) == 7


def test_too_few_lamps_have_no_spacing_and_degrees_are_refused() -> None:
    assert register_overview(conform("lamps", town_lamps()[:2]))["spacing_m"] is None
    assert register_sentences(register_overview(conform("lamps", []))) == [
        "Inga ljuspunkter är inlästa."
    ]
    with pytest.raises(CrsError):
        register_overview(lamps().to_crs("EPSG:4326"))
