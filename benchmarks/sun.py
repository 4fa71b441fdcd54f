"""
Time the sun's altitude for a million moments in Sweden beside pvlib, and tell the largest error.

Moments are random in 2000-2050, places random within Sweden, so that nothing can be kept from one
to the next. Truth is NREL's SPA as pvlib has it, on the first hundred thousand. One core.

    python benchmarks/sun.py [--rounds 3]
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pvlib
from _beside import Result, seconds, tell

from geo.sun import altitude_deg

if TYPE_CHECKING:
    from collections.abc import Callable

N, N_SPA = 1_000_000, 100_000


def main() -> None:
    """Print medians of interleaved rounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    rng = np.random.default_rng(20)
    first, last = np.datetime64("2000-01-01", "s"), np.datetime64("2051-01-01", "s")
    stamps = first + rng.integers(0, (last - first).astype(int), N).astype("timedelta64[s]")
    lon, lat = rng.uniform(10.9, 24.2, N), rng.uniform(55.3, 69.1, N)
    index = pd.DatetimeIndex(stamps).as_unit("ns").tz_localize("UTC")
    unix = stamps.astype("int64").astype(float)

    def ours() -> np.ndarray:
        return altitude_deg(stamps, lon_deg=lon, lat_deg=lat)

    def spa() -> np.ndarray:
        part = slice(0, N_SPA)
        found = pvlib.spa.solar_position(
            unix[part], lat[part], lon[part], 0.0, 1013.25, 12.0, 67.0, 0.0
        )
        return np.asarray(found[3])

    def ephemeris() -> np.ndarray:
        return pvlib.solarposition.ephemeris(index, lat, lon)["elevation"].to_numpy()

    truth, mine = spa(), ours()[:N_SPA]
    error = np.abs(mine - truth)
    changed = float(((mine < -6) != (truth < -6)).mean())
    print(f"{N} moments; against SPA on {N_SPA}: largest error {error.max():.4f} degrees, "
          f"mean {error.mean():.4f}; {changed:.3%} change between twilight and dark")  # fmt: skip
    tasks: dict[str, tuple[Callable[[], np.ndarray], int]] = {
        "ours": (ours, N), "pvlib ephemeris": (ephemeris, N), "pvlib SPA (numpy)": (spa, N_SPA),
    }  # fmt: skip
    rates: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, (task, n) in tasks.items():
            start = time.process_time()
            task()
            rates[name].append(n / (time.process_time() - start))
    best = statistics.median(rates["ours"])
    print(f"{'':20}{'moments/s':>14}{'ours / it':>11}")
    for name, values in rates.items():
        rate = statistics.median(values)
        print(f"{name:20}{rate:14,.0f}{best / rate:10.1f}x")
    spa_rate = statistics.median(rates["pvlib SPA (numpy)"])
    tell(Result("the sun's altitude, 1 000 000 moments", "pvlib SPA (numpy)", seconds(N / best),
                seconds(N / spa_rate), best / spa_rate, ">= 10x",
                best >= 10 * spa_rate and error.max() <= 0.02,
                f"largest difference {error.max():.4f} degrees (must 0.02)",
                f"{rounds}/{rounds}, SPA on {N_SPA}"))  # fmt: skip


if __name__ == "__main__":
    main()
