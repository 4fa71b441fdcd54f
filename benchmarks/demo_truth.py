"""
Ask how much of what is planted in the made-up municipality is found, and what is invented.

    python benchmarks/demo_truth.py [--seeds 30] [--first 1] [--jobs 2]

Each seed's files are written with places planted and with nothing planted, then read and
searched as any files are: the 52 weeks to the end of 2026-W47. Found: a place that stands out,
likely or better, within 100 m of a planted one; false: such a place further from anything
planted. Intervals are exact, 95 %.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.clock import Week
from geo.demo import Demo, Truth, score, write_demo
from geo.hotspots import Context, find_hotspots
from geo.hotspots.context import countable
from geo.ingest import Mapping, read_file
from geo.ingest.duplicates import group_duplicates
from geo.intervals import binomial_interval, poisson_interval

FRAMES = ("incidents", "streets", "areas", "facilities")
WEEK, WEEKS = Week.parse("2026-W47"), 52
WORDS = ("well_supported", "likely", "possible", "cannot_tell")
EFFECTS, NEAR_M = ("2x", "3x", "5x"), 100.0


def context_of(demo: Demo) -> Context:
    """Read the files that the search for places rests on."""
    profile, parts = demo.profile, defaultdict[str, list[gpd.GeoDataFrame]](list)
    door = {"crs": profile.crs, "timezone": profile.timezone, "extent": profile.extent}
    for load in demo.loads:
        if load.frame in FRAMES:
            mapping = Mapping.read(load.mapping_file)
            got = read_file(load.file, mapping=mapping, key=b"k" * 32, **door)
            parts[load.frame].append(got.accepted)
    read = {name: pd.concat(some, ignore_index=True) for name, some in parts.items()}
    read["incidents"] = group_duplicates(read["incidents"])
    period = {"period_from": WEEK.shift(1 - WEEKS).start(), "period_to": WEEK.end()}
    return Context(**read, **period, timezone=profile.timezone, crs=profile.crs, seed=1)


def describe(truth: Truth, places: gpd.GeoDataFrame, context: Context) -> Iterable[str]:
    """Say what was there to see of each place missed, and of each one invented."""
    shown = [f"{r.certainty}, {r.n:.0f} where {r.expected:.1f} expected, q {r.q:.3f}"
             for r in places.itertuples()]  # fmt: skip
    sure, shapes = places["certainty"].isin(WORDS[:2]).to_numpy(), places.geometry.to_numpy()
    rows = countable(context).current
    points, chance = shapely.points(rows["x"], rows["y"]), sure.copy()
    for row in truth.places:
        ground = shapely.from_wkt(row["wkt"])
        near = shapely.dwithin(shapes, ground, NEAR_M)
        chance &= ~near
        if row["role"] == "planted" and not (near & sure).any():
            n = int(shapely.covers(ground, points).sum())
            best = [text for text, close in zip(shown, near, strict=True) if close]
            yield (f"not found {row['key']} | {row['expected_52w']:.1f} expected, "
                   f"{row['n_extra_52w']} planted, {n} with a position inside | near: "
                   f"{best[0] if best else 'nothing shown'}")  # fmt: skip
    kind = "something" if truth.is_planted else "nothing"
    for i in chance.nonzero()[0]:
        yield f"false, {kind} planted | {shown[i]}"


def ask(seed: int) -> tuple[Counter[str], list[str]]:
    """Write, read and search both variants of one seed; give tallies, and notes on places."""
    t, notes = Counter[str](), []
    for planted in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            demo = write_demo(Path(folder), seed=seed, planted=planted)
            context = context_of(demo)
        found = find_hotspots(context)
        places = found[found["claim"] == "stands_out"]
        notes += [f"seed {seed:3d} {note}" for note in describe(demo.truth, places, context)]
        if not planted:
            t.update("null " + found["claim"] + " " + found["certainty"])
            continue
        for word, some in (("sure", places), ("firm", places[places["certainty"] == WORDS[0]])):
            got = score(demo.truth, some)
            t[f"{word} false"] = got["false"]
            t[f"{word} believed"] = int(some["certainty"].isin(WORDS[:2]).sum())
            for factor, (hit, of) in got["by_effect"].items():
                t.update({f"{word} {factor}": hit, f"{word} of {factor}": of})
    return t, notes


def share(hits: int, of: int) -> str:
    """Write a share with its exact interval."""
    low, high = binomial_interval(hits, of)
    return f"{hits}/{of} = {100 * hits / of:.1f} % ({100 * float(low):.1f}-{100 * float(high):.1f})"


def line(t: Counter[str]) -> str:
    """Write one seed's line."""
    hits = ", ".join(f"{f} {t[f'sure {f}']}/{t[f'sure of {f}']}" for f in EFFECTS)
    null = ", ".join(f"{word} {t[f'null stands_out {word}']}" for word in WORDS[:3])
    false = f"false {t['sure false']} ({t['firm false']} well supported)"
    return f"planted: {hits}, {false} | nothing planted: {null}"


def summary(tallies: list[Counter[str]]) -> Iterable[str]:
    """Write the sums."""
    t, runs = sum(tallies, Counter[str]()), len(tallies)
    for word, said in (("sure", "likely or better"), ("firm", "well supported")):
        for factor in EFFECTS:
            hits = share(t[f"{word} {factor}"], t[f"{word} of {factor}"])
            yield f"recall {factor}, {said}: {hits}"
        wrong = t[f"{word} false"]
        low, high = (float(limit) / runs for limit in poisson_interval(wrong))
        yield (f"false, {said}: {wrong / runs:.2f} a run ({low:.2f}-{high:.2f}); "
               f"of all such places {share(wrong, t[f'{word} believed'])}")  # fmt: skip
    for claim, words in (("stands_out", 1), ("stands_out", 2), ("changed", 1)):
        keys = [f"null {claim} {word}" for word in WORDS[:words]]
        hits = sum(any(one[key] for key in keys) for one in tallies)
        said = " or ".join(WORDS[:words])
        yield f"nothing planted, runs with any {said} that {claim}: {share(hits, runs)}"


def main() -> None:
    """Run the seeds and print."""
    parser = argparse.ArgumentParser(description="Recall and false finds on the demo's truth.")
    for name, number in (("seeds", 30), ("first", 1), ("jobs", 2)):
        parser.add_argument(f"--{name}", type=int, default=number)
    asked = parser.parse_args()
    begun, tallies, told = time.perf_counter(), [], []
    seeds = range(asked.first, asked.first + asked.seeds)
    with get_context("spawn").Pool(asked.jobs) as pool:
        for seed, (tally, notes) in zip(seeds, pool.imap(ask, seeds), strict=True):
            tallies.append(tally)
            told += notes
            print(f"seed {seed:3d} | {line(tally)}", flush=True)
    print("", *told, "", *summary(tallies), sep="\n")
    print(f"{asked.seeds} seeds from {asked.first}, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
