"""Lines of lit network on streets: what they say, and what they do not."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pytest
from shapely import LineString

from geo.errors import CrsError
from geo.lighting.lit_network import mark_lit
from geo.streets import StreetNet
from tests.lighting.conftest import E0, N0

STREETS = [
    {"xy": [(0, 0), (100, 0)], "lit": "unknown"},
    {"xy": [(0, 50), (100, 50)], "lit": "no"},
    {"xy": [(0, 100), (100, 100)], "lit": "yes"},
    {"xy": [(0, 150), (100, 150)], "lit": "unknown"},
    {"xy": [(50, 0), (50, 150)], "lit": "unknown"},
]


def lines(*spans: tuple[float, float, float], crs: str = "EPSG:3006") -> gpd.GeoSeries:
    shapes = [LineString([(E0 + a, N0 + y), (E0 + b, N0 + y)]) for a, b, y in spans]
    return gpd.GeoSeries(shapes, crs=crs)


def test_lines_add_and_contradict_but_never_darken(town: Any) -> None:
    net = StreetNet.of(town.streets(*STREETS))
    found = mark_lit(net, lines((0, 100, 2), (0, 100, 48), (0, 90, 100), (0, 30, 151)))
    assert found["lit"].to_dict() == {
        "s0": "yes", "s1": "unknown", "s2": "yes", "s3": "unknown", "s4": "unknown",
    }  # fmt: skip
    assert found["lit_from"].to_dict() == {
        "s0": "network", "s1": "contradicted", "s2": "both", "s3": "street", "s4": "street",
    }  # fmt: skip
    assert net.streets["lit"]["s0"] == "unknown"  # a copy


def test_two_lines_together_may_follow_a_street(town: Any) -> None:
    net = StreetNet.of(town.streets(*STREETS))
    found = mark_lit(net, lines((0, 30, 150), (40, 70, 150)))
    assert found.loc["s3", "lit"] == "yes"
    assert mark_lit(net, lines((0, 30, 150)))["lit_from"].eq("street").all()


def test_nothing_said_is_nothing_changed(town: Any) -> None:
    net = StreetNet.of(town.streets(*STREETS))
    found = mark_lit(net, gpd.GeoSeries([], crs="EPSG:3006"))
    assert found["lit"].to_dict() == net.streets["lit"].to_dict()


def test_another_system_is_refused(town: Any) -> None:
    net = StreetNet.of(town.streets(*STREETS))
    with pytest.raises(CrsError):
        mark_lit(net, lines((0, 1, 2), crs="EPSG:32633"))
