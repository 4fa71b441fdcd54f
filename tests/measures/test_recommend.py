"""From evidence to recommendation: each row of the decision table, and what it must not say."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, box

from geo.clock import Week
from geo.errors import CrsError
from geo.frames import HOTSPOTS
from geo.measures import RULES, recommend

CRS = "EPSG:3006"
LINE = LineString([(0, 0), (60, 0)])
WEEK = Week.parse("2026-W47")
PEAK = {"certain": True, "n_timed": 20, "n": 12, "share": 0.6,
        "slots": [{"weekday": 4, "from": 21, "to": 1, "n": 12, "share": 0.6}]}  # fmt: skip


def hotspots(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    if not rows:
        return HOTSPOTS.empty()
    full = []
    for k, row in enumerate(rows):
        base = {"id": f"h{k}", "place_id": f"p{k}", "method": "m", "claim": "stands_out",
                "rank": k + 1, "n": 24.0, "expected": 8.0, "rate": 3.0, "n_recent": 6.0,
                "n_before": 2.0, "certainty": "well_supported",
                "period_from": pd.Timestamp("2025-11-24", tz="UTC"),
                "period_to": pd.Timestamp("2026-11-23", tz="UTC"), "peak_hours": PEAK,
                "area_m2": 1e4, "street_m": 300.0, "caveats": [], "run_id": "",
                "geometry": box(500_000 + 200 * k, 0, 500_100 + 200 * k, 100)}  # fmt: skip
        full.append({**base, **row})
    return HOTSPOTS.conform(gpd.GeoDataFrame(full, geometry="geometry", crs=CRS))


LIT = {"state": "lit", "inventory_share": 1.0, "lit_share": 1.0, "street_m": 300.0, "n_lamps": 12,
       "n_faulty": 0, "n_register_out": 0, "n_fault_reports": 0, "n_open_faults": 0,
       "n_off_on_purpose": 0, "n_obscured": 0,
       "n_out_together": 0, "unlit_m": 0.0, "n_dark_reports": 0, "n_hidden_reports": 0,
       "dark_m": 0.0, "outage_m": 0.0, "missing_m": 0.0, "off_m": 0.0, "owners": ["Kommunen"],
       "height_assumed_share": 0.0, "untold_share": 0.0, "near_nature": False, "lamp_ids": [],
       "fault_ids": [], "report_ids": [], "hidden_ids": [], "stretch_ids": [],
       "group_ids": []}  # fmt: skip
BRIGHT = {"p_class": 1.0, "mean_lx": 6.0, "lux_dark_m": 0.0, "lux_dark_share": 0.0,
          "night_dark_m": 0.0, "old_share": 0.0, "tunnel_m": 0.0}  # fmt: skip
DARK = {"n_timed": 20.0, "n_dark": 14.0, "dark_share": 0.7, "dark_share_all": 0.5}
CALM = {"n_timed": 20.0, "n_dark": 1.0, "dark_share": 0.05, "dark_share_all": 0.5}


def advise(light: dict[str, Any], dark: dict[str, Any], **place: Any) -> dict[str, Any]:
    """Recommend for one place; rows by rule."""
    rows = recommend(
        hotspots(place),
        pd.DataFrame([{**LIT, **light}], index=["h0"]),
        dark=pd.DataFrame([dark], index=["h0"]),
        week=WEEK,
    )
    return {row["rule"]: row for row in rows.to_dict("records")}


def codes(row: dict[str, Any]) -> dict[str, Any]:
    return {reason["code"]: reason["value"] for reason in row["reasons"]}


def test_a_supported_place_gets_presence_with_its_hours_and_reasons() -> None:
    row = advise({}, CALM)["presence"]
    assert row["kind"] == "patrol"
    assert row["confidence"] == "well_supported"
    assert row["window"]["slots"][0]["weekday"] == 4
    assert codes(row) == {"rate": 3, "recent": 6, "hours": 0.6}
    assert row["reasons"][0] == {"code": "rate", "value": 3, "unit": "ratio", "n": 24,
                                 "layer": "hotspots", "ids": ["h0"]}  # fmt: skip


@pytest.mark.parametrize(
    ("certainty", "rules"),
    [
        ("well_supported", {"presence"}),
        ("likely", {"presence"}),
        ("possible", {"presence_possible"}),
        ("cannot_tell", set()),
    ],
)
def test_presence_follows_certainty(certainty: str, rules: set[str]) -> None:
    assert set(advise({}, CALM, certainty=certainty)) == rules


def test_no_clear_hours_give_no_window() -> None:
    unclear = {"certain": False, "slots": [], "n_timed": 9, "n": 0.0, "share": None}
    row = advise({}, CALM, peak_hours=unclear)["presence"]
    assert row["window"] is None
    assert "hours" not in codes(row)


def test_outage_where_much_happens_in_the_dark_is_mended_first() -> None:
    broken = {"n_faulty": 3, "n_out_together": 3, "n_register_out": 3, "dark_m": 75.0,
              "missing_m": 80.0, "n_dark_reports": 4, "lamp_ids": ["a"]}  # fmt: skip
    got = advise(broken, DARK)
    assert got["lamp_repair"]["kind"] == "lamp_repair"
    assert got["lamp_repair"]["confidence"] == "well_supported"
    assert codes(got["lamp_repair"])["owner"] == "Kommunen"
    assert "lamps_missing" in got  # to be looked at, but
    assert "lamp_new" not in got  # repair comes before new investment
    assert "light_not_cause" not in got
    felt = advise({"n_faulty": 1, "n_dark_reports": 1}, DARK)
    assert felt["lamp_repair"]["confidence"] == "likely"


def test_single_lamps_nobody_complains_of_wait_for_the_round() -> None:
    got = advise({"n_faulty": 2, "n_out_together": 1}, DARK)
    assert set(got) == {"presence", "lamp_single"}


def test_what_is_felt_and_broken_is_mended_even_where_incidents_may_be_chance() -> None:
    got = advise({"n_faulty": 2, "n_dark_reports": 2}, CALM, certainty="cannot_tell")
    assert set(got) == {"lamp_repair"}


def test_a_path_without_lamps_is_considered_when_felt_as_dark() -> None:
    unlit = {"unlit_m": 80.0}
    assert set(advise({**unlit, "n_dark_reports": 1}, CALM)) == {"presence", "path_unlit"}
    assert set(advise({**unlit, "lit_share": 0.8}, DARK)) == {
        "presence"
    }  # not cleared, and nobody complains


def test_an_outage_without_darkness_or_reports_is_no_finding_of_a_place() -> None:
    assert set(advise({"n_faulty": 2}, CALM)) == {"presence"}


def test_lit_and_working_is_probably_not_the_cause() -> None:
    row = advise({}, DARK)["light_not_cause"]
    assert row["kind"] == "none"
    assert row["confidence"] == "likely"
    assert advise({"n_dark_reports": 1}, DARK)["light_not_cause"]["confidence"] == "possible"
    assert codes(row) == {"dark_share": 0.7, "lamps_working": 12, "dark_reports": 0,
                          "inventory_share": 1}  # fmt: skip


@pytest.mark.parametrize(
    "fact",
    [
        {"n_faulty": 1},
        {"n_open_faults": 1},
        {"n_off_on_purpose": 1},
        {"n_dark_reports": 2},
        {"missing_m": 31.0},
        {"unlit_m": 31.0, "lit_share": 0.85},
        {"state": "not_inventoried"},
        {"state": "mixed"},
        {"inventory_share": 0.5},
        {"n_lamps": 0},
    ],
)
def test_any_doubt_about_the_light_keeps_it_from_being_cleared(fact: dict[str, Any]) -> None:
    assert "light_not_cause" not in advise(fact, DARK)


def test_lamps_nobody_has_seen_are_looked_at_and_never_cleared() -> None:
    got = advise({"untold_share": 1.0}, DARK)
    assert set(got) == {"presence", "light_unseen"}
    assert got["light_unseen"]["kind"] == "check"
    assert got["light_unseen"]["confidence"] == "cannot_tell"
    assert codes(got["light_unseen"])["lamps_untold"] == 1
    assert "light_not_cause" in advise({"untold_share": 0.19}, DARK)
    assert "light_unseen" not in advise({"untold_share": 1.0}, CALM)
    assert "light_unseen" not in advise({"untold_share": 1.0, "n_faulty": 1}, DARK)


def test_where_dark_is_no_commoner_light_is_not_brought_up_and_few_say_nothing() -> None:
    assert set(advise({}, {**DARK, "dark_share_all": 0.75})) == {"presence"}
    assert set(advise({}, {**DARK, "n_dark": 4.0})) == {"presence", "light_cannot_tell"}


def test_what_nobody_surveyed_is_surveyed_not_lit() -> None:
    bare = {"state": "not_inventoried", "inventory_share": 0.1, "n_lamps": 0}
    got = advise(bare, DARK)
    assert set(got) == {"presence", "light_unknown"}
    assert got["light_unknown"]["kind"] == "investigate"
    assert got["light_unknown"]["confidence"] == "cannot_tell"


def test_off_on_purpose_is_a_decision_to_review() -> None:
    got = advise({"n_off_on_purpose": 4}, DARK)
    assert got["lamps_asleep"]["kind"] == "lamp_adjust"
    assert "lamp_repair" not in got


def test_felt_as_dark_with_nothing_broken_is_measured() -> None:
    assert advise({"n_dark_reports": 2}, CALM)["light_measure"]["kind"] == "investigate"
    assert set(advise({"n_dark_reports": 1}, CALM)) == {"presence"}  # one voice may be chance


def test_new_lamps_only_with_reports_and_never_by_water() -> None:
    gap = {"missing_m": 60.0, "n_dark_reports": 3}
    assert "lamp_new" in advise(gap, DARK)
    assert "lamp_new" not in advise({**gap, "near_nature": True}, DARK)
    assert "lamp_new" not in advise({**gap, "n_dark_reports": 1}, DARK)
    assert "lamp_new" not in advise({**gap, "n_faulty": 1}, DARK)


def test_more_in_the_dark_in_the_district_supports_new_lamps_without_reports() -> None:
    gap = {"missing_m": 60.0}
    assert "lamp_new" not in advise(gap, DARK)
    row = advise(gap, {**DARK, "dark_hours_more": True})["lamp_new"]
    assert "dark_hours" in codes(row)
    near = advise({**gap, "near_nature": True}, {**DARK, "dark_hours_more": True})
    assert "lamp_new" not in near
    assert near["nature_assess"]["caveat"] == "ecology"


@pytest.mark.parametrize(
    ("light", "rule", "kind"),
    [
        ({"mean_lx": 6.0, "lux_dark_m": 40.0, "n_dark_reports": 1}, "light_uneven", "lamp_adjust"),
        ({"p_class": 0.9, "n_dark_reports": 2}, "light_glare", "lamp_adjust"),
        ({"night_dark_m": 60.0}, "dim_hours", "lamp_adjust"),
        ({"old_share": 0.7, "p_class": 0.3}, "led_swap", "lamp_adjust"),
        ({"tunnel_m": 25.0, "n_dark_reports": 1}, "tunnel_light", "check"),
        ({"unlit_m": 80.0, "detour": 1.1, "n_dark_reports": 1}, "lit_detour", "check"),
    ],
)
def test_calculated_light_tunnels_and_ways_round(
    light: dict[str, Any], rule: str, kind: str
) -> None:
    got = advise({**BRIGHT, **light}, DARK)
    assert got[rule]["kind"] == kind
    assert "light_not_cause" not in got
    assert rule not in advise(BRIGHT, DARK)


def test_a_long_way_round_is_no_way_round() -> None:
    unlit = {"unlit_m": 80.0, "n_dark_reports": 1}
    assert "lit_detour" not in advise({**unlit, "detour": 1.3}, CALM)
    assert "lit_detour" not in advise({**unlit, "detour": float("nan")}, CALM)


def test_light_that_is_calculated_short_is_never_cleared() -> None:
    assert "light_not_cause" in advise(BRIGHT, DARK)
    for short in ({"p_class": 0.3}, {"lux_dark_share": 0.4}, {"night_dark_m": 40.0}):
        assert "light_not_cause" not in advise({**BRIGHT, **short}, DARK)
    shown = codes(advise(BRIGHT, DARK)["light_not_cause"])
    assert shown["p_class"] == 1


def test_hidden_sight_is_pruned() -> None:
    assert advise({"n_hidden_reports": 2}, CALM)["vegetation"]["kind"] == "vegetation"


def test_nobody_looked_at_the_dark_and_nothing_is_said_of_it() -> None:
    rows = recommend(hotspots({}), pd.DataFrame([LIT], index=["h0"]), week=WEEK)
    assert rows["rule"].tolist() == ["presence"]
    rows = recommend(hotspots({}), pd.DataFrame(index=[]), week=WEEK)
    assert rows["rule"].tolist() == ["presence"]


def groups(**more: Any) -> gpd.GeoDataFrame:
    row = {"n_lamps": 3, "n_reports": 2, "n_register": 3, "days_open": 9.0, "target_days": 3,
           "late": True, "owners": ["Kommunen"], "lamp_ids": ["a", "b", "c"], "fault_ids": ["f"],
           "n_dark_reports": 2, "report_ids": ["r", "s"],
           "geometry": MultiPoint([(0, 0), (1, 1)])}  # fmt: skip
    return gpd.GeoDataFrame([{**row, **more}], index=["g1"], geometry="geometry", crs=CRS)


def away(things: gpd.GeoDataFrame, light: dict[str, Any] | None = None) -> list[str]:
    name = "groups" if "n_lamps" in things else "stretches"
    facts = pd.DataFrame([{**LIT, **(light or {})}], index=["h0"])
    dark = pd.DataFrame([DARK], index=["h0"])
    got = recommend(hotspots({}), facts, dark=dark, week=WEEK, **{name: things})
    return got.loc[got["place_id"].isna(), "rule"].tolist()


def test_outages_away_from_places_need_two_reports_or_a_passed_target() -> None:
    assert away(groups()) == ["outage_and_reports"]
    assert away(groups(n_dark_reports=1)) == ["outage_late"]
    assert away(groups(n_dark_reports=1, late=False)) == []
    assert away(groups(n_lamps=1)) == []


def test_an_outage_a_place_has_taken_on_is_not_told_twice() -> None:
    taken = {"n_faulty": 3, "n_out_together": 3, "group_ids": ["g1"]}
    assert away(groups(), taken) == []
    assert away(groups(), {"group_ids": ["g1"]}) == ["outage_and_reports"]


def test_a_dark_stretch_needs_length_reports_and_a_cause() -> None:
    row = {"cause": "missing", "length_m": 60.0, "n_dark_reports": 2, "report_ids": ["r"],
           "street_ids": ["s"], "owners": [], "geometry": LINE}  # fmt: skip

    def stretch(**more: Any) -> gpd.GeoDataFrame:
        return gpd.GeoDataFrame([{**row, **more}], index=["d1"], geometry="geometry", crs=CRS)

    assert away(stretch()) == ["dark_stretch"]
    assert away(stretch(cause="unlit")) == ["dark_stretch"]
    for more in ({"cause": "off_on_purpose"}, {"length_m": 20.0}, {"n_dark_reports": 1}):
        assert away(stretch(**more)) == []


def test_a_repair_does_not_hide_that_lamps_are_missing() -> None:
    row = {"cause": "outage", "length_m": 90.0, "missing_m": 40.0, "n_dark_reports": 2,
           "report_ids": ["r"], "street_ids": ["s"], "owners": [], "geometry": LINE}  # fmt: skip
    both = gpd.GeoDataFrame([row], index=["d1"], geometry="geometry", crs=CRS)
    broken = {"n_faulty": 3, "n_out_together": 3, "stretch_ids": ["d1"]}
    assert away(both, broken) == []  # dark only for lamps that are out: mending answers it
    assert away(both, {**broken, "missing_stretch_ids": ["d1"]}) == ["dark_stretch"]
    told = {**broken, "missing_stretch_ids": ["d1"], "missing_m": 40.0}
    assert away(both, told) == []  # the place itself says so


def test_a_place_with_two_claims_is_recommended_for_once() -> None:
    rows = hotspots({"place_id": "p"}, {"place_id": "p", "claim": "changed"})
    light = pd.DataFrame([LIT, LIT], index=["h0", "h1"])
    assert recommend(rows, light, week=WEEK)["rule"].tolist() == ["presence"]


def test_priorities_run_from_one_presence_before_light_before_nothing() -> None:
    rows = hotspots({}, {"certainty": "possible"}, {})
    light = pd.DataFrame(
        [LIT, {**LIT, "n_faulty": 2, "n_out_together": 2}, LIT], index=["h0", "h1", "h2"]
    )
    dark = pd.DataFrame([DARK] * 3, index=["h0", "h1", "h2"])
    got = recommend(rows, light, dark=dark, week=WEEK)
    assert got["priority"].tolist() == list(range(1, len(got) + 1))
    assert got["rule"].tolist() == ["presence", "presence", "lamp_repair", "presence_possible",
                                    "light_not_cause", "light_not_cause"]  # fmt: skip


def test_the_same_evidence_has_the_same_name_and_another_week_another() -> None:
    one = recommend(hotspots({}), pd.DataFrame([LIT], index=["h0"]), week=WEEK)
    two = recommend(hotspots({"id": "x"}), pd.DataFrame([LIT], index=["x"]), week=WEEK)
    later = recommend(hotspots({}), pd.DataFrame([LIT], index=["h0"]), week=WEEK.shift(1))
    assert one["id"].tolist() == two["id"].tolist()
    assert one["id"].tolist() != later["id"].tolist()


def test_nothing_gives_an_empty_frame_and_degrees_are_refused() -> None:
    assert recommend(HOTSPOTS.empty(), pd.DataFrame(), week=WEEK, groups=groups().iloc[:0]).empty
    with pytest.raises(CrsError):
        recommend(hotspots({}).to_crs("EPSG:4326"), pd.DataFrame(), week=WEEK)


FACTS = st.fixed_dictionaries(
    {
        "n_faulty": st.integers(0, 3),
        "n_off_on_purpose": st.integers(0, 2),
        "n_dark_reports": st.integers(0, 4),
        "inventory_share": st.floats(0, 1),
        "missing_m": st.floats(0, 90),
        "near_nature": st.booleans(),
        "n_out_together": st.integers(0, 3),
        "unlit_m": st.floats(0, 90),
    }
)


@settings(max_examples=60)
@given(
    light=FACTS,
    dark=st.integers(0, 20),
    certainty=st.sampled_from(["well_supported", "likely", "possible", "cannot_tell"]),
)
def test_laws_of_the_table(light: dict[str, Any], dark: int, certainty: str) -> None:
    got = advise(light, {**DARK, "n_dark": float(dark)}, certainty=certainty)
    kinds = {row["kind"] for row in got.values()}
    assert not kinds >= {"lamp_repair", "lamp_new"}  # repair before new investment
    if "none" in kinds:
        assert not kinds & {"lamp_repair", "lamp_new", "lamp_adjust", "investigate"}
    if certainty == "cannot_tell":
        assert kinds <= {"lamp_repair", "investigate"}
        assert light["n_dark_reports"] >= 2 or not kinds
    if light["inventory_share"] < 0.8:
        assert not kinds & {"lamp_new", "none", "check"}
    if dark < 3 and light["n_dark_reports"] == 0:
        assert not kinds & {"lamp_repair", "lamp_new", "lamp_adjust", "investigate", "none"}
    assert set(got) <= set(RULES)


def test_places_drawn_as_points_and_lines_are_kept_as_they_are() -> None:
    rows = hotspots({"geometry": Point(500_000, 6_400_000)})
    got = recommend(rows, pd.DataFrame([LIT], index=["h0"]), week=WEEK)
    assert got.geometry.geom_type.tolist() == ["Point"]


def test_too_few_in_the_dark_is_said_and_not_kept_silent() -> None:
    got = advise(BRIGHT, {**DARK, "n_dark": 4.0})
    assert "light_not_cause" not in got
    row = got["light_cannot_tell"]
    assert (row["kind"], row["confidence"]) == ("none", "cannot_tell")
    assert "dark_share" in codes(row)


def test_nothing_is_said_of_light_where_nothing_is_dark_or_something_is_broken() -> None:
    assert "light_cannot_tell" not in advise(BRIGHT, {**DARK, "n_dark": 0.0})
    assert "light_cannot_tell" not in advise(BRIGHT, {**DARK, "n_dark": 4.0, "dark_share": 0.1})
    few = {**DARK, "n_dark": 4.0}
    for broken in ({"n_faulty": 1}, {"n_dark_reports": 2}, {"missing_m": 40.0}, {"state": "mixed"}):
        assert "light_cannot_tell" not in advise({**BRIGHT, **broken}, few)
    assert "light_cannot_tell" not in advise(BRIGHT, DARK)
