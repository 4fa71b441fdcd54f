"""
Time Gi* on 25 600 cells beside esda: the score with its tail, and with drawn orders.

    python benchmarks/gi_star.py [--rounds 5]

esda's weights are made beforehand and not timed; ours need none. z must be esda's to 1e-9. Our p
is the exact tail of the count, esda's the normal tail of z. Drawn orders: ours one-sided with
ties counted; esda folds both sides. Seconds are of the processor.
"""

from __future__ import annotations

import warnings

import numpy as np
from _beside import beside, peer, rounds_asked, show, take_turns
from _town import CORNER, TOWN_M, spots

from geo.hotspots.gi_lattice import gi_lattice, gi_permuted

SIDE, POINTS, ORDERS = 160, 100_000, 999


def main() -> None:
    """Print medians of interleaved rounds."""
    rounds = rounds_asked(__doc__, rounds=5)
    col, row = ((spots(POINTS, seed=1) - CORNER) // (TOWN_M / SIDE)).astype(int).T
    counts = np.bincount(row * SIDE + col, minlength=SIDE * SIDE).reshape(SIDE, SIDE).astype(float)
    work = {"ours": lambda: gi_lattice(counts)}
    drawn = {"ours": lambda: gi_permuted(counts, rng=np.random.default_rng(1), permutations=ORDERS)}
    ten = {"ours": lambda: gi_permuted(counts, rng=np.random.default_rng(1), permutations=9_999)}
    same, check, theirs = True, "", list[np.ndarray]()
    esda, libpysal = peer("esda"), peer("libpysal.graph") and peer("libpysal")
    if esda and libpysal:
        warnings.simplefilter("ignore")

        # Its quickest way: the sparse graph, with each cell its own neighbour already.
        def graph(side: int) -> object:
            queen = libpysal.weights.lat2W(side, side, rook=False)
            starred = libpysal.weights.fill_diagonal(queen, 1)
            return libpysal.graph.Graph.from_W(starred).transform("B")

        near = graph(SIDE)

        def analytic() -> float:
            found = esda.G_Local(counts.ravel(), near, transform="B", star=True, permutations=0)
            esda.fdr(found.p_norm, 0.05)
            return found

        def orders() -> None:
            found = esda.G_Local(counts.ravel(), near, transform="B", star=True,
                                 permutations=ORDERS, seed=1, n_jobs=1)  # fmt: skip
            theirs.append(found.p_sim.reshape(SIDE, SIDE))

        esda.G_Local(np.arange(100.0), graph(10), transform="B", star=True, permutations=9,
                     n_jobs=1)  # compiles, half a minute  # fmt: skip
        error = float(np.abs(gi_lattice(counts).z.ravel() - analytic().Zs).max())
        same, check = error <= 1e-9, f"largest difference of z {error:.0e}"
        work["esda analytic, weights ready"], drawn["esda 999"] = analytic, orders
    drawn["ours"]()
    sure = int((gi_lattice(counts).q <= 0.05).sum())
    print(f"{SIDE * SIDE} cells, {POINTS} points; {sure} cells "
          "stand out after false discovery control")  # fmt: skip
    times = take_turns(work, rounds=rounds)
    show(times)
    beside("Gi* with tail and false discoveries, 25 600 cells", times,
           "esda analytic, weights ready", must=10, check=check, same=same)  # fmt: skip
    times = take_turns(drawn, rounds=rounds, at_most={"esda 999": 3})
    show(times)
    p, folded, fits = drawn["ours"](), "one-sided, ties counted", True
    if (
        theirs
    ):  # where ours is under a half, folding changes nothing, and the two are draws of one p
        low = p < 0.5
        chance = np.sqrt(2 * np.maximum(p * (1 - p), 1 / ORDERS) / ORDERS)
        off = float((np.abs(p - theirs[0]) > 4 * chance)[low].mean())
        fits = off < 0.01
        folded += f"; beyond 4 sd of esda's in {off:.2%} of the cells with p < 0.5"
    beside("Gi* with 999 drawn orders, 25 600 cells", times, "esda 999", must=50, check=folded,
           same=fits)  # fmt: skip
    show({f"{name}, 9 999 orders": t for name, t in take_turns(ten, rounds=1).items()},
         ours="ours, 9 999 orders")  # fmt: skip


if __name__ == "__main__":
    main()
