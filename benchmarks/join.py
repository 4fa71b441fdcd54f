"""
Join points to the areas they lie in: ours beside shapely's tree, on the same points.

    python benchmarks/join.py [--points 1000000] [--areas 300] [--rounds 3]

Each turn is a process of its own, and the two take turns. Timed: making the index and placing
every point; not timed: imports, compiling, making the data. Seconds are of the processor. The
answers must be the same, point by point.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from _beside import Result, seconds, tell

SEED = 1
TOWN = (488_000.0, 6_304_000.0)
SPREAD_M = 4_000.0


def make(points: int, areas: int) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """Ragged areas that share borders and cover a town, and points scattered round it."""
    rng = np.random.default_rng(SEED)
    seeds = rng.normal(TOWN, SPREAD_M, (areas, 2))
    frame = shapely.box(*(np.array(TOWN) - 15_000), *(np.array(TOWN) + 15_000))
    cells = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=frame)
    shapes = [cell.intersection(frame).segmentize(60.0) for cell in shapely.get_parts(cells)]
    place = rng.normal(TOWN, SPREAD_M, (points, 2))
    return gpd.GeoDataFrame(geometry=shapes, crs="EPSG:3006"), place


def peak_mb() -> float:
    """Read the most memory this process has held since it was last asked to forget, MB."""
    rows = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return float(next(row for row in rows if row.startswith("VmHWM")).split()[1]) / 1024


def turn(who: str, points: int, areas: int) -> dict[str, float | str]:
    """Take one turn, and tell its seconds, its memory and its answers in short."""
    from geo.grid import AreaIndex

    shapes, place = make(points, areas)
    if who == "ours":
        AreaIndex.of(shapes.iloc[:2]).locate(place[:10, 0], place[:10, 1])  # compile
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, started = peak_mb(), time.process_time()
    if who == "ours":
        index = AreaIndex.of(shapes)
        built = time.process_time() - started
        found = index.locate(place[:, 0].copy(), place[:, 1].copy())
    else:
        tree = shapely.STRtree(shapes.geometry.to_numpy())
        built = time.process_time() - started
        point, area = tree.query(shapely.points(place), predicate="within")
        found = np.full(points, -1)
        found[point] = area
    seconds = time.process_time() - started
    return {"who": who, "s": seconds, "index_s": built, "mb": peak_mb() - before,
            "placed": float((found >= 0).sum()),
            "answer": hashlib.sha256(found.tobytes()).hexdigest()}  # fmt: skip


def main() -> int:
    """Let both take turns, and print the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--areas", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--turn", choices=("ours", "shapely"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.turn:
        print(json.dumps(turn(given.turn, given.points, given.areas)))
        return 0
    command = [sys.executable, __file__, "--points", str(given.points), "--areas", str(given.areas)]
    taken: dict[str, list[dict[str, float]]] = {"ours": [], "shapely": []}
    for _ in range(given.rounds):
        for who, turns in taken.items():
            asked = [*command, "--turn", who]
            done = subprocess.run(asked, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 (this file)
            turns.append(json.loads(done.stdout))
    print(f"{given.points} points, {given.areas} areas, {given.rounds} turns each, medians")
    print(f"{'':10}{'seconds':>10}{'of these index':>16}{'MB above start':>16}{'placed':>10}")
    taking = {}
    for who, turns in taken.items():
        s, index, mb = (statistics.median(t[k] for t in turns) for k in ("s", "index_s", "mb"))
        taking[who] = s
        print(f"{who:10}{s:10.3f}{index:16.3f}{mb:16.0f}{turns[0]['placed']:10.0f}")
    same = len({t["answer"] for turns in taken.values() for t in turns}) == 1
    ratio, answers = taking["shapely"] / taking["ours"], "the same" if same else "NOT the same"
    print(f"{ratio:.1f} times as fast; answers {answers}")
    tell(Result(f"join {given.points:,} points to {given.areas} areas".replace(",", " "),
                "shapely STRtree", seconds(taking["ours"]), seconds(taking["shapely"]), ratio,
                ">= 8x", ratio >= 8 and same, f"areas {answers}, point by point",
                f"{given.rounds}/{given.rounds}"))  # fmt: skip
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
