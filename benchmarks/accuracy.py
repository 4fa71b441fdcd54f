"""
How much better the forecast is than a plain count, on real cities: writes docs/accuracy.md.

    python benchmarks/accuracy.py --data DIR [--city NAME] [--parts full,1500,600,200] [--out FILE]

Every city is loaded into a workspace of its own, from file and mapping, and asked with
`geo.pipeline.backtest`, as `lagesbild backtest` does. Answers are kept in `--keep` and used again,
so that cities can be run one at a time; the page is written from all that are there. The number
of replicates is fixed per part; nothing is set per city but the file, the mapping and, where the
history is half a year, the number of folds.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class City:
    """A city: its files, what they are called, and how many weekly folds its history carries."""

    name: str
    crs: str
    timezone: str
    files: tuple[tuple[str, str], ...]
    folds: int = 26


OWN, DOCS = "benchmarks/mappings/", "docs/mappings/"
CITIES = (
    City("Chicago, grov misshandel 2010-18", "EPSG:26971", "America/Chicago",
         ((OWN + "chicago_assaults.toml", "chicago/aggravated_assaults_2010_2018.csv.gz"),)),
    City("New York, fordonsstöld 2014-17", "EPSG:32618", "America/New_York",
         ((DOCS + "new_york_vehicle_thefts.toml",
           "new_york/vehicle_thefts_with_interval_2014_2017.csv.gz"),)),
    City("Memphis, rån 2019", "EPSG:32615", "America/Chicago",
         ((DOCS + "memphis_robberies.toml", "memphis/memphis_2019.gpkg"),)),
    City("Portland, inbrott och fordonsstöld 2012-16", "EPSG:32610", "America/Los_Angeles",
         ((OWN + "portland_burglary.toml", "portland/burglary_2012-03_2016-02.csv.gz"),
          (OWN + "portland_vehicle_theft.toml", "portland/vehicle_theft_2012-03_2016-02.csv.gz"))),
    City("Vancouver, alla brott 2020", "EPSG:26910", "America/Vancouver",
         ((DOCS + "vancouver_crimes.toml", "vancouver/crime_2020.csv.gz"),)),
    City("Washington DC, alla brott jan-juni 2018", "EPSG:26985", "America/New_York",
         ((DOCS + "washington_dc_crimes.toml",
           "washington_dc/crime_incidents_2018-01_06.csv.gz"),), folds=8),
    City("Houston, alla brott jan-juni 2010", "EPSG:32615", "America/Chicago",
         ((DOCS + "houston_crimes.toml", "houston/crime_2010-01_06.csv.gz"),), folds=8),
)  # fmt: skip
SIZES = {"full": None, "1500": 1500, "600": 600, "200": 200}
"""Incidents a year after thinning; None is all of them, in weekly folds."""
REPLICATES = {"full": 1, "1500": 3, "600": 6, "200": 12}
GRIDS = 4
"""Grids half a cell apart at full size; the draws of the thinned parts are many on one."""
TARGETS = {"full": 1.01, "1500": 0.99, "600": 1.05, "200": 1.12}
FEWEST_HITS = 50
"""Cities with fewer naive hits are printed and not judged."""


def short(city: City) -> str:
    """Name the folder of a city."""
    return city.name.split(",")[0].lower().replace(" ", "_")


def workspace(city: City, *, data: Path, keep: Path) -> Any:
    """Make or open the workspace of a city."""
    from geo.ingest import Mapping
    from geo.pipeline import Workspace, load
    from geo.settings import PROFILE_NAME, Profile

    folder = keep / short(city)
    if (folder / PROFILE_NAME).exists():
        return Workspace.open(folder)
    profile = Profile.parse({"name": city.name, "crs": city.crs, "timezone": city.timezone})
    made = Workspace.create(folder, profile)
    with made.store() as store:
        for mapping, file in city.files:
            load(made, store, data / file, mapping=Mapping.read(ROOT / mapping))
    return Workspace.open(folder)


def ask(city: City, part: str, *, data: Path, keep: Path) -> dict[str, Any]:
    """Run the backtest of one city and size, or take the answer from the last time."""
    kept = keep / f"{short(city)}-{part}.json"
    if kept.exists():
        return dict(json.loads(kept.read_text()))
    from geo.pipeline.backtest import Question, backtest
    from geo.pipeline.history import read_trail

    made, start = workspace(city, data=data, keep=keep), time.monotonic()
    with made.store() as store:
        question = Question(folds=city.folds, grids=GRIDS)
        size = SIZES[part]
        if size is not None:
            trail, _, _ = read_trail(made, store, horizon_days=28)
            a_year = trail.x.size / (-trail.start * trail.block_days / 365.25)
            question = Question(horizon_days=28, folds=26, grids=1, thin=min(1.0, size / a_year),
                                replicates=REPLICATES[part])  # fmt: skip
        answer = backtest(made, store, question)
    answer["seconds"] = round(time.monotonic() - start, 1)
    kept.write_text(json.dumps(answer))
    return answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--keep", type=Path, default=ROOT / ".cache" / "accuracy")
    parser.add_argument("--city", default="", help="part of a city's name; all when left out")
    parser.add_argument("--parts", default=",".join(SIZES))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "accuracy.md")
    given = parser.parse_args(arguments)
    given.keep.mkdir(parents=True, exist_ok=True)
    answers: dict[tuple[str, str], dict[str, Any]] = {}
    for part in SIZES:
        for city in CITIES:
            wanted = part in given.parts.split(",") and given.city.lower() in city.name.lower()
            if wanted or (given.keep / f"{short(city)}-{part}.json").exists():
                answer = ask(city, part, data=given.data, keep=given.keep)
                answers[city.name, part] = answer
                if wanted:
                    sys.stdout.write(f"{part:>5} {city.name}: {line(answer)}\n")
                    sys.stdout.flush()
    from _accuracy_page import write

    kept = given.keep / "walkable.md"
    walks = kept.read_text(encoding="utf-8") if kept.exists() else ""
    write(given.out, answers, cities=CITIES, sizes=SIZES, targets=TARGETS, fewest=FEWEST_HITS,
          when=datetime.now(UTC).date(), walks=walks)  # fmt: skip
    return 0


def line(answer: dict[str, Any]) -> str:
    """Tell one answer on a line."""
    pair = next(p for p in answer["pairs"] if (p["a"], p["b"]) == ("auto", "naive"))
    hits = {row["name"]: round(row["hits"], 1) for row in answer["methods"]}
    spread = f"{pair['low']:.3f}-{pair['high']:.3f}"
    return f"{pair['ratio']:.3f} ({spread}) {hits}, {answer['folds']} folds, {answer['seconds']} s"


if __name__ == "__main__":
    raise SystemExit(main())
