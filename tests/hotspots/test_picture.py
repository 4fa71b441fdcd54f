"""The whole search: what is found, what is said when little can be, and its laws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from geo.errors import AnalysisError, CrsError
from geo.frames import HOTSPOTS
from geo.hotspots import Context, find_hotspots, paint

CRS = "EPSG:3006"
Make = Callable[..., Context]
MakeRows = Callable[..., gpd.GeoDataFrame]
Draw = Callable[..., np.ndarray]
EAST, NORTH = 500_000.0, 6_400_000.0
SPOT = shapely.Point(EAST + 700, NORTH + 800)
SURE = ["well_supported", "likely", "possible"]


def test_the_planted_place_comes_first_and_the_rest_of_town_is_not_claimed(
    planted: Context,
) -> None:
    found = find_hotspots(planted)
    HOTSPOTS.check(found, crs=CRS)
    best = found.iloc[0]
    assert best["certainty"] == "well_supported"
    assert best.geometry.distance(SPOT) == 0
    assert 20 <= best["n"] <= 40
    assert best["rate_low"] > 2
    assert best["expected"] == pytest.approx(best["n"] / best["rate"])
    assert (found.loc[1:, "certainty"] != "well_supported").all()


def test_a_place_is_compact_valid_and_named_after_its_street(planted: Context) -> None:
    best = find_hotspots(planted).iloc[0]
    assert best.geometry.is_valid
    assert best.geometry.geom_type in {"Polygon", "MultiPolygon"}
    west, south, east, north = best.geometry.bounds
    assert max(east - west, north - south) <= 330
    assert best["name"].startswith(("Norrgatan", "Östgatan"))
    assert 100 < best["street_m"] < 2000
    assert best["area_m2"] == pytest.approx(best.geometry.area)
    assert "Parken" not in best["name"]


def test_a_landmark_close_by_is_named_too(
    context: Make, even: Draw, hot: Draw, facilities: gpd.GeoDataFrame
) -> None:
    xy = np.vstack((even(200, seed=1), hot(40, seed=2, east=750, north=750, sd=25)))
    assert (
        find_hotspots(context(xy, facilities=facilities)).iloc[0]["name"].endswith(" vid Stationen")
    )


def test_an_outline_reaches_where_it_happens_and_never_round_one_incident(
    context: Make, even: Draw, streets: gpd.GeoDataFrame
) -> None:
    wide = streets[~streets.intersects(shapely.box(EAST + 410, NORTH + 410, EAST + 690,
                                                   NORTH + 690))]  # fmt: skip
    mall, alone = (EAST + 560, NORTH + 545), (EAST + 480, NORTH + 480)
    xy = np.vstack((even(250, seed=1), np.full((25, 2), mall)))
    best = find_hotspots(context(np.vstack((xy, [alone])), streets=wide)).iloc[0]
    assert best["n"] >= 25
    assert best.geometry.intersects(shapely.Point(mall))
    assert not best.geometry.intersects(shapely.Point(alone))


def test_places_do_not_overlap_much(context: Make, even: Draw, hot: Draw) -> None:
    xy = np.vstack((even(600, seed=4), hot(60, seed=5), hot(40, seed=6, east=1000)))
    found = find_hotspots(context(xy))
    found = found[found["claim"] == "stands_out"]
    shapes = found.geometry.to_numpy()
    for i, shape in enumerate(shapes):
        for other in shapes[i + 1 :]:
            assert shape.intersection(other).area < 0.4 * min(shape.area, other.area)


def test_nothing_is_found_where_nothing_happened(context: Make, incidents: MakeRows) -> None:
    nowhere = incidents([(EAST, NORTH)]).assign(geometry=gpd.GeoSeries([None], crs=CRS))
    for empty in (context(np.zeros((0, 2))), context(nowhere)):
        picture = paint(empty)
        assert len(picture.hotspots) == len(picture.lower) == 0
        assert picture.facts["n"] == 0
        HOTSPOTS.check(picture.hotspots, crs=CRS)


def test_one_incident_is_no_place(context: Make) -> None:
    found = find_hotspots(context([(EAST + 300, NORTH + 300)]))
    assert not found["certainty"].isin(SURE).any()


def test_five_incidents_are_never_a_claim(context: Make, even: Draw) -> None:
    xy = np.vstack((even(40, seed=1), np.full((5, 2), (EAST + 710, NORTH + 805))))
    found = find_hotspots(context(xy))
    near = found[found.geometry.distance(SPOT) < 100]
    assert not near["certainty"].isin(SURE).any()


def test_everything_on_one_point_is_one_place_that_says_so(context: Make) -> None:
    found = find_hotspots(context(np.full((40, 2), (EAST + 700, NORTH + 800))))
    assert (found["claim"] == "stands_out").sum() == 1
    assert found.iloc[0]["n"] == 40
    assert "one_point" in found.iloc[0]["caveats"]


def test_everything_at_one_time_has_an_answer(context: Make, even: Draw) -> None:
    moment = pd.Timestamp("2026-11-20 21:30", tz="UTC")
    found = find_hotspots(context(even(120, seed=8), at=[moment] * 120))
    HOTSPOTS.check(found, crs=CRS)
    assert (found["n_timed"] == found["n"]).all()


def test_row_order_and_input_do_not_matter(planted: Context) -> None:
    before = planted.incidents.copy(deep=True)
    first = find_hotspots(planted)
    assert_geodataframe_equal(planted.incidents, before)
    shuffled = Context(
        planted.incidents.sample(frac=1, random_state=4), planted.streets.sample(frac=1,
        random_state=5), None, planted.period_from, planted.period_to, crs=CRS, seed=3,
    )  # fmt: skip
    second = find_hotspots(shuffled)
    plain = ["n", "q", "certainty", "rank", "rank_low", "rank_high", "place_id", "id", "name"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(first[plain]), pd.DataFrame(second[plain]), check_exact=False, rtol=1e-9
    )


def test_the_same_seed_gives_the_same_picture(planted: Context) -> None:
    assert_geodataframe_equal(find_hotspots(planted), find_hotspots(planted))


def test_moving_everything_by_whole_cells_moves_the_places(planted: Context) -> None:
    east, north = 150.0 * 7, -150.0 * 11
    rows, streets = planted.incidents.copy(), planted.streets.copy()
    rows["geometry"] = rows.translate(east, north)
    streets["geometry"] = streets.translate(east, north)
    moved = find_hotspots(
        Context(rows, streets, None, planted.period_from, planted.period_to, crs=CRS, seed=3)
    )
    here = find_hotspots(planted)
    assert here["n"].tolist() == moved["n"].tolist()
    assert here["certainty"].tolist() == moved["certainty"].tolist()
    np.testing.assert_allclose(
        moved.geometry.centroid.x - here.geometry.centroid.x, east, atol=0.01
    )


def test_an_incident_told_twice_counts_once(
    context: Make, even: Draw, hot: Draw, incidents: MakeRows
) -> None:
    xy = np.vstack((even(200, seed=1), hot(20, seed=2)))
    once = find_hotspots(context(xy)).iloc[0]
    rows = incidents(np.vstack((xy, xy[200:])))
    group = [None] * 200 + [f"g{k}" for k in range(20)] * 2
    twice = find_hotspots(context(rows.assign(duplicate_group=pd.Series(group, dtype="str"))))
    assert twice.iloc[0]["n"] == once["n"]


@pytest.mark.parametrize("flag", ["stacked", "far_away"])
def test_flagged_positions_make_no_place(
    context: Make, even: Draw, hot: Draw, incidents: MakeRows, flag: str
) -> None:
    xy = np.vstack((even(200, seed=1), hot(30, seed=2)))
    rows = incidents(xy, flags=[[]] * 200 + [[flag]] * 30)
    picture = paint(context(rows))
    assert picture.facts["left_out"] == {flag: 30}
    assert not (picture.hotspots["certainty"] == "well_supported").any()


def test_without_streets_the_most_that_is_said_is_likely(
    context: Make, even: Draw, hot: Draw, streets: gpd.GeoDataFrame
) -> None:
    xy = np.vstack((even(300, seed=1), hot(60, seed=2)))
    found = find_hotspots(context(xy, streets=streets.iloc[:0]))
    assert found.iloc[0]["certainty"] == "likely"
    assert "no_streets" in found.iloc[0]["caveats"]
    assert found.iloc[0].geometry.distance(SPOT) < 60


def test_kinds_of_land_are_judged_by_their_own_rate(
    context: Make, even: Draw, streets: gpd.GeoDataFrame, areas: gpd.GeoDataFrame
) -> None:
    west = streets.geometry.centroid.x < EAST + 550
    xy = even(900, seed=9, weight=np.where(west, 6.0, 1.0))
    facts = paint(context(xy, areas=areas)).facts
    rates = facts["rate_per_km"]
    assert rates["centre"] / rates["residential"] == pytest.approx(6, rel=0.25)
    found = find_hotspots(context(xy, areas=areas))
    assert not (found["certainty"] == "well_supported").any()
    assert facts["over_dispersion"] == 0
    assert paint(context(xy)).facts["over_dispersion"] > 0.1


def test_a_place_keeps_its_id_and_one_that_calmed_is_listed_apart(
    context: Make, even: Draw, hot: Draw
) -> None:
    week = timedelta(weeks=1)
    xy = np.vstack((even(300, seed=1), hot(30, seed=2)))
    at = pd.date_range("2025-11-25", "2026-02-20", periods=330, tz="UTC")
    rng = np.random.default_rng(1)
    base = context(xy, at=at[rng.permutation(330)])
    first = paint(base)
    later = Context(base.incidents, base.streets, None, base.period_from + week,
                    base.period_to + week, crs=CRS, seed=3)  # fmt: skip
    second = paint(later, former=first.hotspots)
    assert second.hotspots.iloc[0]["place_id"] == first.hotspots.iloc[0]["place_id"]
    assert second.hotspots.iloc[0]["id"] != first.hotspots.iloc[0]["id"]
    far = Context(base.incidents, base.streets, None, base.period_from + 30 * week,
                  base.period_to + 30 * week, crs=CRS, seed=3)  # fmt: skip
    gone = context(
        pd.concat([far.incidents, context(even(60, seed=5), id=[f"n{k}" for k in range(60)],
        at=pd.date_range("2026-12-01", "2027-03-01", periods=60, tz="UTC")).incidents]),
        period_from=far.period_from, period_to=far.period_to,
    )  # fmt: skip
    lower = paint(gone, former=first.hotspots).lower
    HOTSPOTS.check(lower, crs=CRS)
    assert first.hotspots.iloc[0]["place_id"] in set(lower["place_id"])
    row = lower.set_index("place_id").loc[first.hotspots.iloc[0]["place_id"]]
    assert row["certainty"] == "cannot_tell"
    assert row["caveats"] == ["calm_not_proven"]


def test_a_sudden_rise_is_claimed_as_changed_apart_from_standing_out(
    context: Make, even: Draw, hot: Draw
) -> None:
    at = pd.date_range("2025-11-25", "2026-11-22", periods=300, tz="UTC")
    late = pd.date_range("2026-11-01", "2026-11-22", periods=16, tz="UTC")
    xy = np.vstack((even(300, seed=1), hot(16, seed=2)))
    found = find_hotspots(context(xy, at=at.append(late)))
    changed = found[found["claim"] == "changed"]
    assert changed.iloc[0]["certainty"] == "well_supported"
    assert changed.iloc[0].geometry.distance(SPOT) == 0
    assert changed.iloc[0]["n"] >= 14
    assert changed.iloc[0]["period_from"] == planted_month(changed.iloc[0])
    standing = found[found["claim"] == "stands_out"].iloc[0]
    assert standing["class"] == "new"
    assert standing["place_id"] == changed.iloc[0]["place_id"]


def planted_month(row: pd.Series) -> pd.Timestamp:
    return row["period_to"] - pd.Timedelta(weeks=4)


def test_ranks_follow_certainty_and_lie_inside_their_spans(
    context: Make, even: Draw, hot: Draw
) -> None:
    xy = np.vstack((even(500, seed=4), hot(50, seed=5), hot(14, seed=6, east=1200, north=300)))
    found = find_hotspots(context(xy))
    found = found[found["claim"] == "stands_out"]
    assert found["rank"].tolist() == list(range(1, len(found) + 1))
    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()
    order = [*SURE, "cannot_tell"]
    assert found["certainty"].map(order.index).is_monotonic_increasing


def test_a_period_without_a_zone_or_backwards_is_refused(planted: Context) -> None:
    with pytest.raises(AnalysisError, match="time zone"):
        Context(planted.incidents, planted.streets, None,
                planted.period_from.replace(tzinfo=None), planted.period_to)  # fmt: skip
    with pytest.raises(AnalysisError, match="ends before"):
        Context(planted.incidents, planted.streets, None, planted.period_to, planted.period_from)


def test_another_reference_system_is_refused(planted: Context) -> None:
    degrees: gpd.GeoDataFrame = planted.streets.to_crs("EPSG:4326")
    with pytest.raises(CrsError, match="streets"):
        Context(planted.incidents, degrees, None, planted.period_from, planted.period_to)
