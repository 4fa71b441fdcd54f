"""The reporting lens: finds make no place, one voice is capped, coarse rows are told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.clock import Week
from geo.frames import HOTSPOTS, INCIDENTS, STREETS, VISITS
from geo.hotspots import Context, paint
from geo.hotspots.context import countable
from geo.hotspots.lens import Lens, look_through
from geo.hotspots.weighing import capped, gravity
from geo.maps.lens_told import numbered

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

CRS = "EPSG:3006"
WEEK = Week(2026, 20)
BEGIN, END = WEEK.shift(-3).start(), WEEK.end()


def incidents(rows: list[dict[str, Any]]) -> GeoDataFrame:
    """Incidents an hour apart, all but what is given the same."""
    plain = {
        "category": "vandalism", "mapping_version": "1", "time_known": True, "setting": "outdoor",
        "accuracy_m": 10.0, "source": "export", "actor": "A", "found_by": "report", "flags": [],
        "weight": 1.0, "batch_id": "", "at": (50.0, 50.0),
    }  # fmt: skip
    told = [
        plain | {"id": f"i{k:03}", "occurred_from": BEGIN + timedelta(hours=k)} | row
        for k, row in enumerate(rows)
    ]
    frame = pd.DataFrame(told)
    frame["occurred_from"] = pd.to_datetime(frame["occurred_from"], utc=True).dt.as_unit("us")
    points = [shapely.Point(at) for at in frame.pop("at")]
    return INCIDENTS.conform(gpd.GeoDataFrame(frame, geometry=points, crs=CRS), crs=CRS)


def context(rows: list[dict[str, Any]], visits: GeoDataFrame | None = None) -> Context:
    """Four weeks of them, by one street."""
    return Context(
        incidents(rows), STREETS.empty(crs=CRS), None, BEGIN, END, crs=CRS, visits=visits
    )


def place(**columns: Any) -> GeoDataFrame:
    """One place of 100 x 100 m."""
    table = {
        "id": ["h"], "place_id": ["P"], "name": ["A"], "method": "places", "claim": "stands_out",
        "rank": [1], "n": [10.0], "expected": 2.0, "certainty": "likely", "period_from": BEGIN,
        "period_to": END, "area_m2": 1e4, "street_m": 50.0, "caveats": [[]], "run_id": "",
        "sources": [[{"actor": "A", "n": 10.0}]],
    } | columns  # fmt: skip
    frame = gpd.GeoDataFrame(table, geometry=[shapely.box(0, 0, 100, 100)], crs=CRS)
    return HOTSPOTS.conform(frame, crs=CRS)


def look(rows: list[dict[str, Any]], visits: GeoDataFrame | None = None, **columns: Any) -> Any:
    """Look through one place; its caveats and its evidence."""
    here = context(rows, visits)
    lens = Lens.of(countable(here))
    found, evidence = look_through(place(**columns), lens, context=here)
    return found["caveats"].iloc[0], evidence["P"]


def test_what_patrols_found_is_kept_apart_and_counted_beside() -> None:
    rows = [{}] * 10 + [{"found_by": "patrol"}] * 6
    lens = Lens.of(countable(context(rows)))
    assert (len(lens.told.current), len(lens.found)) == (10, 6)
    assert lens.told.left_out == {"found_by_patrol": 6}
    codes, facts = look(rows)
    assert (facts["n_reported"], facts["n_patrol"]) == (10.0, 6)
    assert codes == ["found_by_patrol"]


def test_a_place_that_only_patrols_found_never_stands_out() -> None:
    """Two hundred finds in one spot and forty reports strewn about: nothing is put forward."""
    strewn = [{"at": (40.0 * k, 3000.0 - 37.0 * k)} for k in range(40)]
    lines = [shapely.LineString([(0, y), (3000, y)]) for y in range(0, 3001, 250)]
    table = {"id": [f"s{k}" for k in range(len(lines))], "kind": "road", "lit": "unknown",
             "length_m": 3000.0, "from_node": "a", "to_node": "b", "batch_id": ""}  # fmt: skip
    streets = STREETS.conform(gpd.GeoDataFrame(table, geometry=lines, crs=CRS), crs=CRS)
    spot = {"at": (1500.0, 1500.0)}
    base = replace(context(strewn + [spot | {"found_by": "patrol"}] * 200), streets=streets)
    assert not (paint(base).hotspots["certainty"] != "cannot_tell").any()
    reported = replace(base, incidents=incidents(strewn + [spot] * 200))
    assert (paint(reported).hotspots["certainty"] == "well_supported").any()


def test_one_voice_is_capped_where_there_are_others_to_hold_it_against() -> None:
    sources = [{"actor": "A", "n": 9.0}, {"actor": "B", "n": 3.0}]
    assert capped(4.0, sources, several=True) == pytest.approx(4.0 * 6 / 12)
    assert capped(4.0, sources, several=False) == 4.0
    even = [{"actor": "A", "n": 6.0}, {"actor": "B", "n": 6.0}]
    assert capped(4.0, even, several=True) == 4.0
    lopsided = [{"actor": "A", "n": 7.0}, {"actor": "B", "n": 3.0}]
    rows = [{}] * 7 + [{"actor": "B"}] * 3
    codes, facts = look(rows, sources=[lopsided])
    assert "one_voice" in codes
    assert (facts["voice_share"], facts["n_largest"]) == (pytest.approx(0.7), pytest.approx(7.0))
    assert "one_voice" not in look([{}] * 10)[0]


def test_anonymous_reports_of_one_place_and_day_weigh_one() -> None:
    named = [{"at": (900.0, 900.0)}] * 10
    rows = named + [{"actor": None, "source": "web"}] * 8
    told = Lens.of(countable(context(rows))).told.current
    unnamed = told[told["actor"].isna()]
    assert unnamed["count"].sum() == pytest.approx(unnamed["moment"].dt.floor("D").nunique())


def test_coarse_and_stacked_rows_that_may_be_from_here_are_told_of() -> None:
    coarse = [{"at": (400.0, 50.0), "accuracy_m": 400.0}] * 3
    far = [{"at": (900.0, 50.0), "accuracy_m": 400.0}] * 4
    stacked = [{"at": (50.0, 50.0), "flags": ["stacked"]}] * 2
    codes, facts = look([{}] * 10 + coarse + far + stacked)
    assert (facts["n_coarse"], facts["n_stacked"]) == (3, 2)
    assert "coarse_left_out" in codes
    blurred, facts = look([{"accuracy_m": 100.0}] * 5 + [{}] * 5)
    assert facts["n_imprecise"] == 5
    assert "imprecise" in blurred


def test_finds_are_held_against_the_hours_that_were_spent_there() -> None:
    arrived = [pd.Timestamp(BEGIN) + pd.Timedelta(days=k) for k in range(6)]
    table = {
        "id": [f"v{k}" for k in range(6)], "shift_id": "s", "kind": "foot", "arrived": arrived,
        "left": [at + pd.Timedelta(minutes=30) for at in arrived], "planned": True, "batch_id": "",
    }  # fmt: skip
    spots = [shapely.Point(50, 50)] * 5 + [shapely.Point(5000, 5000)]
    frame = gpd.GeoDataFrame(table, geometry=spots, crs=CRS)
    for name in ("arrived", "left"):
        frame[name] = frame[name].dt.tz_convert("UTC").dt.as_unit("us")
    visits = VISITS.conform(frame, crs=CRS)
    codes, facts = look([{}] * 20 + [{"found_by": "patrol"}] * 5, visits)
    assert facts["effort"] == {
        "visits": 5, "hours": 2.5, "found": 5, "per_hour": 2.0, "per_hour_low": 0.65,
        "per_hour_high": 4.67, "per_hour_all": 1.67,  # exact limits of five: 1.62 and 11.67
    }  # fmt: skip
    told = numbered("patrol_effort", facts, least=5, lang="sv")
    assert "2 i timmen (95 %: 0,7–4,7) mot 1,7 överallt" in told.replace(chr(160), " ")
    assert (facts["n_inside"], facts["n_patrol"]) == (20, 5)  # told beside, and never added
    assert numbered("patrol_effort", facts, least=6, lang="sv") == ""
    assert "patrol_effort" in codes
    assert look([{}] * 20)[1]["effort"] is None


def test_weights_order_places_and_touch_nothing_that_is_claimed() -> None:
    """Two places of twelve by two streets: the weights swap their order, and no other number."""
    lines = [shapely.LineString([(0, y), (3000, y)]) for y in range(0, 3001, 250)]
    table = {"id": [f"s{k}" for k in range(len(lines))], "kind": "road", "lit": "unknown",
             "length_m": 3000.0, "from_node": "a", "to_node": "b", "batch_id": ""}  # fmt: skip
    streets = STREETS.conform(gpd.GeoDataFrame(table, geometry=lines, crs=CRS), crs=CRS)
    spots = [{"at": (500.0, 500.0), "category": "vandalism"}] * 40
    spots += [{"at": (2500.0, 2500.0), "category": "violence_public"}] * 30
    strewn = [{"at": (40.0 * k, 3000.0 - 37.0 * k)} for k in range(40)]
    base = replace(context(spots + strewn), streets=streets)
    plain, heavy = (
        paint(replace(base, severity=w)).hotspots for w in (None, {"violence_public": 9.0})
    )
    assert plain["method"].eq("places").all()
    assert heavy["method"].eq("places_weighted").all()
    first = [rows.sort_values("rank").iloc[0]["categories"][0]["category"]
             for rows in (plain, heavy)]  # fmt: skip
    assert first == ["vandalism", "violence_public"]
    same = ["place_id", "claim", "n", "expected", "p", "q", "rate", "certainty"]
    one, other = (rows.sort_values("place_id").reset_index(drop=True)[same]
                  for rows in (plain, heavy))  # fmt: skip
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other))
    assert gravity([{"category": "theft", "n": 5}], everywhere=[], severity=None) == 1.0
