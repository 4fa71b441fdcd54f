"""The frozen list: sealed, scored the week after, and silent where wardens were."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.clock import Week
from geo.frames import HOTSPOTS
from geo.pipeline import score as module
from geo.pipeline.seal import frozen_list, list_hash

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

CRS = "EPSG:3006"
WEEK = Week(2026, 20)


def places() -> GeoDataFrame:
    """Four places: two put forward, one that cannot be told, one that may wait."""
    begin, end = WEEK.start(), WEEK.end()
    table = {
        "id": ["a", "b", "c", "d-lower"], "place_id": ["P-A", "P-B", "P-C", "P-D"],
        "name": ["A", "B", "C", "D"], "method": "places", "claim": "stands_out",
        "rank": [1, 2, 3, 4], "n": 9.0, "expected": 2.0,
        "certainty": ["well_supported", "possible", "cannot_tell", "likely"],
        "period_from": begin, "period_to": end, "area_m2": 100.0, "street_m": 50.0,
        "caveats": [[] for _ in range(4)], "run_id": "r",
    }  # fmt: skip
    shapes = [shapely.box(i * 1000, 0, i * 1000 + 100, 100) for i in range(4)]
    return HOTSPOTS.conform(gpd.GeoDataFrame(table, geometry=shapes, crs=CRS), crs=CRS)


def test_the_seal_holds_for_these_places_in_this_order_alone() -> None:
    listed = frozen_list(places())
    assert listed["place_id"].tolist() == ["P-A", "P-B"]
    assert list_hash(listed) == list_hash(frozen_list(places().sample(frac=1, random_state=3)))
    assert list_hash(listed) != list_hash(listed.assign(rank=[2, 1]))
    moved = listed.set_geometry(listed.geometry.translate(xoff=0.5))
    assert list_hash(listed) != list_hash(moved)
    assert len(list_hash(listed.iloc[:0])) == 64


def test_a_visit_by_name_or_on_the_spot_makes_a_place_visited() -> None:
    begin, end = WEEK.start(), WEEK.end()
    visits = gpd.GeoDataFrame(
        {"place_id": ["P-A", None, "P-B"],
         "arrived": [begin, begin + timedelta(hours=3), end]},
        geometry=[None, shapely.Point(2050, 50), None], crs=CRS,
    )  # fmt: skip
    rows = places().iloc[:3]
    seen = module._visited(visits, rows, begin=begin, end=end)
    assert seen.tolist() == [True, False, True]


def test_what_patrols_found_and_repeats_are_not_hits(incident_rows: Any) -> None:
    begin, end = WEEK.start(), WEEK.end()
    told, found = module._week_of(incident_rows, begin=begin, end=end)
    assert sorted(told["id"]) == ["i0", "i1"]
    assert found == 1
    assert module._in_any(told, places().iloc[:2]).sum() == 2


@pytest.fixture
def incident_rows() -> GeoDataFrame:
    """Six incidents: two told, one found by a patrol, one too late, one unplaced, one stacked."""
    from geo.frames import INCIDENTS

    at = pd.Timestamp(WEEK.start()) + pd.to_timedelta([1, 2, 3, 24 * 7, 4, 5], unit="h")
    table = {
        "id": [f"i{k}" for k in range(6)], "category": "vandalism", "mapping_version": "1",
        "occurred_from": at.as_unit("us"), "time_known": True, "setting": "outdoor",
        "accuracy_m": 30.0, "source": "export", "actor": "kommunen",
        "found_by": ["report", "report", "patrol", "report", "report", "report"],
        "flags": [[], [], [], [], [], ["stacked"]], "weight": 1.0, "batch_id": "",
    }  # fmt: skip
    points = [shapely.Point(50, 50), shapely.Point(1050, 50), shapely.Point(50, 50),
              shapely.Point(50, 50), None, shapely.Point(50, 50)]  # fmt: skip
    return INCIDENTS.conform(gpd.GeoDataFrame(table, geometry=points, crs=CRS), crs=CRS)
