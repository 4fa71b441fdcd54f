"""The facts of places on one lit path, counted by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from geo.errors import AnalysisError, CrsError
from geo.frames import AREAS, FAULTS, LAMPS, REPORTS, STREETS
from geo.lighting import light_facts, light_picture
from geo.lighting.facts import COUNTS, LISTS, METRES, SHARES
from geo.lighting.lux_facts import LUX_COLUMNS

XS = range(0, 401, 25)
EVERYWHERE = ("inventory", (-500.0, -500.0, 2000.0, 2000.0))
WEST, EAST, AWAY = (-20, -30, 150, 30), (240, -30, 400, 30), (5000, 0, 5100, 100)


def look(town: Any, **frames: Any) -> Any:
    given = {
        "places": town.places(west=WEST, east=EAST),
        "lamps": town.lamps(XS),
        "faults": FAULTS.empty(),
        "reports": REPORTS.empty(),
        "streets": town.streets({"xy": [(0, 0), (400, 0)]}),
        "areas": town.areas(EVERYWHERE),
        **frames,
    }
    return light_picture(given.pop("places"), now=town.now, **given)


def test_every_fact_of_a_place_with_an_outage(town: Any) -> None:
    got = look(
        town,
        lamps=town.lamps(XS, state={50: "faulty", 75: "faulty", 300: "off_on_purpose"}),
        faults=town.faults({"lamp_id": "l0050"}, {"lamp_id": "l0100", "kind": "obscured"}),
        reports=town.reports((60, 0, ["dark"]), (190, 0, ["lamp_out"]), (60, 0, ["hidden_sight"])),
    )
    west, east = got.facts.loc["west"], got.facts.loc["east"]
    assert west["state"] == "lit"
    assert west[["n_lamps", "n_faulty", "n_open_faults", "n_obscured"]].tolist() == [7, 2, 2, 1]
    assert west[["n_dark_reports", "n_hidden_reports", "n_off_on_purpose"]].tolist() == [2, 1, 0]
    assert west["lamp_ids"] == ["l0050", "l0075", "l0100"]
    assert west["fault_ids"] == ["f0", "f1"]
    assert west["report_ids"] == ["r0", "r1"]
    assert west["owners"] == ["Kommunen"]
    assert west["dark_m"] == west["outage_m"] == pytest.approx(50, abs=2.6)
    assert west["inventory_share"] == 1
    assert len(west["stretch_ids"]) == len(west["group_ids"]) == 1
    assert east[["n_faulty", "n_off_on_purpose", "n_dark_reports"]].tolist() == [0, 1, 1]
    assert east["dark_m"] == 0
    assert east["off_m"] == pytest.approx(25, abs=2.6)
    assert list(got.groups["n_dark_reports"]) == [1]
    assert got.numbers["n_out"] == 2


def test_the_columns_are_as_said_for_any_number_of_places(town: Any) -> None:
    want = {"state", "near_nature", "detour", *LUX_COLUMNS, *COUNTS, *METRES, *SHARES, *LISTS}
    for places in (town.places(), town.places(a=AWAY), town.places(a=WEST, b=EAST)):
        got = look(town, places=places).facts
        assert set(got.columns) == want
        assert list(got.index) == list(places["id"])


def test_lamps_are_untold_where_neither_register_nor_fault_reports_speak(town: Any) -> None:
    half = dict.fromkeys((50, 75, 100), "unknown")
    share = look(town, lamps=town.lamps(XS, state=half)).facts["untold_share"]
    assert share.tolist() == [pytest.approx(3 / 7), 0]
    told = look(town, lamps=town.lamps(XS, state=half), faults=town.faults({"lamp_id": "l0300"}))
    assert told.facts["untold_share"].tolist() == [0, 0]
    assert look(town, lamps=LAMPS.empty()).facts["untold_share"].tolist() == [0, 0]


def test_a_place_without_streets_is_not_inventoried(town: Any) -> None:
    got = look(town, places=town.places(a=AWAY)).facts.loc["a"]
    assert got["state"] == "not_inventoried"
    assert got[["n_lamps", "inventory_share", "street_m"]].tolist() == [0, 0, 0]


def test_a_place_beside_a_street_takes_the_light_of_the_street(town: Any) -> None:
    got = look(town, places=town.places(a=(100, 20, 140, 40))).facts.loc["a"]
    assert got["state"] == "lit"
    assert got["street_m"] > 0


def test_half_lit_is_mixed(town: Any) -> None:
    got = look(town, places=town.places(a=(0, -30, 400, 30)), lamps=town.lamps(range(0, 200, 25)))
    assert got.facts.loc["a", "state"] == "mixed"


def test_only_living_recent_reports_of_feeling_unsafe_count(town: Any) -> None:
    old = pd.Timestamp(town.now) - pd.Timedelta(weeks=60)
    for more in ({"state": "hidden"}, {"state": "merged"}, {"felt": "safe"}, {"received_at": old}):
        got = look(town, reports=town.reports((60, 0, ["dark"]), **more))
        assert got.facts["n_dark_reports"].sum() == 0


def test_protected_nature_within_fifty_metres_is_told(town: Any) -> None:
    areas = town.areas(EVERYWHERE, ("nature", (100, 60, 200, 90)))
    assert look(town, areas=areas).facts["near_nature"].tolist() == [True, False]


def test_dark_stretches_know_the_reports_near_them(town: Any) -> None:
    lamps = town.lamps([x for x in XS if x not in {300, 325, 350}])
    got = look(town, lamps=lamps, reports=town.reports((310, 20, ["dark"]), (0, 0, ["dark"])))
    assert got.stretches["cause"].tolist() == ["missing"]
    assert got.stretches["report_ids"].tolist() == [["r0"]]
    assert got.facts.loc["east", "missing_m"] == pytest.approx(75, abs=2.6)


def test_nothing_at_all(town: Any) -> None:
    got = look(town, lamps=LAMPS.empty(), streets=STREETS.empty(), areas=AREAS.empty())
    assert got.facts["state"].tolist() == ["not_inventoried"] * 2
    assert got.facts[list(COUNTS)].to_numpy().sum() == 0
    assert got.stretches.empty
    assert got.groups.empty


def test_row_order_changes_nothing(town: Any) -> None:
    frames = {
        "lamps": town.lamps(XS, state={50: "faulty", 75: "faulty"}),
        "faults": town.faults({"lamp_id": "l0050"}, {"lamp_id": "l0075"}),
        "reports": town.reports((60, 0, ["dark"]), (70, 0, ["dark"])),
    }
    shuffled = {name: frame.sample(frac=1, random_state=3) for name, frame in frames.items()}
    pd.testing.assert_frame_equal(look(town, **frames).facts, look(town, **shuffled).facts)


def test_the_short_form_gives_the_same_and_wrong_input_is_refused(town: Any) -> None:
    frames = {
        "lamps": town.lamps(XS),
        "faults": FAULTS.empty(),
        "reports": REPORTS.empty(),
        "streets": town.streets({"xy": [(0, 0), (400, 0)]}),
        "areas": town.areas(EVERYWHERE),
    }
    places = town.places(west=WEST, east=EAST)
    short = light_facts(places, now=town.now, **frames)
    pd.testing.assert_frame_equal(short, look(town).facts)
    with pytest.raises(CrsError):
        light_facts(places, now=town.now, **{**frames, "reports": REPORTS.empty(crs="EPSG:3009")})
    with pytest.raises(AnalysisError):
        light_facts(pd.concat([places, places]), now=town.now, **frames)
