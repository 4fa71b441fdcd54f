"""
Time GeoJSON of 10 000 lamps: ours beside geopandas' own, on the same rows.

    python benchmarks/geojson.py [--rows 10000] [--rounds 7]

Interleaved rounds, medians, one warm-up each; both begin in EPSG:3006 and write degrees. Times of
day are left out of the peer's rows, for it cannot write them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np

from geo.maps import feature_collection


def rows_of(n: int) -> gpd.GeoDataFrame:
    """Make lamps with words, numbers, truths and gaps."""
    rng = np.random.default_rng(1)
    east, north = 480_000 + rng.uniform(0, 9000, n), 6_330_000 + rng.uniform(0, 9000, n)
    flux = rng.uniform(1000, 9000, n).round(1)
    flux[rng.random(n) < 0.2] = np.nan
    data = {
        "id": [f"lp-{i:06d}" for i in range(n)],
        "state": rng.choice(["working", "faulty", "unknown"], n),
        "owner": rng.choice(["kommunen", "Trafikverket"], n),
        "flux_lm": flux,
        "lamps": rng.integers(1, 5, n),
        "checked": rng.random(n) < 0.5,
    }
    return gpd.GeoDataFrame(data, geometry=gpd.points_from_xy(east, north), crs="EPSG:3006")


def clock(work: Callable[[], object]) -> float:
    """Time one call, seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Time them in turn, and print medians."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=7)
    given = asked.parse_args()
    rows = rows_of(given.rows)
    work = {
        "ours": lambda: feature_collection(rows),
        "geopandas to_json": lambda: rows.to_crs("OGC:CRS84").to_json(),
    }
    ours, peer = (json.loads(each())["features"] for each in work.values())
    same = [a["properties"] == b["properties"] for a, b in zip(ours, peer, strict=True)]
    print(f"{given.rows} rows, {given.rounds} interleaved rounds, medians")
    print(f"properties the same as geopandas': {all(same)}")
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(given.rounds):
        for name, each in work.items():
            times[name].append(clock(each))
    base = statistics.median(times["ours"])
    for name, some in times.items():
        middle = statistics.median(some)
        print(f"{name:20s} {middle * 1e3:8.1f} ms  (least {min(some) * 1e3:.1f})  "
              f"{middle / base:5.1f} x ours")  # fmt: skip


if __name__ == "__main__":
    main()
