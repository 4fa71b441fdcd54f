"""The three-way picture: what happens, how it is felt, what the light is, and whose move it is."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from geo.errors import CrsError
from geo.frames import HOTSPOTS, PLACE_TYPES
from geo.lighting.along_streets import Ground, along_streets
from geo.lighting.three_way import three_way, type_places, who_acts

E0, N0, CRS = 500_000.0, 6_400_000.0, "EPSG:3006"
LIT = {"inventory_share": 1.0, "state": "lit", "lit_share": 1.0, "dark_m": 0.0, "unlit_m": 0.0,
       "off_m": 0.0, "outage_m": 0.0, "n_out_together": 0, "n_faulty": 0, "n_dark_reports": 0,
       "n_hidden_reports": 0, "owners": ["Kommunen"]}  # fmt: skip


def spots(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    full = []
    for k, row in enumerate(rows):
        base = {"id": f"h{k}", "place_id": f"p{k}", "method": "m", "claim": "stands_out",
                "rank": k + 1, "n": 15.0, "expected": 4.0, "certainty": "well_supported",
                "period_from": pd.Timestamp("2025-11-24", tz="UTC"), "area_m2": 1e4,
                "period_to": pd.Timestamp("2026-11-23", tz="UTC"), "street_m": 100.0,
                "caveats": [], "run_id": "",
                "geometry": box(E0 + 1000 * k, N0 - 50, E0 + 1000 * k + 100, N0 + 50)}  # fmt: skip
        full.append({**base, **row})
    return HOTSPOTS.conform(gpd.GeoDataFrame(full, geometry="geometry", crs=CRS))


def picture(town: Any, hotspots: gpd.GeoDataFrame, reports: gpd.GeoDataFrame, **light: Any) -> Any:
    """Type places along ten kilometres of one street."""
    streets = town.streets({"xy": [(0, 0), (10_000, 0)], "name": "Storgatan"})
    places = type_places(hotspots, reports)
    incidents = town.incidents(*({"at": (150 + 200 * k, 0)} for k in range(49)))
    seen = pd.DataFrame([{**LIT, **light}] * max(len(places), 1))
    seen = seen.iloc[: len(places)].set_axis(places["id"], axis="index")
    dark = pd.DataFrame({"dark_share": 0.5, "dark_low": 0.2, "dark_high": 0.8, "n_timed": 8.0},
                        index=places["id"])  # fmt: skip
    return three_way(places, incidents=incidents, reports=reports, streets=streets,
                     areas=town.areas(), light=seen, dark=dark)  # fmt: skip


def reports(town: Any, n: int, x: float = 50.0) -> Any:
    return town.reports(*((x + 3 * k, 0.0, ["groups"]) for k in range(n)))


@pytest.mark.parametrize(
    ("certainty", "n_reports", "light", "want"),
    [
        ("well_supported", 6, {"dark_m": 60.0}, ("both", "dark", ["patrol", "lamp"])),
        ("likely", 6, {}, ("both", "lit", ["patrol", "dialogue"])),
        ("likely", 0, {}, ("incidents_only", "lit", ["patrol"])),
        ("likely", 1, {}, ("incidents", "lit", ["patrol"])),
        ("likely", 0, {"inventory_share": 0.3}, ("incidents_only", "cannot_tell",
                                                 ["patrol", "survey"])),
        ("likely", 0, {"n_faulty": 1}, ("incidents_only", "partly", ["patrol"])),
        ("possible", 6, {}, ("felt", "lit", ["dialogue"])),
        ("possible", 6, {"n_hidden_reports": 3}, ("felt", "lit", ["greenery"])),
        ("possible", 1, {}, ("cannot_tell", "lit", ["nothing"])),
    ],
)  # fmt: skip
def test_each_kind_of_place_has_its_name_and_its_next_move(
    town: Any, certainty: str, n_reports: int, light: dict[str, Any], want: tuple[Any, ...]
) -> None:
    got = picture(town, spots({"certainty": certainty}), reports(town, n_reports), **light)
    PLACE_TYPES.check(got, crs=CRS)
    row = got.iloc[0]
    assert (row["type"], row["light"], row["acts"]) == want
    assert row["rate_low"] < row["rate"] < row["rate_high"]
    assert row["reports_low"] <= row["n_reports"] <= row["reports_high"]


def test_several_reports_away_from_hotspots_are_a_place_of_their_own(town: Any) -> None:
    there = pd.concat([reports(town, 6, x=5000.0), reports(town, 2, x=8000.0)], ignore_index=True)
    there["id"] = [f"r{k}" for k in range(len(there))]
    got = picture(town, spots({}), there).set_index("basis")
    felt = got.loc["reports"]
    assert isinstance(felt, pd.Series)  # two reports do not make a place
    assert (felt["type"], felt["incidents"], felt["felt"]) == ("felt_only", "few", "unsafe")
    assert felt["name"] == "Storgatan"
    assert pd.isna(felt["place_id"])
    assert felt["acts"] == ["dialogue"]
    calm = picture(town, spots({}), there.iloc[:0])
    assert calm["basis"].tolist() == ["hotspot"]


def test_three_reports_that_chance_could_gather_cannot_be_told(town: Any) -> None:
    anywhere = town.reports(*((25.0 + 100 * k, 0.0, ["groups"]) for k in range(100)))
    close = reports(town, 3, x=5010.0).assign(id=["x", "y", "z"])
    both = pd.concat([anywhere, close], ignore_index=True)
    got = picture(town, spots({}), both)
    assert set(got.loc[got["basis"] == "reports", "felt"]) <= {"cannot_tell"}


def test_nothing_and_two_claims_and_degrees(town: Any) -> None:
    none = picture(town, HOTSPOTS.empty(), town.reports())
    assert none.empty
    PLACE_TYPES.check(none, crs=CRS)
    twice = spots({}, {"claim": "changed", "place_id": "p0"})
    assert len(type_places(twice, town.reports())) == 1
    with pytest.raises(CrsError):
        type_places(spots({}).to_crs("EPSG:4326"), town.reports())


def test_what_street_length_and_kind_would_give(town: Any) -> None:
    places = town.places(a=(0, -50, 1000, 50), off=(0, 5000, 100, 5100))
    streets = town.streets({"xy": [(0, 0), (10_000, 0)]})
    things = town.incidents(*({"at": (25 + 50 * k, 0)} for k in range(200)), {}).geometry
    ground = Ground.of(streets, areas=town.areas())
    got = along_streets(places, things, ground=ground)
    assert got.loc["a", "n"] == 20
    assert got.loc["a", "expected"] == pytest.approx(20, rel=0.05)
    assert got.loc["a", "windows"] == pytest.approx(10, rel=0.05)
    assert got.loc["off", "expected"] > 0  # a place away from streets still expects something
    nowhere = Ground.of(town.streets(), areas=town.areas())
    bare = along_streets(places, things, ground=nowhere)
    assert np.isnan(bare["expected"]).all()


def test_whose_move_it_is_never_runs_empty() -> None:
    for kind in ("both", "incidents_only", "felt_only", "calm", "incidents", "felt", "cannot_tell"):
        for light in ("dark", "partly", "lit", "cannot_tell"):
            for broken in (True, False):
                for hidden in (True, False):
                    acts = who_acts(kind, light=light, broken=broken, hidden=hidden)
                    assert acts
                    assert acts == ["nothing"] or "nothing" not in acts
                    assert "lamp" not in acts or light == "dark"
