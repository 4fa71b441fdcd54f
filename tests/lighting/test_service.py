"""Targets for mending, as municipalities have written them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from geo.errors import SettingsError
from geo.frames import LAMPS
from geo.lighting.outages import outage_groups, outages
from geo.lighting.service import service_days, target_days
from geo.streets import StreetNet


@pytest.mark.parametrize(
    ("who", "kind", "lamps", "critical", "days"),
    [
        ("malmo", "single", 1, False, 30), ("malmo", "group", 2, False, 3),
        ("malmo", "circuit", 9, False, 0.042), ("malmo", "single", 1, True, 0.042),
        ("vallentuna", "group", 2, False, 182), ("vallentuna", "group", 3, False, 3),
        ("vallentuna", "single", 1, True, 3), ("ockelbo", "group", 2, False, 30),
        ("ockelbo", "single", 1, False, 182), ("molndal", "single", 1, False, 7),
        ("molndal", "circuit", 8, False, 3), ("default", "group", 4, True, 3),
    ],
)  # fmt: skip
def test_classes_of_service(
    who: str, kind: str, lamps: int, days: float, *, critical: bool
) -> None:
    assert target_days(kind, lamps, critical=critical, days=service_days(who)) == days


def test_an_unknown_municipality_is_refused_with_those_known() -> None:
    with pytest.raises(SettingsError, match="vallentuna"):
        service_days("nowhere")


def test_a_lamp_out_in_a_tunnel_is_late_before_one_on_the_street(town: Any) -> None:
    streets = town.streets(
        {"xy": [(0, 0), (200, 0)]}, {"xy": [(0, 500), (60, 500)], "kind": "gc_tunnel"}
    )
    net = StreetNet.of(streets)
    lamps = town.lamps([100], state="faulty", prefix="street")
    below = town.lamps([30], y=502.0, state="faulty", prefix="below")
    both = LAMPS.conform(pd.concat([lamps, below], ignore_index=True), crs=lamps.crs)
    out = outages(both, town.faults(), net=net, now=town.now)
    found = outage_groups(out, service_days=service_days("vallentuna"), tunnels={"s1"})
    days = dict(zip(found["street_id"], found["target_days"], strict=True))
    assert days == {"s0": 182, "s1": 3}
