"""
Time the whole Knox table, 4 x 4 bands and 999 orders, beside one cell of it by pointpats.

    python benchmarks/knox.py [--rounds 3]

1 000 points over three years, exact times. pointpats.Knox counts the pairs within one distance
and one time; our first cells, summed to the same reach, must give its number. The table of
10 000 points is shown beside. Seconds are of the processor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from _beside import beside, peer, rounds_asked, show, take_turns
from _town import CORNER, spots

from geo.hotspots.knox import KnoxTable, knox

METRES, DAYS, ORDERS = [0.0, 100, 200, 300, 400], [0.0, 7, 14, 21, 28], 999


def table(n: int) -> tuple[np.ndarray, np.ndarray, Callable[[], KnoxTable]]:
    """Draw points and days, and give what counts them."""
    xy = spots(n, seed=3) - CORNER
    days = np.random.default_rng(4).uniform(0, 1096, n)
    return xy, days, lambda: knox(
        *xy.T, days, space_m=METRES, time_days=DAYS, rng=np.random.default_rng(1),
        permutations=ORDERS,
    )  # fmt: skip


def main() -> None:
    """Print medians of interleaved rounds."""
    rounds = rounds_asked(__doc__, rounds=3)
    xy, days, ours = table(1_000)
    work: dict[str, Callable[[], Any]] = {"ours": ours}
    same, check, found = True, "", ours()
    if pointpats := peer("pointpats"):
        # Its edges belong to the band, ours to the next: no distance here is exactly one.
        reach = (METRES[2] - 1e-6, DAYS[2] - 1e-9)

        def one_cell() -> Any:
            np.random.seed(1)  # noqa: NPY002 (it draws from the global state)
            return pointpats.Knox(xy, days[:, None], *reach, permutations=ORDERS)

        name = "pointpats.Knox, one cell"
        work[name] = one_cell
        theirs, mine = int(one_cell().statistic_), int(found.observed[:2, :2].sum())
        same, check = (
            theirs == mine,
            f"pairs within 200 m and 14 days: ours {mine}, theirs {theirs}",
        )
    times = take_turns(work, rounds=rounds)
    print(f"{len(days)} points, {ORDERS} orders; {found.observed.sum()} pairs in the table")
    show(times)
    beside("Knox, whole table, 999 orders, 1 000 points", times, "pointpats.Knox, one cell",
           must=30, check=check, same=same)  # fmt: skip
    show({"ours, 10 000 points": take_turns({"ours": table(10_000)[2]}, rounds=1)["ours"]},
         ours="ours, 10 000 points")  # fmt: skip


if __name__ == "__main__":
    main()
