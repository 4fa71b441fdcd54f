"""Lit, unlit or not inventoried: the three must never be mixed."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import CrsError
from geo.frames import AREAS, LAMPS, STREETS
from geo.lighting.inventory import light_samples, street_states
from geo.lighting.placement import place_lamps
from geo.lighting.places import in_places, points_in_places
from geo.streets import StreetNet

EVERYWHERE = ("inventory", (-500.0, -500.0, 2000.0, 2000.0))


def states(streets: Any, lamps: Any, areas: Any) -> Any:
    net = StreetNet.of(streets)
    return street_states(light_samples(net, lamps, areas=areas))


@pytest.mark.parametrize(
    ("tag", "there", "expected"),
    [
        ("yes", "lamps survey", "lit"),
        ("yes", "lamps", "lit"),
        ("yes", "survey", "unlit"),  # said to be lit, surveyed, and no lamp: dark
        ("yes", "", "lit"),  # the street's word is all there is
        ("no", "survey", "unlit"),
        ("no", "", "unlit"),
        ("unknown", "lamps", "lit"),
        ("unknown", "survey", "unlit"),
        ("unknown", "", "not_inventoried"),
    ],
)
def test_the_table_of_states(town: Any, tag: str, there: str, expected: str) -> None:
    street = town.streets({"xy": [(0, 0), (200, 0)], "lit": tag})
    poles = town.lamps(range(0, 201, 20)) if "lamps" in there else LAMPS.empty()
    # Without a survey anywhere the neighbourhood rule would speak; one far away silences it.
    elsewhere = ("inventory", (9e4, 9e4, 9.1e4, 9.1e4))
    areas = town.areas(EVERYWHERE if "survey" in there else elsewhere)
    got = states(street, poles, areas).loc["s0"]
    assert got["state"] == expected
    assert got["inventory_share"] == float("survey" in there)


def test_a_half_surveyed_street_says_so_in_shares(town: Any) -> None:
    street = town.streets({"xy": [(0, 0), (200, 0)], "lit": "unknown"})
    areas = town.areas(("inventory", (-50, -50, 100, 50)))
    got = states(street, town.lamps([0, 20, 40]), areas).loc["s0"]
    # Lamps 5 m high reach 12.5 m: to x = 52.3 along the path.
    assert got["inventory_share"] == pytest.approx(0.5)
    assert got["lit_share"] == pytest.approx(52.5 / 200, abs=0.02)
    assert got["unlit_share"] == pytest.approx(47.5 / 200, abs=0.02)
    assert got["state"] == "not_inventoried"


def test_without_survey_areas_a_lit_neighbourhood_counts_as_surveyed(town: Any) -> None:
    streets = town.streets(
        {"xy": [(0, 0), (300, 0)], "lit": "yes"},
        {"xy": [(0, 60), (100, 60)], "lit": "unknown"},
        {"xy": [(5000, 0), (5300, 0)], "lit": "yes"},
    )
    got = states(streets, town.lamps(range(0, 301, 25)), AREAS.empty())
    assert got["inventory_share"].to_dict() == {"s0": 1, "s1": 1, "s2": 0}
    assert got["state"].to_dict() == {"s0": "lit", "s1": "unlit", "s2": "lit"}


def test_one_lit_street_with_lamps_surveys_no_neighbourhood_nobody_speaks_of(town: Any) -> None:
    around = [{"xy": [(0, y), (100, y)], "lit": "unknown"} for y in (40, 60, 80)]
    streets = town.streets({"xy": [(0, 0), (100, 0)], "lit": "yes"}, *around)
    got = states(streets, town.lamps(range(0, 101, 25)), AREAS.empty())
    assert got["inventory_share"].to_dict() == dict.fromkeys(got.index, 0)
    assert got["state"].tolist() == ["lit", *["not_inventoried"] * 3]


def test_a_few_lamps_along_many_lit_streets_are_no_survey(town: Any) -> None:
    streets = town.streets({"xy": [(0, 0), (300, 0)], "lit": "yes"})
    got = states(streets, town.lamps([0, 25]), AREAS.empty())
    assert got.loc["s0", "inventory_share"] == 0


def test_streets_without_a_word_on_light_are_judged_by_all_of_them(town: Any) -> None:
    streets = town.streets({"xy": [(0, 0), (300, 0)], "lit": "unknown"})
    some = states(streets, town.lamps(range(0, 200, 25)), AREAS.empty())
    few = states(streets, town.lamps([0]), AREAS.empty())
    assert some.loc["s0", "inventory_share"] > 0.9
    assert few.loc["s0", "inventory_share"] == 0


def test_heights_are_taken_believed_or_assumed(town: Any) -> None:
    streets = town.streets({"xy": [(0, 0), (100, 0)], "kind": "road"})
    lamps = town.lamps(
        [0, 20, 40, 60], height_m={0: 8.0, 20: None, 40: 500.0, 60: 4.0}, assumed={60: ["height_m"]}
    )
    got = place_lamps(lamps, StreetNet.of(streets))
    assert got["height_m"].tolist() == [8, 6, 6, 4]
    assert got["height_assumed"].tolist() == [False, True, True, True]
    assert got["reach_m"].tolist() == [20, 15, 15, 10]


def test_a_lamp_far_from_streets_belongs_to_none(town: Any) -> None:
    net = StreetNet.of(town.streets({"xy": [(0, 0), (100, 0)]}))
    got = place_lamps(town.lamps([50], y=26), net)
    assert got["street_id"].isna().all()
    assert got["run_m"].isna().all()


def test_lamps_run_on_over_a_junction_and_against_the_drawing(town: Any) -> None:
    streets = town.streets(
        {"xy": [(0, 0), (100, 0)], "name": "Stigen"}, {"xy": [(200, 0), (100, 0)], "name": "Stigen"}
    )
    got = place_lamps(town.lamps([10, 90, 110, 190]), StreetNet.of(streets))
    assert got["run_id"].tolist() == ["s0"] * 4
    assert got["run_m"].tolist() == [10, 90, 110, 190]


def test_nothing_gives_nothing(town: Any) -> None:
    empty = states(STREETS.empty(), LAMPS.empty(), AREAS.empty())
    assert empty.empty
    assert states(STREETS.empty(), town.lamps([0]), AREAS.empty()).empty
    dark = town.streets({"xy": [(0, 0), (50, 0)], "lit": "unknown"})
    assert states(dark, LAMPS.empty(), AREAS.empty())["state"].tolist() == ["not_inventoried"]


def test_mixed_systems_are_refused(town: Any) -> None:
    net = StreetNet.of(town.streets({"xy": [(0, 0), (50, 0)]}))
    with pytest.raises(CrsError):
        light_samples(net, town.lamps([0]).to_crs("EPSG:3009"), areas=AREAS.empty())


@settings(max_examples=25)
@given(xs=st.sets(st.integers(0, 300), max_size=15), seed=st.integers(0, 50))
def test_a_lamp_more_never_makes_a_street_darker(town: Any, xs: set[int], seed: int) -> None:
    streets = town.streets({"xy": [(0, 0), (300, 0)], "lit": "unknown"})
    areas = town.areas(EVERYWHERE)
    rng = np.random.default_rng(seed)
    before = states(streets, town.lamps(sorted(xs)), areas)
    after = states(streets, town.lamps(sorted(xs | {int(rng.integers(300))})), areas)
    assert after.loc["s0", "lit_share"] >= before.loc["s0", "lit_share"]
    for got in (before, after):
        assert got.loc["s0", ["lit_share", "unlit_share"]].sum() == pytest.approx(1)


def test_very_many_points_lie_where_few_do(town: Any) -> None:
    rng = np.random.default_rng(3)
    east, north = rng.uniform(0, 400, (2, 3000)).round()
    x, y = 500_000.0 + east, 6_400_000.0 + north
    places = town.places(a=(0, 0, 100, 100), b=(50, 50, 300, 200), off=(900, 900, 950, 950))
    spots = gpd.GeoSeries.from_xy(x, y, crs=places.crs)
    for around in (0.0, 30.0):
        wanted = in_places(places, spots, around_m=around)
        got = points_in_places(places, x, y, around_m=around)
        np.testing.assert_array_equal(got, wanted)
    place, _ = points_in_places(places.iloc[:0], x, y)
    assert place.size == 0
