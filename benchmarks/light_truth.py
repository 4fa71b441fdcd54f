"""
Ask how much of what is planted in the made-up municipality's light is found, and what is invented.

    python benchmarks/light_truth.py [--seeds 30] [--keep FILE] [--write docs/accuracy-light.md]

Each seed is drawn twice: with light that matters, and with light that has no part in anything.
Only the light is asked: the planted places stand for places found. With --keep, tallies are kept
by seed and a later call goes on where the last one stopped. Intervals are exact, 95 %.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.clock import Week
from geo.demo import Truth, write_demo
from geo.frames import HOTSPOTS, standing
from geo.ingest import Mapping, read_file
from geo.ingest.duplicates import group_duplicates
from geo.lighting import dark_facts, dark_hours, light_picture
from geo.measures import recommend

WEEK, CRS = Week.parse("2026-W47"), "EPSG:3006"
NAMES = ("incidents", "reports", "lamps", "faults", "streets", "areas")
LIGHT_KINDS = {"lamp_repair", "lamp_new", "lamp_adjust", "check"}
SORTS = {
    "mend": {"lamp_repair"},
    "change": {"lamp_new", "lamp_adjust"},
    "look": {"check", "investigate"},
    "any": {"lamp_repair", "check", "lamp_new", "lamp_adjust", "investigate"},
}
OWN = ("light", "look-alike", "shops")
ENOUGH = 5  # incidents in the dark, before anything is said of light
WHERE = (14.63, 57.12)
LEAST_M, DARK_M, DARK_LX, REACH_M, MF = 15.0, 30.0, 1.0, 80.0, 0.8
VARIANTS = {True: "light matters", False: "light has no part"}


def read(folder: Path, *, seed: int, light: bool) -> tuple[Truth, dict[str, Any], Any]:
    """Write one municipality, and read its files as any are read."""
    demo = write_demo(folder, seed=seed, light=light)
    profile, parts = demo.profile, defaultdict[str, list[Any]](list)
    door = {"crs": profile.crs, "timezone": profile.timezone, "extent": profile.extent}
    for load in demo.loads:
        if load.frame in NAMES:
            mapping = Mapping.read(load.mapping_file)
            got = read_file(load.file, mapping=mapping, key=b"k" * 32, **door)
            parts[load.frame].append(got.accepted)
    frames = {name: pd.concat(rows, ignore_index=True) for name, rows in parts.items()}
    frames["incidents"] = group_duplicates(frames["incidents"])
    drawn = gpd.read_file(folder / "files" / "vagnat.gpkg").set_index("objekt_id").geometry
    return demo.truth, frames, drawn.loc[demo.truth.light["bare"]]


def as_places(truth: Truth) -> gpd.GeoDataFrame:
    """Let the planted places stand for well supported finds."""
    keys = [p["key"] for p in truth.places]
    shapes = [shapely.from_wkt(p["wkt"]) for p in truth.places]
    rows = gpd.GeoDataFrame(
        {"id": keys, "place_id": keys, "method": "truth", "claim": "stands_out",
         "rank": range(1, len(keys) + 1), "n": 9.0, "expected": 3.0,
         "certainty": "well_supported", "period_from": WEEK.shift(-51).start(),
         "period_to": WEEK.end(), "area_m2": 1.0, "street_m": 1.0, "run_id": "",
         "caveats": [[] for _ in keys]},
        geometry=shapes, crs=CRS,
    )  # fmt: skip
    return HOTSPOTS.conform(rows)


def true_lux(xy: Any, truth: Truth, lamps: gpd.GeoDataFrame) -> Any:
    """Lux on the ground from every lamp that truly gives light, listed or not (Lambert)."""
    from scipy.spatial import cKDTree

    out = set(truth.light["out"])
    lit = lamps[~lamps["pole_ref"].isin(out) & (lamps["state"] != "off_on_purpose")]
    own = np.column_stack([lit.geometry.x, lit.geometry.y, lit["height_m"], lit["flux_lm"]])
    more = [row[:4] for row in truth.light["unlisted"] if row[4]]
    all_lamps = np.vstack([own, np.array(more).reshape(-1, 4)]).astype(float)
    found: Any = cKDTree(xy).sparse_distance_matrix(
        cKDTree(all_lamps[:, :2]), REACH_M, output_type="ndarray"
    )
    height, flux = all_lamps[found["j"], 2], all_lamps[found["j"], 3]
    part = MF * flux * height**2 / (np.pi * (found["v"] ** 2 + height**2) ** 2)  # Lambert
    return np.bincount(found["i"], part, minlength=len(xy))


def truly_dark(line: Any, truth: Truth, lamps: gpd.GeoDataFrame) -> bool:
    """Tell whether half or more of a stretch truly lies under one lux."""
    n = max(3, int(line.length // 3))
    at = shapely.line_interpolate_point(line, (np.arange(n) + 0.5) / n, normalized=True)
    lux = true_lux(shapely.get_coordinates(at), truth, lamps)
    return bool((lux < DARK_LX).mean() >= 0.5)


def stretches(t: Counter[str], truth: Truth, frames: dict[str, Any], light: Any, bare: Any) -> None:
    """Count planted stretches found, and found stretches that are truly dark."""
    areas, lamps = frames["areas"], frames["lamps"]
    surveyed = areas[areas["level"] == "inventory"].union_all()
    found = light.stretches
    fault = found[found["cause"].isin(["outage", "missing", "unlit"])]
    dark = fault.union_all().buffer(1.0)
    reach = lamps.union_all().buffer(20.0)
    planted = [line.difference(reach) for line in bare]
    poles = lamps.set_index("pole_ref").geometry
    for group in truth.light["groups"]:
        here = [poles[p] for p in group if p in poles.index]
        planted.append(shapely.MultiPoint(here).buffer(8.0) if len(here) > 1 else None)
    for shape in planted:
        if shape is None or (shape.geom_type.endswith("LineString") and shape.length < LEAST_M):
            t["planted too short"] += 1
            continue
        size = shape.length if shape.area == 0 else shape.area
        inside = shape.intersection(surveyed)
        if (inside.length if shape.area == 0 else inside.area) < 0.5 * size:
            t["planted outside"] += 1
            t["outside called dark"] += bool(inside.is_empty and shape.intersects(dark))
            continue
        if shape.area == 0:
            t["planted"] += 1
            t["planted found"] += shape.intersection(dark).length >= 0.5 * size
            continue
        spots = shapely.get_parts(_points(shape, poles))
        found_here = sum(p.distance(dark) <= 10.0 for p in spots) >= 0.5 * len(spots)
        lux = true_lux(shapely.get_coordinates(spots), truth, lamps)
        # Lamps out together where a street beside them lights the ground all the same.
        word = "planted" if (lux < DARK_LX).mean() >= 0.5 else "planted truly lit"
        t[word] += 1
        t[f"{word} found"] += found_here
    for cause, line in zip(fault["cause"], fault.geometry, strict=True):
        t[f"stretches {cause}"] += 1
        t[f"truly dark {cause}"] += truly_dark(line, truth, lamps)
    t["metres dark outside"] += round(found.geometry.difference(surveyed.buffer(2.5)).length.sum())


def _points(shape: Any, poles: gpd.GeoSeries) -> Any:
    """Give the poles a shape was drawn round."""
    return shapely.MultiPoint(list(poles[poles.intersects(shape.buffer(-7.0))]))


def groups(t: Counter[str], truth: Truth, frames: dict[str, Any], light: Any) -> None:
    """Count planted groups that are one group and hold no lamp that works."""
    lamp = frames["lamps"].drop_duplicates("pole_ref").set_index("pole_ref")["id"]
    out, name = set(truth.light["out"]), frames["lamps"].set_index("id")["pole_ref"]
    for k, poles in enumerate(truth.light["groups"]):
        mine = [lamp[p] for p in poles if p in lamp.index]
        if len(mine) < 2:
            t["groups not listed"] += 1
            continue
        word = "fork" if k == 0 else "row"
        of = light.outages["group_id"].reindex(mine)
        t[f"groups {word}"] += 1
        t[f"one group {word}"] += bool(of.notna().all() and (of == of.iloc[0]).all())
        t[f"most together {word}"] += bool(of.value_counts().max() >= 0.5 * len(mine))
        members = light.outages.index[light.outages["group_id"].isin(of.dropna())]
        t[f"pure {word}"] += bool(name.reindex(members).isin(out).all())


def _dark_m(place: Any, truth: Truth, frames: dict[str, Any]) -> float:
    """Measure the street of a place that truly lies under one lux, metres."""
    inside = frames["streets"].geometry.intersection(place)
    parts = [line for line in shapely.get_parts(inside[inside.length > 0]) if line.length > 0]
    n = np.maximum(1, np.rint(shapely.length(parts))).astype(int)  # a spot a metre
    line = np.repeat(np.array(parts, dtype=object), n)
    at = (np.concatenate([np.arange(k) for k in n]) + 0.5) / np.repeat(n, n)
    xy = shapely.get_coordinates(shapely.line_interpolate_point(line, at, normalized=True))
    return float((true_lux(xy, truth, frames["lamps"]) < DARK_LX).sum())


def advice(t: Counter[str], truth: Truth, frames: dict[str, Any], places: Any, light: Any) -> None:
    """Count what is recommended at every planted place: lamps mended, light changed, looked at."""
    rows = frames["incidents"]
    year = rows[rows["occurred_from"] >= pd.Timestamp(WEEK.shift(-51).start())]
    once = year[standing(year)]
    dark = dark_facts(places, once)
    got = recommend(places, light.facts, week=WEEK, dark=dark,
                    groups=light.groups, stretches=light.stretches)  # fmt: skip
    out = set(truth.light["out"])
    pole = frames["lamps"].set_index("id")["pole_ref"]
    shapes = places.set_index("id").geometry
    t["asked"] += 1
    for key in places["id"]:
        mine = got[got["place_id"] == key]
        who = key if key in OWN else "rest"
        t[f"{who} places"] += 1
        t.update(f"{who} rule {rule}" for rule in mine["rule"])
        for sort, kinds in SORTS.items():
            t[f"{who} {sort}"] += bool(mine["kind"].isin(kinds).any())
        if mine["kind"].isin(SORTS["change"]).any():
            t["change truly dark"] += _dark_m(shapes[key], truth, frames) >= DARK_M
        if mine["kind"].isin(SORTS["mend"]).any():
            broken = pole[light.facts.loc[key, "lamp_ids"]]
            t["lamps to mend"] += len(broken)
            t["lamps to mend out"] += int(broken.isin(out).sum())
    twin = dark.loc["look-alike"]
    open_ = twin["n_dark"] >= ENOUGH and twin["dark_share"] >= twin["dark_share_all"]
    t["look-alike open"] += bool(open_)
    t["light gets a measure"] += bool(
        got.loc[got["place_id"] == "light", "kind"].isin(LIGHT_KINDS).any()
    )
    t["look-alike cleared"] += t["look-alike rule light_not_cause"]
    t["look-alike gets a measure"] += t["look-alike any"]
    t["indoors gets a measure"] += t["shops any"]


def hours(t: Counter[str], frames: dict[str, Any]) -> None:
    """Count what the dark-hours test says of the whole municipality, and of anything."""
    rows = frames["incidents"]
    found = dark_hours(rows, where=WHERE, period_from=WEEK.shift(-155).start(),
                       period_to=WEEK.end(), areas=frames["areas"])  # fmt: skip
    loud = found.tests["finding"].isin(["more_in_dark", "fewer_in_dark"])
    t["hours tests"] += found.n_tested
    t["hours any finding"] += bool(loud.any())
    t["hours more in the dark"] += bool((found.tests["finding"] == "more_in_dark").any())
    inside = found.tests["low"].iloc[0] <= 1 <= found.tests["high"].iloc[0]
    t["hours interval holds 1"] += bool(inside)


def ask(seed: int, *, light: bool) -> Counter[str]:
    """Ask one municipality."""
    t = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        truth, frames, bare = read(Path(folder), seed=seed, light=light)
    places = as_places(truth)
    rest = {name: rows for name, rows in frames.items() if name != "incidents"}
    seen = light_picture(places, now=WEEK.end(), **rest)
    stretches(t, truth, frames, seen, bare)
    groups(t, truth, frames, seen)
    advice(t, truth, frames, places, seen)
    hours(t, frames)
    return t


def kept(path: Path | None) -> dict[str, dict[str, int]]:
    """Read the tallies of an earlier call."""
    if path is None or not path.is_file():
        return {}
    return dict(json.loads(path.read_text(encoding="utf-8")))


def main() -> None:
    """Ask the seeds, print, and write into the page."""
    from _light_table import table

    parser = argparse.ArgumentParser(description="Recall and false finds in the demo's light.")
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after so long")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    begun, done = time.perf_counter(), kept(asked.keep)
    jobs = [(s, v) for s in range(asked.first, asked.first + asked.seeds) for v in VARIANTS]
    for seed, light in jobs:
        name = f"{seed} {VARIANTS[light]}"
        if name in done or time.perf_counter() - begun > asked.seconds:
            continue
        done[name] = dict(ask(seed, light=light))
        print(f"seed {name} | {done[name]}", flush=True)
        if asked.keep is not None:
            asked.keep.write_text(json.dumps(done), encoding="utf-8")
    sums = {v: Counter[str]() for v in VARIANTS.values()}
    for seed, light in jobs:
        sums[VARIANTS[light]].update(done.get(f"{seed} {VARIANTS[light]}", {}))
    lines = [*table(sums), "", f"{sums[VARIANTS[True]]['asked']} seeds from {asked.first}."]
    print(*lines, f"{time.perf_counter() - begun:.0f} s", sep="\n")
    if asked.write is not None:
        head, _, tail = asked.write.read_text(encoding="utf-8").partition("<!-- table -->\n")
        rest = tail.partition("<!-- end -->")[2]
        made = "\n".join([f"{head}<!-- table -->", *lines, f"<!-- end -->{rest}"])
        asked.write.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
