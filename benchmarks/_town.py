"""A made-up town for timing: addresses where things happen again, and a street network."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

CRS = "EPSG:3006"
CORNER = np.array([480_000.0, 6_300_000.0])
TOWN_M = 10_000.0
UNTIL = pd.Timestamp("2026-11-23 05:00", tz="UTC")


def spots(n: int, *, seed: int, addresses: int = 40_000) -> np.ndarray:
    """Draw places: 70 crowds of addresses, few of which have most, and a tenth of them jittered."""
    rng = np.random.default_rng(seed)
    parents = rng.uniform(0.1 * TOWN_M, 0.9 * TOWN_M, (70, 2))
    at = parents[rng.integers(0, 70, addresses)] + rng.normal(0, 450, (addresses, 2))
    at = np.clip(at, 5, TOWN_M - 5).round(1)
    busy = rng.pareto(1.2, addresses) + 1
    drawn = at[rng.choice(addresses, n, p=busy / busy.sum())]
    off = rng.random(n) < 0.1
    drawn[off] = np.clip(drawn[off] + rng.normal(0, 15, (int(off.sum()), 2)), 5, TOWN_M - 5)
    return CORNER + drawn.round(1)


def streets(*, seed: int, step_m: float = 100.0) -> gpd.GeoDataFrame:
    """Lay a bent lattice of streets over the town: one row between each two junctions."""
    rng = np.random.default_rng(seed)
    side = int(TOWN_M / step_m) + 1
    x, y = np.meshgrid(np.arange(side) * step_m, np.arange(side) * step_m)
    node = np.stack([x, y], axis=-1) + rng.uniform(-0.25, 0.25, (side, side, 2)) * step_m
    number = np.arange(side * side).reshape(side, side)
    begin = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    kept = rng.random(begin.size) < 0.97
    begin, end, flat = begin[kept], end[kept], node.reshape(-1, 2) + CORNER
    bend = (flat[begin] + flat[end]) / 2 + rng.uniform(-8, 8, (begin.size, 2))
    lines = shapely.linestrings(np.stack([flat[begin], bend, flat[end]], axis=1).round(2))
    table = {
        "id": [f"s{k:06d}" for k in range(begin.size)], "name": None, "kind": "road",
        "length_m": shapely.length(lines), "from_node": [f"n{k}" for k in begin],
        "to_node": [f"n{k}" for k in end], "lit": "unknown", "batch_id": "prov",
    }  # fmt: skip
    return gpd.GeoDataFrame(table, geometry=lines, crs=CRS)


def incidents(n: int, *, seed: int, weeks: int = 104) -> gpd.GeoDataFrame:
    """Draw incidents over the weeks before `UNTIL`, as rows of the frame."""
    from geo.frames import INCIDENTS

    rng = np.random.default_rng(seed + 1)
    xy = spots(n, seed=seed)
    ago = pd.to_timedelta(rng.integers(1, weeks * 604_800, n), unit="s")
    table = {
        "id": [f"i{k:07d}" for k in range(n)], "mapping_version": "1",
        "category": rng.choice(["vandalism", "theft", "violence_public"], n),
        "occurred_from": (UNTIL - ago).as_unit("us"), "time_known": True, "setting": "outdoor",
        "accuracy_m": 30.0, "source": "prov", "actor": "kommunen", "found_by": "report",
        "flags": [[] for _ in range(n)], "weight": 1.0, "batch_id": "prov",
    }  # fmt: skip
    frame = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(*xy.T), crs=CRS)
    return INCIDENTS.conform(frame, crs=CRS)
