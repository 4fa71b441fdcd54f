"""
How right a mapping proposed without a mapping file is, on real files.

    python benchmarks/proposals.py [--data DIR]

Every file is proposed with nothing known of its place but the working system and the zone, as
after `lagesbild init DIR --crs .. --timezone ..`; what it proposes is compared with the mapping
that people wrote, in docs/mappings. Four things count: the frame that the file looks like, the
columns of x and y, the reference system, and the time: columns, order of day and month, local or
UTC. What is wrong and not asked about is an error; what is asked about is no error.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from geo.ingest import Mapping
    from geo.ingest.propose import Proposal

MAIN_TIMES = {"incidents": ("occurred_from", "occurred_to"), "notices": ("published_at",)}


@dataclass(frozen=True)
class Source:
    """A real file, its place, and whose mapping it is compared with."""

    name: str
    mapping: str
    file: str
    crs: str
    timezone: str


SOURCES = (
    Source("Vancouver", "vancouver_crimes", "vancouver/crime_2020.csv.gz",
           "EPSG:26910", "America/Vancouver"),
    Source("Medellín", "medellin_homicides", "medellin/medellin_homicides.csv.gz",
           "EPSG:32618", "America/Bogota"),
    Source("polisen", "polisen_events", "sweden/polisen_events_2022-09_2025-12.csv.gz",
           "EPSG:3006", "Europe/Stockholm"),
    Source("Lillehammer", "lillehammer_lamps", "norway/lillehammer_lamps.csv.gz",
           "EPSG:25833", "Europe/Oslo"),
    Source("three cities", "three_cities_stockholm", "sweden/stadsomraden_3_stader.gpkg",
           "EPSG:3006", "Europe/Stockholm"),
    Source("Houston", "houston_crimes", "houston/crime_2010-01_06.csv.gz",
           "EPSG:32615", "America/Chicago"),
    Source("Washington DC", "washington_dc_crimes",
           "washington_dc/crime_incidents_2018-01_06.csv.gz", "EPSG:26985", "America/New_York"),
    Source("New York", "new_york_vehicle_thefts",
           "new_york/vehicle_thefts_with_interval_2014_2017.csv.gz",
           "EPSG:32618", "America/New_York"),
    Source("Champaign", "champaign_lamps", "champaign/street_lights.gpkg",
           "EPSG:26971", "America/Chicago"),
    Source("Pittsburgh", "pittsburgh_requests", "pittsburgh/311_requests_sample_2016.csv",
           "EPSG:32617", "America/New_York"),
    Source("Durham", "durham_street_crimes", "uk/durham_street_2018-10_2019-01.csv.gz",
           "EPSG:27700", "Europe/London"),
)  # fmt: skip
"""The eleven files of the first trial."""
ASKED_ABOUT = {
    "frame": {"frame"}, "xy": {"xy", "order", "crs"}, "crs": {"crs", "layer"},
    "time": {"occurred_from", "date_order", "offset", "published_at", "reported_at"},
}  # fmt: skip


def judge(proposal: Proposal, truth: Mapping) -> dict[str, str]:
    """Say of frame, xy, crs and time: right, asked or wrong."""
    found = proposal.mapping
    times = MAIN_TIMES.get(truth.frame, ())
    same = {
        "frame": next(iter(proposal.looks)) == truth.frame,
        "xy": all(found.columns.get(axis) == truth.columns.get(axis) for axis in ("x", "y")),
        "crs": _crs(found, proposal) == _crs(truth, proposal),
        "time": all(found.columns.get(one) == truth.columns.get(one) for one in times)
        and found.ignore_offset == truth.ignore_offset
        and (not times or found.timezone == truth.timezone),
    }
    asked = {item.key for item in proposal.unsure if item.decisive}
    return {
        key: "right" if right else "asked" if asked & ASKED_ABOUT[key] else "wrong"
        for key, right in same.items()
    }


def _crs(mapping: Mapping, proposal: Proposal) -> Any:
    """Name the system that rows are read in: the mapping's, or the file's own."""
    from geo.spatial import label

    if mapping.crs is not None:
        return label(mapping.crs)
    return None if proposal.sample.raw.crs is None else label(proposal.sample.raw.crs)


def propose_source(source: Source, data: Path) -> tuple[Proposal, Mapping]:
    """Propose one file; give the mapping people wrote beside."""
    from geo.ingest import Mapping
    from geo.ingest.propose import Place, propose_file

    truth = Mapping.read(ROOT / "docs" / "mappings" / f"{source.mapping}.toml")
    place = Place(source.crs, source.timezone)
    return propose_file(data / source.file, frame=truth.frame, place=place), truth


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[1])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    data = parser.parse_args(arguments).data
    if not data.is_dir():
        sys.stdout.write(f"not run: outside data absent ({data})\n")
        return 0
    line = "{:15}{:8}{:8}{:8}{:8}  {}\n"
    sys.stdout.write(line.format("file", "frame", "x/y", "crs", "time", "asked or told"))
    n_right = 0
    for source in SOURCES:
        proposal, truth = propose_source(source, data)
        got = judge(proposal, truth)
        n_right += set(got.values()) == {"right"}
        told = ", ".join(f"{u.key}{' (must be settled)' if u.decisive else ''}"
                         for u in proposal.unsure)  # fmt: skip
        sys.stdout.write(line.format(source.name, *got.values(), told or "-"))
    sys.stdout.write(f"right on all four: {n_right} of {len(SOURCES)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
