"""Dark stretches on a surveyed path with five-metre lamps every 25 m (reach 12.5 m)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.frames import FAULTS, LAMPS, STREETS
from geo.lighting.dark_stretches import COLUMNS, dark_stretches, find_runs, spacings
from geo.lighting.faults import fault_events
from geo.lighting.inventory import light_samples
from geo.lighting.outages import lamp_status
from geo.lighting.placement import place_lamps
from geo.streets import StreetNet

LUX = np.array([3, 3, 0.5, 0.4, 0.3, 2, 0.6, 3, 0.2, 0.2, 0.2, 0.2, 4])
EVERYWHERE = ("inventory", (-500.0, -500.0, 2000.0, 2000.0))
XS = range(0, 401, 25)


@pytest.mark.parametrize(
    ("gap", "runs"),
    [
        (0, [(2, 4, 15, 0.4, 9.0), (8, 11, 20, 0.2, 16.0)]),
        (5, [(2, 11, 50, 0.76, 27.0)]),
    ],
)
def test_runs_on_the_published_example(gap: float, runs: list[tuple[float, ...]]) -> None:
    got = find_runs(LUX < 1, piece_m=[5] * 13, group=[0] * 13, max_gap_m=gap, min_run_m=15)
    table = [
        (a, b, 5 * (b - a + 1), LUX[a : b + 1].mean(), np.maximum(1 - LUX[a : b + 1], 0).sum() * 5)
        for a, b in got
    ]
    assert table == [pytest.approx(run) for run in runs]


def test_a_run_never_crosses_from_one_path_to_another() -> None:
    got = find_runs(
        [True] * 6, piece_m=[10] * 6, group=[0, 0, 0, 1, 1, 1], max_gap_m=5, min_run_m=1
    )
    assert got == [(0, 2), (3, 5)]


def stretches(town: Any, lamps: Any, *, lit: str = "yes", areas: Any = None, xy: Any = None) -> Any:
    net = StreetNet.of(town.streets({"xy": xy or [(0, 0), (400, 0)], "lit": lit}))
    return of_net(town, net, lamps, areas)


def of_net(town: Any, net: Any, lamps: Any, areas: Any = None) -> Any:
    placed = place_lamps(lamps, net)
    area = town.areas(EVERYWHERE) if areas is None else areas
    status = lamp_status(lamps, fault_events(FAULTS.empty(), lamps, now=town.now))
    return dark_stretches(
        light_samples(net, lamps, areas=area, placed=placed),
        net=net, placed=placed, status=status, owners=lamps.set_index("id")["owner"],
    )  # fmt: skip


def test_two_lamps_out_leave_fifty_dark_metres(town: Any) -> None:
    got = stretches(town, town.lamps(XS, state={100: "faulty", 125: "faulty"}))
    assert got["cause"].tolist() == ["outage"]
    # Lamps at 75 and 150 reach 12.3 m along the path: 87.3 to 137.7.
    assert got["length_m"].iloc[0] == pytest.approx(50, abs=2.6)
    assert got["lamp_ids"].tolist() == [["l0100", "l0125"]]
    assert got["owners"].tolist() == [["Kommunen"]]
    assert got.geometry.length.iloc[0] == pytest.approx(got["length_m"].iloc[0], abs=0.1)


def test_lamps_that_are_not_there_are_missing_not_out(town: Any) -> None:
    got = stretches(town, town.lamps([x for x in XS if x not in {200, 225, 250}]))
    assert got["cause"].tolist() == ["missing"]
    assert got["missing_m"].iloc[0] == pytest.approx(75, abs=2.6)
    assert got["lamp_ids"].tolist() == [[]]


def test_off_on_purpose_is_dark_in_its_hours_but_no_outage(town: Any) -> None:
    got = stretches(town, town.lamps(XS, state={100: "off_on_purpose", 125: "off_on_purpose"}))
    assert got["cause"].tolist() == ["off_on_purpose"]
    assert got["outage_m"].tolist() == got["missing_m"].tolist() == [0]


def test_unknown_coverage_is_never_dark(town: Any) -> None:
    lamps = town.lamps(range(0, 200, 25))
    west = town.areas(("inventory", (-50, -50, 200, 50)))
    assert len(stretches(town, lamps)) == 1
    assert stretches(town, lamps, areas=west).empty
    assert stretches(
        town, LAMPS.empty(), areas=town.areas(("inventory", (9e4, 9e4, 9.1e4, 9.1e4)))
    ).empty


def test_a_path_that_never_had_lamps_is_unlit_and_a_road_without_is_left_alone(town: Any) -> None:
    for got in (
        stretches(town, LAMPS.empty(), lit="no"),
        stretches(town, town.lamps([0]), lit="unknown"),
    ):
        assert got["cause"].tolist() == ["unlit"]
        assert got[["outage_m", "missing_m"]].to_numpy().sum() == 0
    gap = town.lamps([x for x in XS if x not in {200, 225}])
    assert stretches(town, gap, lit="unknown")["cause"].tolist() == ["missing"]
    road = StreetNet.of(town.streets({"xy": [(0, 0), (400, 0)], "lit": "no", "kind": "road"}))
    assert of_net(town, road, LAMPS.empty()).empty


def test_a_full_path_has_no_dark_stretch_and_low_lamps_far_apart_have(town: Any) -> None:
    assert stretches(town, town.lamps(XS)).empty
    assert len(stretches(town, town.lamps(range(0, 401, 50)))) == 8
    assert stretches(town, town.lamps(range(0, 401, 50), height_m=10.0)).empty


def test_a_stretch_over_a_junction_is_one(town: Any) -> None:
    net = StreetNet.of(
        town.streets(
            {"xy": [(0, 0), (200, 0)], "name": "Stigen"},
            {"xy": [(400, 0), (200, 0)], "name": "Stigen"},
        )
    )
    got = of_net(town, net, town.lamps([x for x in XS if x not in {175, 200, 225}]))
    assert len(got) == 1
    assert got["street_ids"].tolist() == [["s0", "s1"]]
    assert got.geometry.geom_type.tolist() == ["LineString"]


def test_spacing_over_height_in_bands(town: Any) -> None:
    net = StreetNet.of(town.streets({"xy": [(0, 0), (400, 0)]}))
    lamps = town.lamps([0, 20, 45, 75, 100], state={100: "faulty"})
    status = lamp_status(lamps, fault_events(FAULTS.empty(), lamps, now=town.now))
    got = spacings(place_lamps(lamps, net), status=status)
    assert got["ratio"].tolist() == [4, 5, 6]
    assert got["band"].tolist() == ["probably_ok", "uncertain", "probably_short"]
    assert spacings(place_lamps(LAMPS.empty(), net), status=status).empty


def test_nothing_gives_an_empty_table(town: Any) -> None:
    got = of_net(town, StreetNet.of(STREETS.empty()), town.lamps([0]))
    assert got.empty
    assert set(COLUMNS) <= {*got.columns}


@settings(max_examples=25)
@given(gone=st.sets(st.sampled_from(list(XS)), max_size=8))
def test_more_lamps_out_never_means_fewer_dark_metres(town: Any, gone: set[int]) -> None:
    before = stretches(town, town.lamps(XS, state=dict.fromkeys(gone, "faulty")))
    after = stretches(town, town.lamps(XS, state=dict.fromkeys(gone | {200}, "faulty")))
    assert after["length_m"].sum() >= before["length_m"].sum() - 1e-6
    assert set(after["cause"]) <= {"outage"}
    assert set(before["cause"]) <= {"outage"}
