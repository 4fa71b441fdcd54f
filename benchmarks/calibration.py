"""
Ask the search for places what it says when the truth is known.

    python benchmarks/calibration.py [--runs 40] [--seed 1] [--only WORD]

Nothing planted: incidents are Poisson on exactly the expected (street length x kind of land,
30 m position error). Planted: one round place of 250 m across has so many more. Unequal but
constant: every street has a risk of its own that never changes. Each line gives the share of
runs with its exact 95 % interval.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.frames import AREAS, INCIDENTS, STREETS
from geo.hotspots.certainty import grade, stability
from geo.hotspots.changed import grade_changes
from geo.hotspots.context import Context, countable
from geo.hotspots.describe import Told
from geo.hotspots.field import Field
from geo.hotspots.search import search
from geo.intervals import binomial_interval

CRS = "EPSG:3006"
EAST, NORTH = 500_000.0, 6_400_000.0
UNTIL = datetime(2026, 11, 23, 5, tzinfo=UTC)
ERROR_M = 30.0
NEAR_M = 150.0


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """Streets, kinds of land, and the lines incidents are drawn on with their weight a metre."""

    name: str
    streets: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame | None
    lines: np.ndarray
    weight: np.ndarray
    spot: np.ndarray


def frame_of(lines: list[shapely.LineString]) -> gpd.GeoDataFrame:
    """Make a street frame of lines."""
    length = shapely.length(lines)
    rows = {"id": [f"s{i:05d}" for i in range(len(lines))], "kind": "road", "length_m": length,
            "from_node": "", "to_node": "", "lit": "unknown", "batch_id": ""}  # fmt: skip
    return STREETS.conform(gpd.GeoDataFrame(rows, geometry=lines, crs=CRS), crs=CRS)


def lattice(side_m: float, step_m: float, *, x: float, y: float) -> list[shapely.LineString]:
    """Lay blocks: every street between two junctions is a line."""
    at = np.arange(0.0, side_m + 1, step_m)
    out = []
    for a in at:
        for b in at[:-1]:
            out.append(shapely.LineString([(x + a, y + b), (x + a, y + b + step_m)]))
            out.append(shapely.LineString([(x + b, y + a), (x + b + step_m, y + a)]))
    return out


def alike(name: str, lines: list[shapely.LineString], *, x: float, y: float) -> Town:
    """Make a town where every metre of street expects as much."""
    held = np.asarray(lines, dtype=object)
    return Town(name, frame_of(lines), None, held, np.ones(held.size), np.array([x, y]))


def even_field() -> Town:
    """Lay a field of 3 x 3 km with blocks of 100 m."""
    return alike("even field", lattice(3000, 100, x=EAST + 7, y=NORTH + 13),
                 x=EAST + 1500, y=NORTH + 1500)  # fmt: skip


def town_in_forest() -> Town:
    """Lay a town of 2.4 x 2.4 km with a centre in a municipality of 40 x 40 km of forest roads."""
    town = lattice(2400, 80, x=EAST, y=NORTH)
    streets = frame_of(town + lattice(40_000, 4000, x=EAST - 18_800, y=NORTH - 18_800))
    centre = shapely.Point(EAST + 1200, NORTH + 1200).buffer(400)
    built = shapely.box(EAST - 40, NORTH - 40, EAST + 2440, NORTH + 2440).difference(centre)
    whole = shapely.box(EAST - 20_000, NORTH - 20_000, EAST + 22_000, NORTH + 22_000)
    kinds = {"centre": centre, "residential": built, "rural": whole.difference(built | centre)}
    rows = {"id": list(kinds), "name": list(kinds), "level": "land_use", "kind": list(kinds),
            "batch_id": ""}  # fmt: skip
    areas = AREAS.conform(gpd.GeoDataFrame(rows, geometry=list(kinds.values()), crs=CRS), crs=CRS)
    lines, weight = [], []
    for kind, rate in {"centre": 5.0, "residential": 1.0, "rural": 0.02}.items():
        inside = shapely.intersection(streets.geometry.to_numpy(), kinds[kind])
        lines.append(inside[shapely.length(inside) > 0])
        weight.append(np.full(lines[-1].size, rate))
    spot = np.array([EAST + 1900, NORTH + 700])
    held = np.concatenate(lines)
    return Town("town in 40 x 40 km", streets, areas, held, np.concatenate(weight), spot)


def ribbons() -> Town:
    """Lay crooked streets from a square, with side streets: nothing like a grid."""
    rng = np.random.default_rng(3)
    lines, middle = [], np.array([EAST + 1500, NORTH + 1500])
    for turn in np.linspace(0, 2 * np.pi, 9, endpoint=False):
        at, way, path = middle.copy(), turn, [middle.copy()]
        for _ in range(14):
            way += rng.normal(0, 0.18)
            at = at + 120 * np.array([np.cos(way), np.sin(way)])
            path.append(at)
            side = way + rng.choice([-1, 1]) * np.pi / 2
            end = at + rng.uniform(80, 320) * np.array([np.cos(side), np.sin(side)])
            lines.append(shapely.LineString([at, (at + end) / 2 + rng.normal(0, 12, 2), end]))
        lines += [shapely.LineString(pair) for pair in pairwise(path)]
    x, y = lines[40].interpolate(0.5, normalized=True).coords[0]
    return alike("street-shaped", lines, x=x, y=y)


def scatter(lines: np.ndarray, weight: np.ndarray, n: int, *, rng: np.random.Generator
            ) -> np.ndarray:  # fmt: skip
    """Put n incidents on lines, with the position error; shape (n, 2)."""
    mass = weight * shapely.length(lines)
    chosen = lines[rng.choice(mass.size, n, p=mass / mass.sum())]
    point = shapely.line_interpolate_point(_single(chosen), rng.random(n), normalized=True)
    return shapely.get_coordinates(point) + rng.normal(0, ERROR_M, (n, 2))


def _single(lines: np.ndarray) -> np.ndarray:
    """Join the parts of a cut line end to end, in order, which keeps its length nearly."""
    several = shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING
    out = lines.copy()
    out[several] = [max(line.geoms, key=lambda part: part.length) for line in lines[several]]
    return out


def context_of(town: Town, xy: np.ndarray, *, rng: np.random.Generator, seed: int) -> Context:
    """Make an analysis of points, at even times of 52 weeks."""
    n = len(xy)
    start = pd.Timestamp(UNTIL - timedelta(weeks=52))
    at = start + pd.to_timedelta(rng.random(n) * 52 * 604_800, unit="s")
    rows = {"id": [f"i{k:06d}" for k in range(n)], "category": "vandalism",
            "mapping_version": "1", "occurred_from": at.as_unit("us"), "time_known": True,
            "setting": "outdoor", "accuracy_m": ERROR_M, "source": "made-up",
            "found_by": "report", "flags": [[] for _ in range(n)], "weight": 1.0,
            "batch_id": ""}  # fmt: skip
    table = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(*xy.T), crs=CRS)
    incidents = INCIDENTS.conform(table, crs=CRS)
    since = UNTIL - timedelta(weeks=52)
    return Context(incidents, town.streets, town.areas, since, UNTIL, seed=seed)


def verdicts(context: Context) -> tuple[np.ndarray, np.ndarray]:
    """Give the certainty and the middle of every place found."""
    events = countable(context)
    rng = np.random.default_rng(context.seed)
    field = Field.of(context, events, rng=rng)
    found = search(field, rng=rng)
    firm = stability(field, found)
    words = np.asarray(grade(found.finds, firm=firm, real=True), dtype="U16")
    return words, np.column_stack((found.finds.x, found.finds.y))


def changes(context: Context) -> bool:
    """Tell whether any place is well supported as changed."""
    events = countable(context)
    rng = np.random.default_rng(context.seed)
    field = Field.of(context, events, rng=rng)
    found = search(field, rng=rng, runs=19)
    told = Told.of(context, events)
    return "well_supported" in grade_changes(field, found, told=told)


def share(hits: int, runs: int) -> str:
    """Write a share of runs with its exact interval."""
    low, high = binomial_interval(hits, runs)
    return f"{100 * hits / runs:5.1f} % ({100 * float(low):.1f}-{100 * float(high):.1f})"


def nothing_planted(town: Town, n: int, *, runs: int, seed: int) -> None:
    """Count runs with any place at all, by certainty."""
    seen = dict.fromkeys(("well_supported", "likely", "possible"), 0)
    for run in range(runs):
        rng = np.random.default_rng([seed, run, n])
        xy = scatter(town.lines, town.weight, rng.poisson(n), rng=rng)
        words, _ = verdicts(context_of(town, xy, rng=rng, seed=run))
        for word in seen:
            seen[word] += bool((words == word).any())
    told = ", ".join(f"any {word} {share(k, runs)}" for word, k in seen.items())
    print(f"nothing planted | {town.name:20s} | n {n:6d} | {told}", flush=True)


def planted(town: Town, background: float, hot: float, *, radius_m: float, runs: int, seed: int
            ) -> None:  # fmt: skip
    """Count what is said of one round place with `hot` incidents where `background` belong."""
    part = shapely.intersection(town.lines, shapely.Point(town.spot).buffer(radius_m))
    inside = shapely.length(part)
    per_m = background / float((inside * town.weight).sum())
    total = per_m * float((shapely.length(town.lines) * town.weight).sum())
    held = inside > 0
    said = dict.fromkeys(("well_supported", "likely", "possible", "cannot_tell"), 0)
    false = 0
    for run in range(runs):
        rng = np.random.default_rng([seed, run, int(10 * hot)])
        xy = scatter(town.lines, town.weight, rng.poisson(total), rng=rng)
        more = scatter(part[held], town.weight[held], rng.poisson(hot - background), rng=rng)
        words, middle = verdicts(context_of(town, np.vstack((xy, more)), rng=rng, seed=run))
        near = np.hypot(*(middle - town.spot).T) <= NEAR_M
        best = next((w for w in said if (words[near] == w).any()), "cannot_tell")
        said[best] += 1
        away = np.hypot(*(middle - town.spot).T) > 2 * NEAR_M
        false += bool((words[away] == "well_supported").any())
    told = ", ".join(f"{word} {share(k, runs)}" for word, k in said.items())
    least = runs - said["cannot_tell"]
    print(f"planted {background:4.1f} -> {hot:4.1f} | {town.name} n {total:.0f}, {2 * radius_m:.0f}"
          f" m across | {told}; at least possible {share(least, runs)}; "
          f"a false well supported elsewhere {share(false, runs)}", flush=True)  # fmt: skip


def unequal(town: Town, n: int, *, runs: int, seed: int) -> None:
    """Count runs with any well-supported change where risks are unequal but constant."""
    hits = 0
    for run in range(runs):
        rng = np.random.default_rng([seed, run, n, 7])
        risk = town.weight * rng.gamma(0.5, 2.0, town.weight.size)
        xy = scatter(town.lines, risk, rng.poisson(n), rng=rng)
        hits += changes(context_of(town, xy, rng=rng, seed=run))
    print(f"unequal, constant | {town.name:20s} | n {n:6d} | any well-supported change "
          f"{share(hits, runs)}", flush=True)  # fmt: skip


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description="Calibration of the search for places.")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="null, power or change")
    asked = parser.parse_args()
    towns = [even_field(), town_in_forest(), ribbons()]
    begun = time.perf_counter()
    jobs: list[tuple[str, Callable[[], None]]] = []
    runs, seed = asked.runs, asked.seed
    for town in towns:
        jobs += [("null", lambda t=town, n=n: nothing_planted(t, n, runs=runs, seed=seed))
                 for n in (100, 300, 1000, 3000, 10_000)]  # fmt: skip
    for town in towns:
        jobs += [("power", lambda t=town, b=b, h=h: planted(t, b, h, radius_m=125, runs=runs,
                                                            seed=seed))
                 for b, h in ((20.0, 60.0), (6.7, 20.0), (1.67, 5.0))]  # fmt: skip
        jobs += [("change", lambda t=town, n=n: unequal(t, n, runs=runs, seed=seed))
                 for n in (1000, 5000)]  # fmt: skip
    for word, job in jobs:
        if not asked.only or asked.only == word:
            job()
    print(f"{runs} runs each, seed {seed}, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
