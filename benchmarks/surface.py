"""
Time the light of 20 000 lamps on 10 x 10 km at 1 m beside plain numpy, and beside the memory.

Plain numpy adds one stamp a lamp: the same formula on the square round it. The limit is the time
to write the raster once, and to read and write it once; the buffer is used again, as the first
touch of fresh memory costs more than the work.

    python benchmarks/surface.py [--rounds 3]
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np
from _beside import Result, seconds, tell

from geo.lighting.surface_kernel import add_light

SIDE, N_LAMPS, REACH_M = 10_000, 20_000, 60.0


def numpy_stamps(out: np.ndarray, lamps: tuple[np.ndarray, ...], north: float) -> None:
    """Add each lamp's square with whole-array arithmetic, float32, Lambert."""
    for x, y, height, flux, reach in zip(*lamps, strict=True):
        first, last = max(int(x - reach), 0), min(int(x + reach) + 1, SIDE)
        top, bottom = max(int(north - y - reach), 0), min(int(north - y + reach) + 1, SIDE)
        dx = (np.arange(first, last, dtype=np.float32) + np.float32(0.5 - x)) ** 2
        dy = (np.arange(top, bottom, dtype=np.float32) + np.float32(0.5 - (north - y))) ** 2
        d2 = dy[:, None] + dx
        r2 = d2 + np.float32(height**2)
        factor = np.float32(flux * height**2 / np.pi)
        out[top:bottom, first:last] += np.where(d2 <= np.float32(reach**2), factor / (r2 * r2), 0)


def main() -> None:
    """Print medians of interleaved rounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    rng = np.random.default_rng(1)
    centre = rng.uniform(500, SIDE - 500, (N_LAMPS // 20, 2))
    spots = np.repeat(centre, 20, axis=0) + rng.normal(0, 150, (N_LAMPS, 2))
    x, y = np.clip(spots, 0, SIDE - 1).T
    lamps = (x, y, rng.choice([4.0, 5.0, 6.0], N_LAMPS), rng.uniform(1500, 4000, N_LAMPS),
             np.full(N_LAMPS, REACH_M))  # fmt: skip
    mine, plain = np.zeros((2, SIDE, SIDE), np.float32)
    warm = np.zeros((8, 8), np.float32)

    def ours(optic: str) -> None:
        mine.fill(0.0)
        add_light(mine, lamps, west=0.0, north=float(SIDE), cell_m=1.0, optic=optic)

    def theirs() -> None:
        plain.fill(0.0)
        numpy_stamps(plain, lamps, float(SIDE))

    def copy() -> None:
        np.copyto(plain, mine)

    def write() -> None:
        plain.fill(0.0)

    for optic in ("lambert", "isotropic", "batwing"):
        add_light(warm, lamps, west=0.0, north=8.0, cell_m=1.0, optic=optic)
    ours("lambert")
    theirs()
    worst = float(np.abs(mine - plain).max() / plain.max())
    tasks = {"numpy, one stamp a lamp": theirs, "ours, lambert": lambda: ours("lambert"),
             "ours, isotropic": lambda: ours("isotropic"),
             "ours, batwing": lambda: ours("batwing"), "write the raster once": write,
             "read and write it once": copy}  # fmt: skip
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            wall, cpu = time.perf_counter(), time.process_time()
            task()
            times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    cells = float((np.pi * REACH_M**2) * N_LAMPS)
    print(f"{N_LAMPS} lamps, {SIDE} x {SIDE} cells of 1 m, reach {REACH_M:g} m, "
          f"{cells / 1e6:.0f} M lamp-cells, {rounds} rounds")  # fmt: skip
    print(f"largest difference from numpy: {worst:.1e} of the brightest cell")
    peer = statistics.median(c for _, c in times["numpy, one stamp a lamp"])
    print(f"{'':28}{'wall s':>9}{'cpu s':>9}{'numpy / it':>12}")
    for name, rows in times.items():
        wall, cpu = (statistics.median(v) for v in zip(*rows, strict=True))
        print(f"{name:28}{wall:9.3f}{cpu:9.3f}{peer / cpu:11.1f}x")
    mine_s = statistics.median(c for _, c in times["ours, lambert"])
    tell(Result("illuminance, 20 000 lamps on 100 000 000 cells", "numpy, one stamp a lamp",
                seconds(mine_s), seconds(peer), peer / mine_s, ">= 2x",
                peer >= 2 * mine_s and worst <= 1e-4,
                f"largest difference {worst:.0e} of the peak", f"{rounds}/{rounds}"))  # fmt: skip


if __name__ == "__main__":
    main()
