"""
Ask of Chicago's street light outages 2012-13 whether more assaults happened while they lasted.

    python benchmarks/chicago_outages.py [--data DIR] [--write docs/outage-study.md]

Needs the requests and the assaults named in docs/outage-study.md (public; not kept here). Chicago
is the check that the study works on real data, with two published results beside it.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.lighting.outage_study import StudyParams, outage_study

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "chicago"
CRS, ZONE, FEET_CRS = "EPSG:26971", "America/Chicago", "EPSG:3435"
KINDS = (("all", "whole block out"), ("one", "one lamp out"), ("alley", "alley lamp out"))
OUTDOORS = ("street", "open space", "vehicle")
SAME_M = 30.0


def requests(folder: Path, kind: str) -> tuple[gpd.GeoDataFrame, int]:
    """Read the requests of a kind, one row an outage: later requests for it are part of it."""
    name = f"311_street_lights_{kind}_out_2012-04_2013-07.csv.gz"
    raw = pd.read_csv(folder / name)
    dates = {
        new: pd.to_datetime(raw[old], format="%d-%b-%y", errors="coerce")
        for new, old in (("reported", "Created Date"), ("mended", "Completed Date"))
    }
    spots = gpd.GeoSeries.from_xy(raw["x_coord"], raw["y_coord"], crs=FEET_CRS).to_crs(CRS)
    rows = gpd.GeoDataFrame(pd.DataFrame(dates), geometry=spots)
    sound = rows["reported"].notna() & ~(rows["mended"] < rows["reported"])
    return merged(rows[sound & rows.geometry.is_valid & ~rows.geometry.is_empty]), len(raw)


def merged(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join requests in one square of 30 m whose times overlap."""
    square = (rows.geometry.x // SAME_M).astype(int).astype(str) + "/"
    square += (rows.geometry.y // SAME_M).astype(int).astype(str)
    ordered = rows.assign(square=square).sort_values(["square", "reported", "mended"])
    end = ordered["mended"].fillna(ordered["reported"])
    until = end.groupby(ordered["square"]).cummax()
    before = until.groupby(ordered["square"]).shift()
    fresh = (before.isna() | (ordered["reported"] > before)).cumsum()
    first = ordered.groupby(fresh)[["reported", "geometry"]].first()
    return gpd.GeoDataFrame(first.assign(mended=ordered.groupby(fresh)["mended"].max()), crs=CRS)


def assaults(folder: Path) -> gpd.GeoDataFrame:
    """Read the aggravated assaults outdoors round the period."""
    raw = pd.read_csv(folder / "aggravated_assaults_2010_2018.csv.gz")
    local = pd.to_datetime(raw["date"], format="%Y-%m-%d %H:%M").dt.tz_localize(
        ZONE, ambiguous="NaT", nonexistent="NaT"
    )
    near = raw["loc_cat"].isin(OUTDOORS) & local.between("2012-01-01", "2013-12-31")
    spots = gpd.GeoSeries.from_xy(raw["longitude"], raw["latitude"], crs="EPSG:4326").to_crs(CRS)
    when = local.dt.tz_convert("UTC").dt.as_unit("us")
    return gpd.GeoDataFrame({"occurred_from": when}, geometry=spots)[near]


def cells(row: pd.Series) -> str:
    """Write one result as cells of a table."""
    span = f"{row['ratio']:.2f} ({row['low']:.2f}-{row['high']:.2f})"
    exact = "" if pd.isna(row["exact_low"]) else f"{row['exact_low']:.2f}-{row['exact_high']:.2f}"
    counts = f"{row['n_before']:.0f} / {row['n_during']:.0f} / {row['n_after']:.0f}"
    return f"{counts} | {span} | {exact} | {row['finding'].replace('_', ' ')}"


ZONES = {"dark": "dark place, 0-60 m", "ring": "ring, 60-200 m", "dark_vs_ring": "dark over ring"}


def table(folder: Path) -> tuple[list[str], list[str]]:
    """Run the study for every kind; give the table, and a line on what was read."""
    crimes, lines, told = assaults(folder), [], []
    heads = ("outage", "light", "where", "before / during / after", "ratio (95 %)", "exact")
    heads += ("finding",)
    lines += [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for kind, name in KINDS:
        out, n = requests(folder, kind)
        got = outage_study(out, crimes, timezone=ZONE, params=StudyParams())
        nights = got.loc[0, ["nights_before", "nights_during", "nights_after"]].astype(int)
        told.append(f"{name}: {n} requests, {len(out)} outages; place-nights before, during and "
                    f"after {', '.join(f'{v:,}' for v in nights)}")  # fmt: skip
        lines += [f"| {name} | {r['light']} | {ZONES[r['zone']]} | {cells(r)} |"
                  for _, r in got.iterrows()]  # fmt: skip
    told.append(f"{len(crimes):,} aggravated assaults outdoors, January 2012 to December 2013")
    return lines, told


def main() -> None:
    """Run, print, and write into the page."""
    parser = argparse.ArgumentParser(description="Chicago's outages and assaults, 2012-13.")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    begun = time.perf_counter()
    lines, told = table(asked.data)
    said = [*lines, "", *(f"* {line}." for line in told)]
    print(*said, f"{time.perf_counter() - begun:.0f} s", sep="\n")
    if asked.write is not None:
        text = asked.write.read_text(encoding="utf-8")
        head, _, tail = text.partition("<!-- table -->\n")
        rest = tail.partition("<!-- end -->")[2]
        made = "\n".join([f"{head}<!-- table -->", *said, f"<!-- end -->{rest}"])
        asked.write.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
