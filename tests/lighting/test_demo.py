"""The made-up municipality: what was planted in its light is found, and what was not is not."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.clock import Week
from geo.demo import write_demo
from geo.frames import HOTSPOTS
from geo.ingest import Mapping, read_file
from geo.lighting import LightPicture, dark_facts, light_picture
from geo.measures import recommend

pytestmark = pytest.mark.slow
CRS = "EPSG:3006"
WEEK = Week.parse("2026-W47")
NAMES = ("incidents", "reports", "lamps", "faults", "streets", "areas")


@dataclass(frozen=True)
class Seen:
    truth: dict[str, Any]
    frames: dict[str, gpd.GeoDataFrame]
    places: gpd.GeoDataFrame
    light: LightPicture
    dark: pd.DataFrame
    refs: dict[str, str]
    bare: gpd.GeoSeries


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Look at the light with the planted places themselves as places, so that only light counts."""
    folder = tmp_path_factory.mktemp("granvad")
    demo = write_demo(folder, seed=1)
    truth = json.loads(json.dumps(asdict(demo.truth)))
    parts: dict[str, list[gpd.GeoDataFrame]] = {name: [] for name in NAMES}
    for load in demo.loads:
        if load.frame in parts:
            parts[load.frame].append(
                read_file(
                    load.file,
                    mapping=Mapping.read(load.mapping_file),
                    crs=CRS,
                    timezone=demo.profile.timezone,
                    extent=demo.profile.extent,
                    key=b"k" * 32,
                ).accepted
            )
    frames = {name: pd.concat(rows, ignore_index=True) for name, rows in parts.items()}
    shapes = gpd.GeoSeries([shapely.from_wkt(p["wkt"]) for p in truth["places"]], crs=CRS)
    places = _hotspots([p["key"] for p in truth["places"]], shapes)
    incidents = frames["incidents"]
    year = incidents["occurred_from"] >= pd.Timestamp(WEEK.shift(-51).start())
    light = light_picture(
        places, now=WEEK.end(), **{n: f for n, f in frames.items() if n != "incidents"}
    )
    refs = frames["lamps"].set_index("pole_ref")["id"].to_dict()
    drawn = gpd.read_file(folder / "files" / "vagnat.gpkg").set_index("objekt_id").geometry
    dark = dark_facts(places, incidents[year])
    return Seen(truth, frames, places, light, dark, refs, drawn.loc[truth["light"]["bare"]])


def _hotspots(keys: list[str], shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Give the planted places as well supported finds."""
    rows = gpd.GeoDataFrame(
        {
            "id": keys, "place_id": keys, "method": "truth", "claim": "stands_out",
            "rank": range(1, len(keys) + 1), "n": 9.0, "expected": 3.0,
            "certainty": "well_supported", "period_from": WEEK.shift(-51).start(),
            "period_to": WEEK.end(), "area_m2": 1.0, "street_m": 1.0, "run_id": "",
            "caveats": [[] for _ in keys],
        },
        geometry=shapes,
    )  # fmt: skip
    return HOTSPOTS.conform(rows)


def test_lamps_planted_to_be_out_together_are_one_group_each(seen: Seen) -> None:
    out = seen.light.outages
    for poles in seen.truth["light"]["groups"]:
        lamps = [seen.refs[pole] for pole in poles if pole in seen.refs]
        groups = out.loc[lamps, "group_id"]
        # The first group is planted by nearness, over a fork of paths; the others along a street.
        most = groups.value_counts().max()
        assert most == len(lamps) or (poles == seen.truth["light"]["groups"][0] and most >= 3)
    assert len(out) == int((seen.frames["lamps"]["state"] == "faulty").sum()) + int(
        (out["basis"] == "report").sum()
    )


def test_paths_planted_without_lamps_are_found(seen: Seen) -> None:
    stretches = seen.light.stretches
    bare = stretches[stretches["cause"].isin(["unlit", "missing"])].union_all().buffer(1)
    lamps = seen.frames["lamps"].union_all().buffer(20)  # the reach of 8 m poles
    for line in seen.bare:
        lonely = line.difference(lamps)
        assert lonely.intersection(bare).length >= 0.9 * lonely.length


def test_nothing_is_called_dark_where_nobody_surveyed(seen: Seen) -> None:
    areas = seen.frames["areas"]
    surveyed = areas[areas["level"] == "inventory"].union_all()
    outside = seen.light.stretches.geometry.difference(surveyed).length
    assert outside.max() <= 2.5


def test_lamps_off_on_purpose_are_never_an_outage(seen: Seen) -> None:
    lamps = seen.frames["lamps"].set_index("id")
    assert not (lamps.loc[seen.light.outages.index, "state"] == "off_on_purpose").any()
    asleep = seen.light.stretches[seen.light.stretches["cause"] == "off_on_purpose"]
    streets, areas = seen.frames["streets"], seen.frames["areas"]
    surveyed = areas[areas["level"] == "inventory"].union_all()
    found = 0
    for name in seen.truth["light"]["asleep"]:
        line = streets[streets["name"] == name].union_all()
        dark = asleep.intersection(line.buffer(1)).length.sum()
        known = line.intersection(surveyed).length
        # The ends lie in the light of other streets; where nobody surveyed, nothing is dark.
        assert dark >= 0.6 * known if known else dark == 0
        found += dark > 0
    assert found >= 3
    planted = streets[streets["name"].isin(seen.truth["light"]["asleep"])].union_all()
    assert asleep.intersection(planted.buffer(1)).length.sum() >= 0.9 * asleep.length.sum()


def test_the_place_where_light_matters_is_mended_and_its_look_alike_cleared(seen: Seen) -> None:
    rows = recommend(
        seen.places, seen.light.facts, dark=seen.dark, week=WEEK,
        groups=seen.light.groups, stretches=seen.light.stretches,
    )  # fmt: skip
    light = set(rows.loc[rows["place_id"] == "light", "rule"])
    twin = set(rows.loc[rows["place_id"] == "look-alike", "rule"])
    assert "lamp_repair" in light
    assert twin == {"presence", "light_not_cause"}
    # Indoor thefts in the evening show no effect of light at all.
    shops = rows[rows["place_id"] == "shops"]
    assert set(shops["kind"]) <= {"patrol"}
