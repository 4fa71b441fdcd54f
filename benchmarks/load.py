"""
Load a million rows from CSV to a stored, area-joined frame: ours beside geopandas.

    python benchmarks/load.py [--rows 1000000] [--rounds 3]

Each turn is a process of its own, and the two take turns; both have their imports behind them
and have loaded a small file before the clock starts. Both read the same CSV (local times, a
local SWEREF zone), place times on the UTC line, project, find the area of every point among
300 and store all rows: geopandas in a GeoPackage; we in the store, after every check of a
load, where the rows are keyed, versioned and can be undone. "again" is the same file once more,
which the peer has no word for. Seconds are wall time, beside them the processor's (user and
system, all threads: steadier on a machine that others use); memory is the peak above the start.

Beside the ratio: we count the areas' rows and keep no area with a row, geopandas keeps one; it
neither keys, checks, versions nor can undo. Rows whose clock time never was (the night clocks go
forward) are rejected by us and kept without a time by geopandas.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from _beside import Result, seconds, tell

SEED, N_AREAS, ADDRESSES, WARM_ROWS = 1, 300, 200_000, 25_000
TOWN, SPREAD_M = (488_000.0, 6_304_000.0), 2_500.0
WORDS = ("Skadegörelse på bil", "Klotter", "Inbrott i källare", "Cykelstöld", "Rån", "Störande")
MAPPING = {
    "frame": "incidents", "source": "bostadsbolaget", "crs": "EPSG:3009",
    "timezone": "Europe/Stockholm",
    "columns": {"ref": "Ärendenr", "x": "Östlig", "y": "Nordlig", "category": "Skadetyp",
                "occurred_from": "Upptäckt från", "occurred_to": "Upptäckt till"},
    "categories": dict(zip(WORDS, ("vehicle_crime", "graffiti", "burglary", "theft", "robbery",
                                   "disorder"), strict=True)),
}  # fmt: skip


def write_csv(path: Path, *, rows: int) -> None:
    """Write a made-up export: busy addresses, local times, a text column that nobody reads."""
    from pyproj import Transformer

    rng = np.random.default_rng(SEED)
    places = rng.normal(TOWN, SPREAD_M, (ADDRESSES, 2))
    busy = rng.pareto(1.2, ADDRESSES) + 1
    e, n = places[rng.choice(ADDRESSES, rows, p=busy / busy.sum())].T
    x, y = Transformer.from_crs(3006, 3009, always_xy=True).transform(e, n)
    start = np.datetime64("2023-01-02") + rng.integers(0, 86_400_000, rows).astype("timedelta64[s]")
    end = start + rng.integers(0, 43_200, rows).astype("timedelta64[s]")
    order = rng.permutation(rows)
    pd.DataFrame({
        "Ärendenr": [f"K{k % 7}-{k:07d}" for k in order],
        "Östlig": x.round(2), "Nordlig": y.round(2),
        "Upptäckt från": pd.Series(start).dt.strftime("%Y-%m-%d %H:%M"),
        "Upptäckt till": pd.Series(end).dt.strftime("%Y-%m-%d %H:%M"),
        "Skadetyp": rng.choice(WORDS, rows), "Fritext": "text som ingen läser",
    }).to_csv(path, sep=";", index=False)  # fmt: skip


def make_areas() -> gpd.GeoDataFrame:
    """Cut the town into areas that share borders."""
    rng = np.random.default_rng(SEED + 1)
    seeds = rng.normal(TOWN, SPREAD_M * 1.5, (N_AREAS, 2))
    frame = shapely.box(*(np.array(TOWN) - 40_000), *(np.array(TOWN) + 40_000))
    cells = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=frame)
    shapes = [cell.intersection(frame) for cell in shapely.get_parts(cells)]
    names = [f"Område {k}" for k in range(len(shapes))]
    return gpd.GeoDataFrame({"name": names}, geometry=shapes, crs="EPSG:3006")


def peak_mb() -> float:
    """Read the most memory this process has held since it was last asked to forget, MB."""
    rows = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return float(next(row for row in rows if row.startswith("VmHWM")).split()[1]) / 1024


def cpu_s() -> float:
    """Read the processor's seconds this process has used, all threads, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def geopandas_way(path: Path, folder: Path) -> int:
    """Load with geopandas; give the rows stored."""
    rows = pd.read_csv(path, sep=";", usecols=lambda name: name != "Fritext")
    for name in ("Upptäckt från", "Upptäckt till"):
        times = pd.to_datetime(rows[name]).dt.tz_localize(
            "Europe/Stockholm", ambiguous="NaT", nonexistent="NaT"
        )
        rows[name] = times.dt.tz_convert("UTC")
    points = gpd.points_from_xy(rows["Östlig"], rows["Nordlig"])
    placed = gpd.GeoDataFrame(rows, geometry=points, crs=3009).to_crs(3006)
    joined = gpd.sjoin(placed, make_areas(), how="left", predicate="within")
    joined.to_file(folder / f"{path.stem}.gpkg", layer="incidents")
    return int(joined["name"].notna().sum())


