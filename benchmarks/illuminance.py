"""
Time the light of a town's lamps at its path points beside the pair search alone.

15 000 lamps and 250 000 points every 2 m of 500 km of path, reach 60 m. Both run on one core, in
turn, on the same data; the pair search only finds which lamp is near which point, and gives no lux.

    python benchmarks/illuminance.py [--rounds 7]
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
from _beside import Result, seconds, tell
from scipy.spatial import cKDTree

from geo.lighting.point_kernel import horizontal_at

if TYPE_CHECKING:
    from collections.abc import Callable

N_LAMPS, N_POINTS, STEP_M, REACH_M = 15_000, 250_000, 2.0, 60.0
PATH_M = 1_000.0


def made_up_town(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Lay 500 straight paths of 1 km over 12 x 12 km, and lamps along them."""
    rng = np.random.default_rng(seed)
    n_paths = int(N_POINTS * STEP_M / PATH_M)
    start = rng.uniform(0, 12_000, (n_paths, 2))
    turn = rng.uniform(0, 2 * np.pi, n_paths)
    way = np.column_stack([np.cos(turn), np.sin(turn)])
    along = (np.arange(int(PATH_M / STEP_M)) + 0.5) * STEP_M
    points = (start[:, None] + way[:, None] * along[None, :, None]).reshape(-1, 2)
    per_path = N_LAMPS // n_paths
    at = (np.arange(per_path) + 0.5) * PATH_M / per_path
    side = np.column_stack([-way[:, 1], way[:, 0]]) * 2.0
    lamps = (start[:, None] + way[:, None] * at[None, :, None] + side[:, None]).reshape(-1, 2)
    return points, lamps


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Seconds of wall and of processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    what()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print medians of interleaved rounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    points, lamps = made_up_town(1)
    px, py = (np.ascontiguousarray(v) for v in points.T)
    n = len(lamps)
    rng = np.random.default_rng(2)
    plant = (*lamps.T.copy(), rng.choice([4.0, 5.0, 6.0], n), rng.uniform(1500, 4000, n),
             np.full(n, REACH_M))  # fmt: skip

    def ours(optic: str) -> np.ndarray:
        return horizontal_at(px, py, plant, optic=optic)

    trees = cKDTree(points), cKDTree(lamps)  # built beforehand; our sorting is timed

    def pairs() -> np.ndarray:
        return trees[0].sparse_distance_matrix(trees[1], REACH_M, output_type="ndarray")

    found = pairs()
    for optic in ("lambert", "isotropic", "batwing"):
        ours(optic)  # compile
    r2 = found["v"] ** 2 + plant[2][found["j"]] ** 2
    plain = np.bincount(found["i"], plant[3][found["j"]] * plant[2][found["j"]] ** 2 / np.pi
                        / r2**2, minlength=px.size)  # fmt: skip
    worst = float(np.abs(ours("lambert") - plain).max())
    tasks = {"cKDTree.sparse_distance_matrix": pairs, "ours, lambert": lambda: ours("lambert"),
             "ours, isotropic": lambda: ours("isotropic"),
             "ours, batwing": lambda: ours("batwing")}  # fmt: skip
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            times[name].append(timed(task))
    print(f"{n} lamps, {px.size} points, reach {REACH_M:g} m, {found.size} pairs, {rounds} rounds")
    print(f"largest difference from the plain sum: {worst:.2e} lx")
    peer = statistics.median(cpu for _, cpu in times["cKDTree.sparse_distance_matrix"])
    print(f"{'':34}{'wall ms':>9}{'cpu ms':>9}{'of the peer':>13}")
    for name, rows in times.items():
        wall, cpu = (statistics.median(v) * 1e3 for v in zip(*rows, strict=True))
        print(f"{name:34}{wall:9.1f}{cpu:9.1f}{cpu / 1e3 / peer:12.2f}x")
    mine = statistics.median(cpu for _, cpu in times["ours, lambert"])
    tell(Result("illuminance, 15 000 lamps at 250 000 path points", "cKDTree pairs alone",
                seconds(mine), seconds(peer), peer / mine, "<= 1.5 of its time",
                mine <= 1.5 * peer and worst < 1e-6, f"largest difference {worst:.0e} lx",
                f"{rounds}/{rounds}"))  # fmt: skip


if __name__ == "__main__":
    main()
