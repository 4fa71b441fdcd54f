"""
Time a density surface of 100 000 incidents, at 50 m and at 10 m, beside KDEpy and spatstat.

    python benchmarks/kde.py [--rounds 3]

All with the quartic kernel of radius 250 m, on the same points and cells. Ours is exact; the
error of each is its largest difference from the plain sum over all points at 400 cells, in
parts of the peak. spatstat runs in R where R has it, at 50 m, and is timed by R. Seconds are
of the processor. A Gaussian of 200 m is shown beside, which has no target.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from _beside import Times, beside, peer, rounds_asked, show, take_turns
from _town import CORNER, TOWN_M, spots

from geo.hotspots.kde import kernel_density

POINTS, RADIUS_M, MARGIN_M = 100_000, 250.0, 15_000.0
R = """
suppressPackageStartupMessages(library(spatstat.explore))
a <- commandArgs(TRUE); x <- read.csv(a[1]); s <- as.numeric(a[2]); n <- as.numeric(a[3])
w <- owin(c(-n, n), c(-n, n)); p <- suppressWarnings(ppp(x$x, x$y, window = w, check = FALSE))
once <- function() density.ppp(p, sigma = s, kernel = "quartic", edge = FALSE, eps = 50)
d <- once()
for (i in seq_len(as.numeric(a[4]))) {
  t <- system.time(once()); cat("TIME", t[["user.self"]] + t[["sys.self"]], t[["elapsed"]], "\n") }
k <- read.csv(a[5]); cat("AT", d$v[cbind(k$row, k$col)], "\n")
"""


def cells(step_m: float) -> np.ndarray:
    """Give the middles of cells along an axis of 40 km round the town."""
    return np.arange(-TOWN_M / 2 - MARGIN_M + step_m / 2, TOWN_M / 2 + MARGIN_M, step_m)


def plain(xy: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Sum every point's kernel at some places."""
    out = np.zeros(len(at))
    for k, place in enumerate(at):
        left = np.clip(1 - ((xy - place) ** 2).sum(axis=1) / RADIUS_M**2, 0, None)
        out[k] = (3 / (np.pi * RADIUS_M**2) * left**2).sum()
    return out


def spatstat(xy: np.ndarray, pick: np.ndarray, rounds: int) -> tuple[Times, np.ndarray] | None:
    """Let R do it, and read its clock and its answers; None where it cannot."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        points, script, some = (Path(name) / f for f in ("points.csv", "kde.R", "cells.csv"))
        np.savetxt(points, xy, delimiter=",", header="x,y", comments="")
        np.savetxt(some, pick + 1, fmt="%d", delimiter=",", header="row,col", comments="")
        script.write_text(R, encoding="ascii")
        sd, half = str(RADIUS_M / 8**0.5), str(TOWN_M / 2 + MARGIN_M)
        done = subprocess.run(  # noqa: S603 (this file's own script)
            ["Rscript", str(script), str(points), sd, half, str(rounds), str(some)],  # noqa: S607 (R is found on the path)
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        return None
    rows = [line.split() for line in done.stdout.splitlines()]
    clock = np.array([[float(v) for v in row[1:]] for row in rows if row[:1] == ["TIME"]])
    at = next(row[1:] for row in rows if row[:1] == ["AT"])
    return Times(*map(float, np.median(clock, axis=0)), rounds), np.array(at, float)


def surface(xy: np.ndarray, step_m: float, rounds: int) -> None:
    """Compare on one size of cell."""
    at = cells(step_m)
    x, y = (np.ascontiguousarray(v) for v in xy.T)
    one = np.ones(POINTS)
    work: dict[str, Callable[[], np.ndarray]] = {
        "ours": lambda: kernel_density(x, y, one, at_x=at, at_y=at, bandwidth_m=RADIUS_M,
                                       kernel="quartic"),
        "ours, Gaussian 200 m": lambda: kernel_density(
            x, y, one, at_x=at, at_y=at, bandwidth_m=200.0, kernel="gaussian"),
    }  # fmt: skip
    if kdepy := peer("KDEpy"):
        grid = np.stack(np.meshgrid(at, at, indexing="ij"), axis=-1).reshape(-1, 2)

        def other(kernel: str, sd: float) -> np.ndarray:
            found = kdepy.FFTKDE(kernel=kernel, bw=sd).fit(xy).evaluate(grid)
            return found.reshape(at.size, at.size).T * POINTS

        work["KDEpy"] = lambda: other("biweight", RADIUS_M / 7**0.5)
        work["KDEpy, Gaussian 200 m"] = lambda: other("gaussian", 200.0)
    found = {name: each() for name, each in work.items() if "Gauss" not in name}
    peak = float(found["ours"].max())
    rng = np.random.default_rng(2)
    busy = np.flatnonzero(found["ours"].ravel() > peak / 100)
    pick = np.column_stack(np.unravel_index(rng.choice(busy, 400), found["ours"].shape))
    truth = plain(xy, np.column_stack((at[pick[:, 1]], at[pick[:, 0]])))
    values = {name: each[pick[:, 0], pick[:, 1]] for name, each in found.items()}
    times = take_turns(work, rounds=rounds)
    if step_m == 50 and (r := spatstat(xy, pick, rounds)):
        times["spatstat density.ppp"], values["spatstat density.ppp"] = r
    elif step_m == 50:
        print("spatstat: peer not installed, not run (Debian: r-base-core r-cran-spatstat)")
    error = {name: float(np.abs(each - truth).max()) / peak for name, each in values.items()}
    print(f"{POINTS} points, {at.size} x {at.size} cells of {step_m:g} m; error of the peak: "
          + ", ".join(f"{name} {each:.1e}" for name, each in error.items()))  # fmt: skip
    show(times)
    check = f"error {error['ours']:.0e} of the peak (must 5e-4)"
    peers = [("KDEpy", 3.0)] + ([("spatstat density.ppp", 50.0)] if step_m == 50 else [])
    for name, must in peers:
        theirs = f"; theirs {error[name]:.0e}" if name in error else ""
        beside(f"density surface, 100 000 points, {step_m:g} m", times, name, must=must,
               check=check + theirs, same=error["ours"] <= 5e-4)  # fmt: skip


def main() -> None:
    """Print medians of interleaved rounds."""
    rounds = rounds_asked(__doc__, rounds=3)
    xy = spots(POINTS, seed=1) - CORNER - TOWN_M / 2
    for step_m in (50.0, 10.0):
        surface(xy, step_m, rounds)


if __name__ == "__main__":
    main()
