"""Rows, clocks and comparisons that the tests of the store share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, Point, Polygon

from geo.frames import FAULTS, HOTSPOTS, INCIDENTS, RECOMMENDATIONS, STREETS
from geo.store import BatchInfo, Run, Store

CRS = "EPSG:3006"
START = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)
E0, N0 = 500_000.0, 6_400_000.0
INFO = BatchInfo("polisen")


@dataclass
class Clock:
    """A clock that moves one second each time it is read."""

    moment: datetime = field(default=START)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass
class Backend:
    """A kind of store, and how to open this test's, by name and as often as one likes."""

    kind: str
    connect: Callable[[str], Store]

    def open(self, name: str = "lagesbild") -> Store:
        """Open the store of that name; a new name makes a new store."""
        return self.connect(name)


def incidents(ids: Iterable[str], **changes: Any) -> gpd.GeoDataFrame:
    """Incidents an hour and a hundred metres apart, in conformity; `changes` set whole columns."""
    names = list(ids)
    n = len(names)
    table: dict[str, Any] = {
        "id": names,
        "category": "vehicle_crime",
        "source_category": "Skadegörelse på bil",
        "mapping_version": "m1",
        "occurred_from": [START + timedelta(hours=k) for k in range(n)],
        "occurred_to": pd.Series([None] * n, dtype="object"),
        "time_known": True,
        "setting": "outdoor",
        "accuracy_m": 30.0,
        "source": "polisen",
        "found_by": "report",
        "flags": [["stacked"] if k % 3 == 0 else [] for k in range(n)],
        "weight": 1.0,
        "batch_id": "",
        "geometry": [Point(E0 + 100 * k, N0 + 100 * k) for k in range(n)],
    }
    table |= changes
    geometry = gpd.GeoSeries(table.pop("geometry"), crs=CRS)
    return INCIDENTS.conform(gpd.GeoDataFrame(table, geometry=geometry, index=range(n)), crs=CRS)


def streets(lines: Sequence[LineString]) -> gpd.GeoDataFrame:
    """Streets along the lines given."""
    n = len(lines)
    table = {
        "id": [f"s{k}" for k in range(n)],
        "kind": "footway",
        "length_m": [line.length for line in lines],
        "from_node": "a",
        "to_node": "b",
        "lit": "unknown",
        "batch_id": "",
    }
    frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(list(lines), crs=CRS), index=range(n))
    return STREETS.conform(frame, crs=CRS)


def faults(content: dict[str, str]) -> gpd.GeoDataFrame:
    """Faults without a place whose only content is the pole number."""
    table = {
        "id": list(content),
        "pole_ref": list(content.values()),
        "kind": "out",
        "reported_at": START,
        "batch_id": "",
    }
    return FAULTS.conform(pd.DataFrame(table, index=range(len(content))), crs=CRS)


def hotspots(ids: Iterable[str]) -> gpd.GeoDataFrame:
    """Square hotspots."""
    names = list(ids)
    n = len(names)
    table = {
        "id": names,
        "place_id": [f"p-{name}" for name in names],
        "method": "gi_star",
        "claim": "stands_out",
        "rank": range(1, n + 1),
        "n": 12.0,
        "expected": 3.5,
        "certainty": "likely",
        "period_from": START - timedelta(weeks=52),
        "period_to": START,
        "peak_hours": [[{"weekday": "fri", "hours": [22, 2], "n": 7, "share": 0.58}]] * n,
        "categories": [{"vehicle_crime": 9, "assault": 3}] * n,
        "area_m2": 22_500.0,
        "street_m": 310.0,
        "caveats": [["small_number"]] * n,
        "run_id": "",
    }
    squares = [
        Polygon([(E0, N0), (E0 + 150, N0), (E0 + 150, N0 + 150), (E0, N0 + 150)]) for _ in range(n)
    ]
    frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(squares, crs=CRS), index=range(n))
    return HOTSPOTS.conform(frame, crs=CRS)


def recommendations(ids: Iterable[str]) -> gpd.GeoDataFrame:
    """Recommendations without a place."""
    names = list(ids)
    table = {
        "id": names,
        "kind": "patrol",
        "priority": range(1, len(names) + 1),
        "rule": "presence",
        "reasons": [[{"code": "peak", "value": 7, "n": 12}]] * len(names),
        "confidence": "likely",
        "run_id": "",
    }
    return RECOMMENDATIONS.conform(pd.DataFrame(table, index=range(len(names))), crs=CRS)


def a_run(run_id: str, *, week: str = "2026-W47") -> Run:
    """A run that says little."""
    return Run(run_id, week, {"week": week, "seed": 1}, {"incidents": 1}, "0.1.0", {"n": 3})


def expected(rows: gpd.GeoDataFrame, **provenance: str) -> gpd.GeoDataFrame:
    """What reading should give for rows that were written: by id, with their provenance."""
    out = rows.sort_values("id", ignore_index=True)
    for name, value in provenance.items():
        out[name] = pd.Series([value] * len(out), dtype="str")
    return out


def assert_same(got: gpd.GeoDataFrame, wanted: gpd.GeoDataFrame) -> None:
    """Require equal values, types, order, geometry and CRS."""
    assert got.crs == wanted.crs
    assert list(got.columns) == list(wanted.columns)
    there = wanted.geometry.to_wkb().to_numpy()
    np.testing.assert_array_equal(got.geometry.to_wkb().to_numpy(), there)
    pd.testing.assert_frame_equal(
        pd.DataFrame(got.drop(columns="geometry")),
        pd.DataFrame(wanted.drop(columns="geometry")),
        check_exact=True,
    )


def canonical(rows: gpd.GeoDataFrame) -> bytes:
    """Write a frame down to the byte: every value, type and order."""
    table = rows.drop(columns="geometry").astype("object").to_numpy().tolist()
    return repr((list(rows.dtypes.items()), table, list(rows.geometry.to_wkb()))).encode()
