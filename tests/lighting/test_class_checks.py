"""The detailed sheet on a path that can be worked out, and the door to classes and optics."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.errors import SettingsError
from geo.lighting import LightProfile, light_picture
from geo.lighting.class_checks import class_checks
from geo.lighting.en_grid import between_lamps, grid_counts
from geo.lighting.faults import fault_events
from geo.lighting.illuminance import light_at
from geo.lighting.outages import lamp_status
from geo.lighting.placement import place_lamps
from geo.lighting.plant import light_plant
from geo.streets import StreetNet

LED = {"flux_lm": 2500.0, "light_source": "led", "flux_basis": "luminaire"}
ROW = range(10, 400, 20)


def sheet(town: Any, lamps: Any, streets: Any, profile: LightProfile | None = None) -> Any:
    net = StreetNet.of(streets)
    placed = place_lamps(lamps, net)
    status = lamp_status(lamps, fault_events(town.faults(), lamps, now=town.now))
    plant = light_plant(lamps, net, placed=placed)
    lit = (status.reindex(plant.table.index) == "working").to_numpy(float)
    classes = (profile or LightProfile()).class_of(net.streets)
    checks = class_checks(net, plant, lit, placed=placed, status=status, classes=classes)
    return checks, net, plant


def test_the_sheet_is_the_standards_grid_between_every_two_lamps(town: Any) -> None:
    checks, net, plant = sheet(
        town, town.lamps(ROW, **LED), town.streets({"xy": [(0, 0), (400, 0)]})
    )
    assert len(checks) == len(ROW) - 1
    assert checks["length_m"].to_numpy() == pytest.approx(20.0)
    assert set(checks["light_class"]) == {"P4"}
    along, across = grid_counts(20.0, width_m=3.0)
    assert set(checks["n_points"]) == {along * across}
    middle = checks.iloc[9]
    assert middle["lamp_ids"] == ["l0190", "l0210"]
    assert middle.geometry.length == pytest.approx(20.0)
    # another way to the same numbers: the grid of one stretch, one optic at a time
    by_optic = [
        between_lamps(
            net.lines[0], start_m=190, end_m=210, width_m=3.0,
            lux=lambda x, y, o=optic: light_at(x, y, plant.luminaires(np.ones(len(ROW)), optic=o)),
        )
        for optic in ("lambert", "isotropic", "batwing")
    ]  # fmt: skip
    means = [found.mean_lx for found in by_optic]
    assert min(means) * 0.8 < middle["em_lx"] < max(means) * 1.2
    assert middle["em_low_lx"] <= middle["em_lx"] <= middle["em_high_lx"]
    assert middle["uo_low"] <= middle["uo"] <= middle["uo_high"] <= 1
    assert middle["p_class"] <= min(middle["p_mean"], middle["p_least"])


def test_a_lamp_that_is_out_fails_its_two_stretches_and_is_named(town: Any) -> None:
    lamps = town.lamps(ROW, **LED, state={190: "faulty"})
    checks, _, _ = sheet(town, lamps, town.streets({"xy": [(0, 0), (400, 0)]}))
    out = checks[checks["n_out"] > 0]
    assert list(out.index) == ["l0170:l0190", "l0190:l0210"]
    assert set(out["band"]) == {"probably_short"}
    assert (checks.loc[checks["n_out"] == 0, "p_class"] >= out["p_class"].max()).all()


def test_a_road_is_left_out_until_somebody_decides_of_it(town: Any) -> None:
    streets = town.streets({"xy": [(0, 0), (400, 0)], "kind": "road", "name": "Storgatan"})
    none, _, _ = sheet(town, town.lamps(ROW, **LED), streets)
    assert len(none) == 0
    rule = {"class": "P2", "names": ["storgatan"], "decided_by": "Gatunämnden",
            "decided_on": date(2026, 3, 2)}  # fmt: skip
    checks, _, _ = sheet(
        town, town.lamps(ROW, **LED), streets, LightProfile.parse({"class": [rule]})
    )
    assert set(checks["light_class"]) == {"P2"}
    assert set(checks["decided"]) == {"Gatunämnden 2026-03-02"}
    assert set(checks["class_from"]) == {"names"}
    assert set(checks["width_m"]) == {7.0}


def test_a_stretch_goes_on_where_one_street_ends_and_the_next_begins(town: Any) -> None:
    streets = town.streets({"xy": [(0, 0), (200, 0)]}, {"xy": [(400, 0), (200, 0)]})
    checks, _, _ = sheet(town, town.lamps(ROW, **LED), streets)
    assert len(checks) == len(ROW) - 1
    assert checks.loc["l0190:l0210"].geometry.length == pytest.approx(20.0)
    assert set(checks["street_id"]) == {"s0", "s1"}
    whole, _, _ = sheet(town, town.lamps(ROW, **LED), town.streets({"xy": [(0, 0), (400, 0)]}))
    np.testing.assert_allclose(
        checks["em_lx"].to_numpy(), whole["em_lx"].to_numpy(), rtol=0, atol=1e-4
    )


def test_uprights_follow_the_height_of_a_face(town: Any) -> None:
    checks, _, _ = sheet(town, town.lamps(ROW, **LED), town.streets({"xy": [(0, 0), (400, 0)]}))
    inner = checks.iloc[4:-4]
    assert (inner["ev_low_lx"] <= inner["ev_high_lx"]).all()
    assert (inner["esc_low_lx"] > 0).all()
    assert inner["esc_low_lx"].std() < 0.01  # the same row of lamps all along


@pytest.mark.parametrize("n", [0, 1])
def test_no_lamp_or_one_makes_an_empty_sheet(town: Any, n: int) -> None:
    streets = town.streets({"xy": [(0, 0), (400, 0)]})
    found = light_picture(
        town.places(), lamps=town.lamps(list(ROW)[:n], **LED), faults=town.faults(),
        reports=town.reports(), streets=streets, areas=town.areas(), now=town.now,
    )  # fmt: skip
    assert len(found.checks) == 0
    assert found.numbers["classes"]["n"] == 0


def test_ids_decide_before_names_and_names_before_kinds(town: Any) -> None:
    who = {"decided_by": "Gatunämnden", "decided_on": "2026-03-02"}
    said = LightProfile.parse(
        {"class": [
            {"class": "P1", "streets": ["s1", "lost"], **who},
            {"class": "P2", "names": ["Parkstigen"], **who},
            {"class": "P5", "kinds": ["cycleway"], **who},
        ]}
    )  # fmt: skip
    streets = town.streets(
        {"xy": [(0, 0), (9, 0)], "name": "Parkstigen"},
        {"xy": [(0, 9), (9, 9)], "name": "Parkstigen"},
        {"xy": [(0, 18), (9, 18)]}, {"xy": [(0, 27), (9, 27)], "kind": "gc_tunnel"},
        {"xy": [(0, 36), (9, 36)], "kind": "road"},
    ).set_index("id")  # fmt: skip
    assert said.class_of(streets)["light_class"].tolist() == ["P2", "P1", "P5", "C3", None]
    assert said.unmatched(streets) == ["lost"]
    assert said.as_table() == LightProfile.parse({"class": [dict(r) for r in [
        {"class": "P1", "streets": ["s1", "lost"], **who},
        {"class": "P2", "names": ["Parkstigen"], **who},
        {"class": "P5", "kinds": ["cycleway"], **who}]]}).as_table()  # fmt: skip
    assert LightProfile.parse(None).as_table() == {}


WHO = {"decided_by": "Gatunämnden", "decided_on": date(2026, 3, 2)}
ROAD = {"class": "P3", "kinds": ["road"], **WHO}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"klass": []}, "is not understood"),
        ({"class": {"class": "P3"}}, "is not a list of tables"),
        ({"class": [{"class": "M3", "kinds": ["road"], **WHO}]}, "no class 'M3'"),
        ({"class": [{"class": "P3", **WHO}]}, "which streets"),
        ({"class": [{"class": "P3", "kinds": ["road"], "names": ["x"], **WHO}]}, "which streets"),
        ({"class": [{"class": "P3", "kinds": ["gata"], **WHO}]}, "no kind of street called 'gata'"),
        ({"class": [{"class": "P3", "kinds": "road", **WHO}]}, "not a list of words"),
        ({"class": [{"class": "P3", "kinds": ["road"]}]}, "`decided_by` is missing"),
        ({"class": [{**ROAD, "decided_on": "i våras"}]}, "not a day"),
        ({"class": [{**ROAD, "vem": "x"}]}, "`vem` is not understood"),
        ({"optic": [{"name": "A"}]}, "`file` is missing"),
        ({"optic": [{"name": "A", "file": "a.ldt", "street_side": "höger"}]}, "not a half plane"),
        ({"optic": [{"name": "A", "file": "a.ldt", "lamp_set": -1}]}, "not a number of a set"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_understood_says_where(table: Any, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        LightProfile.parse(table)


def test_the_empty_sheet_has_the_columns_of_the_full_one(town: Any) -> None:
    streets = town.streets({"xy": [(0, 0), (400, 0)]})
    full, _, _ = sheet(town, town.lamps(ROW, **LED), streets)
    empty, _, _ = sheet(town, town.lamps([], **LED), streets)
    assert list(full.columns) == list(empty.columns)
    assert isinstance(empty, pd.DataFrame)
