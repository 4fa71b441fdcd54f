"""A small made-up town, and contexts made of points in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.frames import AREAS, FACILITIES, INCIDENTS, STREETS
from geo.hotspots import Context

CRS = "EPSG:3006"
EAST, NORTH = 500_000.0, 6_400_000.0
UNTIL = datetime(2026, 11, 23, 5, tzinfo=UTC)  # Monday 06:00 in Stockholm
SINCE = UNTIL - timedelta(weeks=52)

MakeIncidents = Callable[..., gpd.GeoDataFrame]
MakeContext = Callable[..., Context]


def blocks(side_m: float = 1500, step_m: float = 100) -> gpd.GeoDataFrame:
    at = np.arange(0, side_m + 1, step_m)
    lines, names = [], []
    for a in at:
        for b in at[:-1]:
            lines.append(shapely.LineString([(a, b), (a, b + step_m)]))
            lines.append(shapely.LineString([(b, a), (b + step_m, a)]))
            names += [f"Norrgatan {a:.0f}", f"Östgatan {a:.0f}"]
    moved = shapely.transform(
        np.asarray(lines, dtype=object), lambda c: c + np.array([EAST, NORTH])
    )
    table = {"id": [f"s{i:04d}" for i in range(len(lines))], "name": names, "kind": "road",
             "length_m": shapely.length(moved), "from_node": "", "to_node": "",
             "lit": "unknown", "batch_id": ""}  # fmt: skip
    return STREETS.conform(gpd.GeoDataFrame(table, geometry=list(moved), crs=CRS), crs=CRS)


@pytest.fixture(scope="session")
def streets() -> gpd.GeoDataFrame:
    """Blocks of 100 m, 1.5 x 1.5 km."""
    return blocks()


@pytest.fixture(scope="session")
def areas() -> gpd.GeoDataFrame:
    """The western third is centre, the rest residential."""
    kinds = ["centre", "residential"]
    table = {"id": kinds, "name": kinds, "level": "land_use", "kind": kinds, "batch_id": ""}
    shapes = [
        shapely.box(EAST - 50, NORTH - 50, EAST + 550, NORTH + 1550),
        shapely.box(EAST + 550, NORTH - 50, EAST + 1550, NORTH + 1550),
    ]
    return AREAS.conform(gpd.GeoDataFrame(table, geometry=shapes, crs=CRS), crs=CRS)


@pytest.fixture(scope="session")
def facilities() -> gpd.GeoDataFrame:
    """A station in the middle, and a park that lends nobody its name."""
    table = {"id": ["f1", "f2"], "kind": ["station", "park"], "name": ["Stationen", "Parken"],
             "check_locked": False, "batch_id": ""}  # fmt: skip
    shapes = [shapely.Point(EAST + 750, NORTH + 760), shapely.Point(EAST + 750, NORTH + 750)]
    return FACILITIES.conform(gpd.GeoDataFrame(table, geometry=shapes, crs=CRS), crs=CRS)


def rows_of(xy: Any, *, at: Any = None, **columns: Any) -> gpd.GeoDataFrame:
    xy = np.asarray(xy, dtype=float).reshape(-1, 2)
    n = len(xy)
    if at is None:
        share = (np.arange(n) * 0.6180339887 + 0.3) % 1  # even, and in no order of place
        at = pd.Timestamp(SINCE) + pd.to_timedelta(share * 52 * 604_800, unit="s")
    table: dict[str, Any] = {
        "id": [f"i{k:05d}" for k in range(n)], "category": "vandalism", "mapping_version": "1",
        "occurred_from": pd.DatetimeIndex(at).as_unit("us"), "time_known": True,
        "setting": "outdoor", "accuracy_m": 30.0, "source": "export", "actor": "kommunen",
        "found_by": "report", "flags": [[] for _ in range(n)], "weight": 1.0, "batch_id": "",
    }  # fmt: skip
    table |= columns
    points = gpd.points_from_xy(xy[:, 0], xy[:, 1])
    return INCIDENTS.conform(gpd.GeoDataFrame(table, geometry=points, crs=CRS), crs=CRS)


@pytest.fixture(scope="session")
def incidents() -> MakeIncidents:
    """Make incident rows of points; by default spread evenly over 52 weeks."""
    return rows_of


@pytest.fixture(scope="session")
def context(streets: gpd.GeoDataFrame) -> MakeContext:
    """Make an analysis of points (or of incident rows) in the small town."""

    def make(xy: Any, **changes: Any) -> Context:
        columns = {k: changes.pop(k) for k in list(changes) if k in INCIDENTS.names or k == "at"}
        rows = xy if isinstance(xy, gpd.GeoDataFrame) else rows_of(xy, **columns)
        given: dict[str, Any] = {"streets": streets, "areas": None, "crs": CRS,
                                 "period_from": SINCE, "period_to": UNTIL, "seed": 3}  # fmt: skip
        return Context(rows, **(given | changes))

    return make


@pytest.fixture(scope="session")
def even() -> Callable[..., np.ndarray]:
    """Draw n points on the streets of the small town, with 30 m error."""

    def draw(n: int, *, seed: int, weight: Any = None) -> np.ndarray:
        rng = np.random.default_rng(seed)
        lines = blocks().geometry.to_numpy()
        mass = shapely.length(lines) * (1.0 if weight is None else weight)
        street = rng.choice(lines.size, n, p=mass / mass.sum())
        spot = shapely.line_interpolate_point(lines[street], rng.random(n), normalized=True)
        return shapely.get_coordinates(spot) + rng.normal(0, 30, (n, 2))

    return draw


@pytest.fixture(scope="session")
def hot() -> Callable[..., np.ndarray]:
    """Draw n points round one junction of the small town."""

    def draw(n: int, *, seed: int, east: float = 700, north: float = 800, sd: float = 45
             ) -> np.ndarray:  # fmt: skip
        rng = np.random.default_rng(seed)
        return rng.normal((EAST + east, NORTH + north), sd, (n, 2))

    return draw


@pytest.fixture(scope="session")
def planted(context: MakeContext, even: Callable[..., np.ndarray],
            hot: Callable[..., np.ndarray]) -> Context:  # fmt: skip
    """A town with 300 incidents on the expected and 30 more at one junction."""
    return context(np.vstack((even(300, seed=1), hot(30, seed=2))))
