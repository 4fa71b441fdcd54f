"""
Ask whether a place that stays keeps its name, over 52 weekly pictures of the made-up municipality.

    python benchmarks/same_place.py [--seeds 2] [--first 1] [--weeks 52] [--jobs 2]

Each seed's files are written and read once; then every week from 2025-W48 to 2026-W47 is searched
with the 52 weeks before its end, and linked to the rows of the eight weeks before it (those given
lower priority included), as `lagesbild analyse` does. A stable place is one planted with one and
the same factor through all weeks searched. It is shown in a week when a listed place (possible or
better) that stands out shares most ground with it, at least three tenths of the smaller. Its name
is the `place_id` it got the first time. Kept: weeks shown under that name, of all weeks it is
shown after the first. Weeks of one place hang together, so the interval draws whole places again,
2 000 times.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from demo_truth import WEEK, WEEKS, context_of

from geo.demo import Truth, write_demo
from geo.hotspots import Context, paint
from geo.hotspots.link import SHARED
from geo.intervals import binomial_interval
from geo.pipeline.analyse import LINK_WEEKS

AIM = 0.95
LISTED = ("well_supported", "likely", "possible")


def stable(truth: Truth) -> dict[str, Any]:
    """Choose the planted places whose risk was one and the same in every week searched."""
    first, last = str(WEEK.shift(1 - 2 * WEEKS)), str(WEEK)
    out = {}
    for row in truth.places:
        spells = row["spells"]
        always = len(spells) == 1 and spells[0][0] <= first and spells[0][1] >= last
        if row["role"] == "planted" and always:
            out[row["key"]] = shapely.from_wkt(row["wkt"])
    return out


def shown(places: gpd.GeoDataFrame, ground: Any) -> str | None:
    """Find the place of a week that lies on a stable one."""
    shapes = places.geometry.to_numpy()
    common = shapely.area(shapely.intersection(shapes, ground))
    share = common / np.minimum(shapely.area(shapes), shapely.area(ground))
    at = int(np.argmax(share)) if len(share) else 0
    return str(places["place_id"].iloc[at]) if len(share) and share[at] >= SHARED else None


def weekly(base: Context, weeks: int) -> list[gpd.GeoDataFrame]:
    """Search week after week, each with the memory of eight."""
    out: list[gpd.GeoDataFrame] = []
    runs: list[gpd.GeoDataFrame] = []
    for back in range(weeks - 1, -1, -1):
        last = WEEK.shift(-back)
        context = replace(base, period_from=last.shift(1 - WEEKS).start(), period_to=last.end())
        former = pd.concat(runs[-LINK_WEEKS:], ignore_index=True) if runs else None
        found = paint(context, former=former)
        out.append(found.hotspots)
        runs.append(pd.concat([found.hotspots, found.lower], ignore_index=True))
    return out


def ask(job: tuple[int, int]) -> list[tuple[str, list[str | None]]]:
    """Give the names each stable place of one seed had, week by week."""
    seed, weeks = job
    with tempfile.TemporaryDirectory() as folder:
        demo = write_demo(Path(folder), seed=seed)
        base = context_of(demo)
    listed = [
        rows[(rows["claim"] == "stands_out") & rows["certainty"].isin(LISTED)]
        for rows in weekly(base, weeks)
    ]
    return [
        (f"seed {seed} {key}", [shown(rows, ground) for rows in listed])
        for key, ground in stable(demo.truth).items()
    ]


def kept(names: list[str | None]) -> tuple[int, int, int]:
    """Count the weeks under the first name, those shown after the first, and the names."""
    seen = [name for name in names if name is not None]
    return sum(name == seen[0] for name in seen[1:]), max(0, len(seen) - 1), len(set(seen))


def spread(counts: np.ndarray) -> tuple[float, float]:
    """Draw the places again; the 95 % interval of the share."""
    rng = np.random.default_rng(1)
    some = counts[rng.integers(len(counts), size=(2000, len(counts)))].sum(axis=1)
    share = some[:, 0] / np.maximum(some[:, 1], 1)
    low, high = np.quantile(share, [0.025, 0.975])
    return float(low), float(high)


def main() -> int:
    """Ask, and print a line a place and the share."""
    parser = argparse.ArgumentParser(description="Does a place that stays keep its name?")
    for name, number in (("seeds", 2), ("first", 1), ("weeks", 52), ("jobs", 2)):
        parser.add_argument(f"--{name}", type=int, default=number)
    given, begun = parser.parse_args(), time.perf_counter()
    jobs = [(seed, given.weeks) for seed in range(given.first, given.first + given.seeds)]
    counts = []
    with get_context("spawn").Pool(given.jobs) as pool:
        for told in pool.imap(ask, jobs):
            for place, names in told:
                same, of, different = kept(names)
                counts.append((same, of))
                weeks = sum(name is not None for name in names)
                sys.stdout.write(f"{place:12s} shown {weeks:2d} weeks of {len(names)}, names "
                                 f"{different}, kept {same}/{of}\n")  # fmt: skip
                sys.stdout.flush()
    same, of = (int(v) for v in np.sum(counts, axis=0))
    low, high = spread(np.asarray(counts))
    whole = [s == n for s, n in counts if n]
    exact = [100 * float(v) for v in binomial_interval(sum(whole), len(whole))]
    sys.stdout.write(
        f"kept {same}/{of} = {100 * same / of:.1f} % ({100 * low:.1f}-{100 * high:.1f}); places "
        f"with one name throughout {sum(whole)}/{len(whole)} ({exact[0]:.1f}-{exact[1]:.1f} %)\n"
        f"aimed for: at least {100 * AIM:.0f} %; {time.perf_counter() - begun:.0f} s\n"
    )
    return 0 if same >= AIM * of else 1


if __name__ == "__main__":
    raise SystemExit(main())