def our_way(path: Path, folder: Path) -> Callable[[], int]:
    """Make a workspace with areas; give what loads the file and counts the rows placed."""
    from geo.frames import AREAS
    from geo.ingest import Mapping
    from geo.pipeline import Workspace, load
    from geo.settings import Profile
    from geo.store import BatchInfo

    profile = Profile.parse({"name": "Prov", "crs": "EPSG:3006", "timezone": "Europe/Stockholm"})
    workspace = Workspace.create(folder / path.stem, profile)
    areas = make_areas().assign(level="district", batch_id="")
    areas["id"] = areas["name"]
    with workspace.store() as store:
        store.append("areas", AREAS.conform(areas), batch=BatchInfo("prov"))

    def loading() -> int:
        with workspace.store() as store:
            report = load(workspace, store, path, mapping=Mapping.parse(MAPPING))
        return sum(n for name, n in report.areas.items() if name)

    return loading


def turn(who: str, path: Path, warm: Path) -> dict[str, Any]:
    """Take one turn, and tell its seconds and its memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if who == "ours":
            our_way(warm, folder)()
            loading = our_way(path, folder)
        else:
            geopandas_way(warm, folder)
            loading = lambda: geopandas_way(path, folder)  # noqa: E731 (one of two ways)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before, used, started = peak_mb(), cpu_s(), time.perf_counter()
        placed = loading()
        seconds, mb = time.perf_counter() - started, peak_mb() - before
        out = {"s": seconds, "cpu_s": cpu_s() - used, "mb": mb, "placed": placed}
        if who == "ours":
            used, started = cpu_s(), time.perf_counter()
            loading()
            out |= {"again_s": time.perf_counter() - started, "again_cpu_s": cpu_s() - used,
                    "again_mb": peak_mb() - before}  # fmt: skip
    return out


def main() -> int:
    """Let both take turns, and print the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--turn", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.turn:
        print(json.dumps(turn(given.turn[0], *map(Path, given.turn[1:]))))
        return 0
    taken: dict[str, list[dict[str, Any]]] = {"ours": [], "geopandas": []}
    with tempfile.TemporaryDirectory() as name:
        path, warm = Path(name) / "handelser.csv", Path(name) / "varm.csv"
        write_csv(path, rows=given.rows)
        write_csv(warm, rows=WARM_ROWS * 4)
        for _ in range(given.rounds):
            for who, turns in taken.items():
                command = [sys.executable, __file__, "--turn", who, str(path), str(warm)]
                done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 (this file)
                turns.append(json.loads(done.stdout))
    print(f"{given.rows} rows, {N_AREAS} areas, {given.rounds} turns each, medians")
    print(f"{'':16}{'seconds':>10}{'of CPU':>10}{'MB above start':>16}{'rows in an area':>18}")
    middle = {who: {k: statistics.median(t[k] for t in turns) for k in turns[0]}
              for who, turns in taken.items()}  # fmt: skip
    for who, m in middle.items():
        print(f"{who:16}{m['s']:10.2f}{m['cpu_s']:10.2f}{m['mb']:16.0f}{m['placed']:18.0f}")
    ours, peer = middle["ours"], middle["geopandas"]
    again = f"{ours['again_s']:10.2f}{ours['again_cpu_s']:10.2f}{ours['again_mb']:16.0f}"
    print(f"{'ours, again':16}{again}")
    print(f"{peer['s'] / ours['s']:.1f} times as fast, {peer['cpu_s'] / ours['cpu_s']:.1f} by the "
          f"processor's seconds, {ours['mb'] / peer['mb']:.2f} of its memory")  # fmt: skip
    less = ours["mb"] / peer["mb"]
    what = f"load {given.rows:,} rows".replace(",", " ")
    tell(Result(f"{what}: parse, zone, project, join, store", "geopandas to GeoPackage",
                f"{seconds(ours['s'])}, {ours['mb']:.0f} MB",
                f"{seconds(peer['s'])}, {peer['mb']:.0f} MB", peer["s"] / ours["s"],
                ">= 2x of the clock, <= half the memory",
                peer["s"] >= 2 * ours["s"] and less <= 0.5,
                f"rows in an area: ours {ours['placed']:.0f}, theirs {peer['placed']:.0f}",
                f"{given.rounds}/{given.rounds}"))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
