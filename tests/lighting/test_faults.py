"""Reports on lamps: who they are about, and how many faults they are."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import CrsError
from geo.frames import FAULTS, LAMPS
from geo.lighting.faults import EVENT_COLUMNS, fault_events, snap_faults


def day(n: int) -> pd.Timestamp:
    return pd.Timestamp("2026-10-01", tz="UTC") + pd.Timedelta(days=n)


def test_id_beats_pole_number_beats_distance(town: Any) -> None:
    lamps = town.lamps([0, 25, 50])
    faults = town.faults(
        {"lamp_id": "l0050", "pole_ref": "P0025", "at": (0, 2)},
        {"pole_ref": "P0025", "at": (49, 2)},
        {"pole_ref": "unknown", "at": (47, 2)},
        {"at": (36, 2)},
        {"at": (200, 2)},
        {},
    )
    got = snap_faults(faults, lamps)
    assert got["lamp_id"].tolist()[:4] == ["l0050", "l0025", "l0050", "l0025"]
    assert got["how"].tolist() == ["lamp_id", "pole_ref", "nearest", "nearest", "none", "none"]
    assert got["distance_m"].tolist()[:4] == [50, 24, 3, 11]
    assert got["lamp_id"].isna().tolist() == [False] * 4 + [True] * 2


def test_a_pole_number_on_two_lamps_is_settled_by_distance_or_left(town: Any) -> None:
    lamps = town.lamps([0, 25], pole_ref="P1")
    got = snap_faults(town.faults({"pole_ref": "P1", "at": (20, 2)}, {"pole_ref": "P1"}), lamps)
    assert got["lamp_id"].tolist()[0] == "l0025"
    assert got["how"].tolist() == ["pole_ref", "none"]


def test_fifteen_metres_is_near_and_a_tie_goes_to_the_first_id(town: Any) -> None:
    lamps = town.lamps([0, 30]).sample(frac=1, random_state=1)
    got = snap_faults(town.faults({"at": (15, 2)}, {"at": (-15.1, 2)}), lamps)
    assert got["lamp_id"].tolist()[0] == "l0000"
    assert got["how"].tolist() == ["nearest", "none"]


def test_reports_within_fourteen_days_of_the_last_are_one_fault(town: Any) -> None:
    faults = town.faults(
        *({"lamp_id": "l0000", "reported_at": day(n)} for n in (0, 14, 28, 43)),
        {"lamp_id": "l0025", "reported_at": day(1), "kind": "flickering"},
    )
    got = fault_events(faults, town.lamps([0, 25]), now=town.now)
    assert got["n_reports"].to_dict() == {"f0": 3, "f3": 1, "f4": 1}
    assert got.loc["f0", "fault_ids"] == ["f0", "f1", "f2"]
    assert got["closed_at"].isna().all()


def test_the_first_report_governs_the_closing(town: Any) -> None:
    faults = town.faults(
        {"lamp_id": "l0000", "reported_at": day(0), "closed_at": day(5)},
        {"lamp_id": "l0000", "reported_at": day(2)},  # never closed, but before the mending
        {"lamp_id": "l0025", "reported_at": day(0)},
        {"lamp_id": "l0025", "reported_at": day(2), "closed_at": day(3)},  # closed as told twice
        {"lamp_id": "l0050", "reported_at": day(0), "closed_at": day(4)},
        {"lamp_id": "l0050", "reported_at": day(9)},  # out again
    )
    got = fault_events(faults, town.lamps([0, 25, 50]), now=town.now)
    assert got["closed_at"].notna().to_dict() == {"f0": True, "f2": False, "f4": False}
    assert got.loc["f0", "closed_at"] == day(5)


def test_what_is_not_yet_known_does_not_count(town: Any) -> None:
    faults = town.faults(
        {"lamp_id": "l0000", "reported_at": day(0), "closed_at": day(20)},
        {"lamp_id": "l0000", "reported_at": day(40)},
    )
    got = fault_events(faults, town.lamps([0]), now=day(10).to_pydatetime())
    assert list(got.index) == ["f0"]
    assert got["closed_at"].isna().all()


def test_any_report_of_darkness_makes_the_fault_one(town: Any) -> None:
    faults = town.faults(
        {"lamp_id": "l0000", "reported_at": day(0), "kind": "flickering"},
        {"lamp_id": "l0000", "reported_at": day(3), "kind": "out"},
    )
    assert fault_events(faults, town.lamps([0]), now=town.now)["kind"].tolist() == ["out"]


def test_nothing_in_nothing_out(town: Any) -> None:
    lamps = town.lamps([0])
    assert snap_faults(FAULTS.empty(), lamps).empty
    assert fault_events(FAULTS.empty(), lamps, now=town.now).columns.tolist() == list(EVENT_COLUMNS)
    got = fault_events(town.faults({"at": (0, 0)}, {}), LAMPS.empty(), now=town.now)
    assert len(got) == 2
    assert got["lamp_id"].isna().all()


def test_degrees_are_refused(town: Any) -> None:
    with pytest.raises(CrsError):
        snap_faults(town.faults({"at": (0, 0)}), town.lamps([0]).to_crs("EPSG:4326"))


@settings(max_examples=25)
@given(days=st.lists(st.integers(0, 50), min_size=1, max_size=12), seed=st.integers(0, 99))
def test_every_report_belongs_to_exactly_one_fault_in_any_order(
    town: Any, days: list[int], seed: int
) -> None:
    faults = town.faults(*({"lamp_id": "l0000", "reported_at": day(n)} for n in days))
    shuffled = faults.sample(frac=1, random_state=seed)
    here = fault_events(faults, town.lamps([0]), now=town.now)
    there = fault_events(shuffled, town.lamps([0]), now=town.now)
    pd.testing.assert_frame_equal(here, there)
    assert sorted(i for ids in here["fault_ids"] for i in ids) == sorted(faults["id"])
