"""Lamps that are out, alone and together, on a path with lamps every 25 metres."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.frames import FAULTS, LAMPS, STREETS
from geo.lighting.faults import fault_events
from geo.lighting.outages import lamp_status, outage_groups, outages
from geo.streets import StreetNet

XS = range(0, 301, 25)


def found(town: Any, lamps: Any, faults: Any = None, streets: Any = None) -> Any:
    path = town.streets({"xy": [(0, 0), (300, 0)]}) if streets is None else streets
    told = FAULTS.empty() if faults is None else faults
    return outages(lamps, told, net=StreetNet.of(path), now=town.now)


def faulty(*xs: int) -> dict[int, str]:
    return dict.fromkeys(xs, "faulty")


def test_neighbours_that_are_out_are_one_group(town: Any) -> None:
    got = found(town, town.lamps(XS, state=faulty(50, 75, 100, 200)))
    assert got["group_n"].to_dict() == {"l0050": 3, "l0075": 3, "l0100": 3, "l0200": 1}
    assert got["group_kind"].to_dict() == {
        "l0050": "group", "l0075": "group", "l0100": "group", "l0200": "single"
    }  # fmt: skip
    assert len(set(got["group_id"])) == 2


def test_a_lamp_off_on_purpose_neither_counts_nor_parts(town: Any) -> None:
    lamps = town.lamps(XS, state={**faulty(50, 100), 75: "off_on_purpose"})
    got = found(town, lamps)
    assert got["group_n"].to_dict() == {"l0050": 2, "l0100": 2}
    told = fault_events(town.faults({"lamp_id": "l0075"}), lamps, now=town.now)
    assert lamp_status(lamps, told)["l0075"] == "off_on_purpose"


def test_a_group_runs_over_a_junction_but_not_over_a_long_pause(town: Any) -> None:
    streets = town.streets(
        {"xy": [(0, 0), (100, 0)], "name": "Stigen"}, {"xy": [(100, 0), (400, 0)], "name": "Stigen"}
    )
    got = found(town, town.lamps([80, 120, 300], state="faulty"), streets=streets)
    assert got["group_n"].tolist() == [2, 2, 1]


def test_groups_meet_where_paths_meet(town: Any) -> None:
    fork = town.streets(
        {"xy": [(0, 0), (100, 0)]}, {"xy": [(100, 0), (200, 60)]}, {"xy": [(100, 0), (200, -60)]}
    )
    trunk = town.lamps([65, 90], state="faulty")
    branch = town.lamps([112], y=9, prefix="m", state="faulty")
    far = town.lamps([135, 160], y=-21, prefix="w")
    got = found(town, pd.concat([trunk, branch, far]), streets=fork)
    assert got["group_n"].tolist() == [3, 3, 3]
    # With a working lamp nearer on either side, it stays by itself.
    fence = town.lamps([100, 111], y=5, prefix="v")
    got = found(town, pd.concat([trunk, branch, far, fence]), streets=fork)
    assert got["group_n"].to_dict() == {"l0065": 2, "l0090": 2, "m0112": 1}


def test_a_whole_circuit_is_one_group_wherever_its_lamps_stand(town: Any) -> None:
    streets = town.streets({"xy": [(0, 0), (300, 0)]}, {"xy": [(0, 900), (300, 900)]})
    here = town.lamps([0, 25, 50], circuit="C1", state="faulty")
    there = town.lamps([0, 25], y=902, prefix="m", circuit="C1", state={0: "faulty"})
    got = found(town, pd.concat([here, there]), streets=streets)
    assert set(got["group_kind"]) == {"circuit"}
    assert got["group_n"].tolist() == [4] * 4
    # Three of a circuit of three are a group on their path, no circuit.
    assert set(found(town, here, streets=streets)["group_kind"]) == {"group"}


def test_register_and_reports_are_told_apart_and_dated(town: Any) -> None:
    now = pd.Timestamp(town.now)
    lamps = town.lamps(
        [0, 25, 50], state=faulty(0, 25), state_since={0: now - pd.Timedelta(days=10)}
    )
    faults = town.faults(
        {"lamp_id": "l0000", "reported_at": now - pd.Timedelta(days=20)},
        {"lamp_id": "l0050", "reported_at": now - pd.Timedelta(days=5)},
        {"lamp_id": "l0050", "reported_at": now - pd.Timedelta(days=4)},
    )
    got = found(town, lamps, faults)
    assert got["basis"].tolist() == ["both", "register", "report"]
    assert got["days_open"].tolist()[::2] == pytest.approx([20, 5])
    assert pd.isna(got["days_open"].iloc[1])
    assert got["n_reports"].tolist() == [1, 0, 2]
    assert got["fault_ids"].tolist() == [["f0"], [], ["f1", "f2"]]


def test_closed_and_other_faults_are_no_outage(town: Any) -> None:
    faults = town.faults(
        {"lamp_id": "l0000", "closed_at": pd.Timestamp(town.now)},
        {"lamp_id": "l0025", "kind": "flickering"},
    )
    assert found(town, town.lamps(XS), faults).empty


def test_groups_are_one_errand_each_with_its_target(town: Any) -> None:
    long_ago = pd.Timestamp(town.now) - pd.Timedelta(days=10)
    lamps = town.lamps(XS, state=faulty(50, 75, 200), state_since=long_ago)
    got = outage_groups(found(town, lamps), service_days={"single": 30, "group": 3})
    assert got["n_lamps"].tolist() == [2, 1]
    assert got["target_days"].tolist() == [3, 30]
    assert got["late"].tolist() == [True, False]
    assert got["pole_refs"].tolist() == [["P0050", "P0075"], ["P0200"]]
    assert got.geometry.geom_type.tolist() == ["MultiPoint", "Point"]
    assert got.geometry.is_valid.all()


def test_no_lamps_no_faults_no_streets(town: Any) -> None:
    assert found(town, LAMPS.empty()).empty
    assert found(town, town.lamps(XS)).empty
    assert outage_groups(found(town, LAMPS.empty())).empty
    alone = found(town, town.lamps([0, 25], state="faulty"), streets=STREETS.empty())
    assert alone["group_kind"].tolist() == ["single", "single"]


@settings(max_examples=25)
@given(out=st.sets(st.sampled_from(list(XS))), seed=st.integers(0, 99))
def test_groups_are_the_maximal_rows_of_lamps_that_are_out(
    town: Any, out: set[int], seed: int
) -> None:
    lamps = town.lamps(XS, state=dict.fromkeys(out, "faulty"))
    got = found(town, lamps.sample(frac=1, random_state=seed))
    want, size = [], 0
    for x in [*XS, None]:
        if x in out:
            size += 1
        elif size:
            want.append(size)
            size = 0
    assert sorted(got.groupby("group_id").size()) == sorted(want)
    assert sorted(got.index) == sorted(f"l{x:04d}" for x in out)
