"""Calculated light by place, tunnels and ways round: small streets worked out on paper."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString

from geo.lighting.dark_stretches import COLUMNS as STRETCH
from geo.lighting.inventory import street_states
from geo.lighting.lux_facts import LUX_COLUMNS, lux_facts
from geo.lighting.route_facts import detour_facts, tunnel_facts
from geo.streets import StreetNet

E0, N0, CRS = 500_000.0, 6_400_000.0, "EPSG:3006"


def segments(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    base = {"lux_class": "enough", "night_class": "enough", "mean_lx": 6.0, "min_lx": 1.5,
            "p_minimum": 0.9, "inventory_share": 1.0, "length_m": 50.0}  # fmt: skip
    full = [
        {**base, **row, "geometry": LineString([(E0 + 50 * k, N0), (E0 + 50 * k + 50, N0)])}
        for k, row in enumerate(rows)
    ]
    return gpd.GeoDataFrame(full, geometry="geometry", crs=CRS)


def test_a_place_is_as_light_as_most_of_its_street(town: Any) -> None:
    parts = segments(
        {}, {"lux_class": "dark", "p_minimum": 0.1, "mean_lx": 2.0, "min_lx": 0.2},
        {"night_class": "dark"}, {"lux_class": "unlit", "mean_lx": 0.0},
        {"lux_class": "not_inventoried", "inventory_share": 0.0},
    )  # fmt: skip
    got = lux_facts(town.places(a=(0, -50, 250, 50), b=(0, 900, 9, 909)), parts)
    assert list(got.columns) == list(LUX_COLUMNS)
    a = got.loc["a"]
    assert a["lux_m"] == 150  # unlit and unsurveyed pieces say nothing of lamps
    assert a["p_class"] == 0.9
    assert a["mean_lx"] == pytest.approx((6 + 2 + 6) / 3)
    assert a["evenness"] == pytest.approx(0.2 / a["mean_lx"])
    assert a[["lux_dark_m", "night_dark_m"]].tolist() == [50, 50]
    assert a["lux_dark_share"] == pytest.approx(1 / 3)
    assert got.loc["b"].drop(["lux_m", "lux_dark_m", "night_dark_m"]).isna().all()


def test_tunnels_and_the_lit_way_round(town: Any) -> None:
    net = StreetNet.of(
        town.streets(
            {"xy": [(0, 0), (100, 0)], "lit": "no"},  # the unlit path
            {"xy": [(0, 0), (0, 5)], "kind": "road"}, {"xy": [(0, 5), (100, 5)], "kind": "road"},
            {"xy": [(100, 5), (100, 0)], "kind": "road"},
            {"xy": [(100, 0), (130, 0)], "kind": "gc_tunnel"},
        )
    )  # fmt: skip
    places = town.places(a=(0, -20, 90, 3), far=(900, 0, 950, 50))
    tunnel = tunnel_facts(town.places(a=(110, -5, 120, 5), far=(900, 0, 950, 50)), net)
    assert tunnel["tunnel_m"].tolist() == [30, 0]
    assert tunnel["tunnel_ids"].tolist() == [["s4"], []]
    line = LineString([(E0, N0), (E0 + 100, N0)])
    row = dict.fromkeys(STRETCH, 0.0) | {"cause": "unlit", "length_m": 100.0, "street_ids": ["s0"],
                                         "geometry": line}  # fmt: skip
    stretches = gpd.GeoDataFrame([row], index=["d"], geometry="geometry", crs=CRS)
    samples = net.samples(step_m=2.5).assign(inventoried=True)
    lit = samples.assign(state=np.where(samples["street_id"] == "s0", "unlit", "lit"))
    got = detour_facts(places, stretches, net=net, states=street_states(lit))
    assert got.loc["a", "detour"] == pytest.approx(1.1)  # 5 + 100 + 5 over 100
    assert np.isnan(got.loc["far", "detour"])
    dark = street_states(samples.assign(state="unlit"))
    assert detour_facts(places, stretches, net=net, states=dark)["detour"].isna().all()
