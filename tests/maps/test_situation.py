"""The situation: its contract for every role, its states, its numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import NotFoundError
from geo.maps import Role, situation
from geo.maps.access import JOINT_ROLES, PUBLIC_ROLES, RAW_ROLES
from geo.maps.once import count_once
from geo.maps.page import light_words

if TYPE_CHECKING:
    from types import SimpleNamespace

    from geopandas import GeoDataFrame

    from geo.settings import Profile

WEEKS = [{"id": "2026-W47", "label": "v. 47", "run_id": "r1"}]
KEYS = {
    "municipality", "week", "weeks", "run_id", "role", "method", "sentence", "basis", "places",
    "lower", "score", "recommendations", "layers", "dark_hours", "just_now", "notes",
}  # fmt: skip
PLACE = {
    "place_id", "name", "rank", "rank_low", "rank_high", "rank_label", "certainty",
    "certainty_label", "claim", "claim_label", "class", "class_label", "sentence", "n", "expected",
    "rate", "rate_low", "rate_high", "period_weeks", "n_recent", "n_before", "change_label",
    "when", "profile", "categories", "dark", "light", "reasons", "caveats", "bbox", "point",
    "area_m2", "street_m",
}  # fmt: skip


@pytest.fixture
def tell(frames: dict[str, GeoDataFrame], run: SimpleNamespace, profile: Profile) -> Any:
    """Tell the situation of the town, some frames exchanged."""

    def told(role: Role, *, lang: str = "sv", **changed: GeoDataFrame) -> dict[str, Any]:
        return situation(
            frames | changed,
            run=run,
            profile=profile,
            week="2026-W47",
            role=role,
            weeks=WEEKS,
            lang=lang,
        )

    return told


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_every_role_gets_the_whole_contract_as_json(tell: Any, role: Role, lang: str) -> None:
    found = tell(role, lang=lang)
    assert set(found) == KEYS
    assert found["role"]["id"] == role.value
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    for place in found["places"]:
        assert set(place) >= PLACE
    for layer in found["layers"]:
        assert layer["legend"]
        assert layer["href"].startswith(f"/collections/{layer['name']}/")


def test_the_week_reads_as_people_say_it(tell: Any) -> None:
    week = tell(Role.FORUM)["week"]
    assert week["label"] == "v.\u00a047"
    assert (week["from_label"], week["to_label"]) == (
        "mån 16\u00a0nov 06:00",
        "mån 23\u00a0nov 06:00",
    )
    assert (week["from"], week["to"]) == ("2026-11-16T05:00:00Z", "2026-11-23T05:00:00Z")


def test_the_opening_counts_places_sure_ones_and_those_that_can_wait(tell: Any) -> None:
    said = tell(Role.SECURITY_CHIEF)["sentence"]
    assert said == (
        "Tre platser att prioritera i veckan. En är väl underbyggd, övriga kan vara slump. "
        "Torget kan prioriteras ned."
    )


def test_places_come_in_rank_and_never_twice(tell: Any, frames: dict[str, GeoDataFrame]) -> None:
    both = frames["hotspots"].copy()
    both.loc[4, ["place_id", "certainty"]] = ["p1", "likely"]  # the same place, also changed
    found = tell(Role.SECURITY_CHIEF, hotspots=both)
    assert [p["place_id"] for p in found["places"]] == ["p1", "p2", "p3"]
    assert found["places"][0]["claim"] == "stands_out"


def test_no_place_is_an_answer_and_so_is_not_knowing(
    tell: Any, frames: dict[str, GeoDataFrame]
) -> None:
    hotspots = frames["hotspots"]
    none, unsure = hotspots.iloc[:0], hotspots.iloc[4:]
    assert tell(Role.FORUM, hotspots=none)["sentence"] == ("Ingen plats sticker ut den här veckan.")
    assert tell(Role.FORUM, hotspots=unsure)["sentence"].startswith("Det går inte att avgöra")
    calm = tell(Role.FORUM, hotspots=hotspots.iloc[3:4])["sentence"]
    assert calm == "Ingen plats sticker ut den här veckan. Torget kan prioriteras ned."
    empty = tell(Role.FORUM, hotspots=none, incidents=frames["incidents"].iloc[:0])
    assert empty["sentence"].startswith("Inga händelser finns för perioden.")
    assert empty["basis"]["n"] == 0


def test_roles_without_findings_are_told_what_they_see_instead(tell: Any) -> None:
    for role in PUBLIC_ROLES:
        found = tell(role)
        assert found["sentence"].startswith("Händelser per ruta och kvartal.")
        assert found["places"] == found["recommendations"] == found["basis"]["sources"] == []
    admin = tell(Role.ADMINISTRATOR)
    assert admin["basis"]["n"] is None
    assert "inga händelser" in admin["sentence"]


def test_the_basis_says_how_many_had_a_place(tell: Any) -> None:
    found = tell(Role.SECURITY_CHIEF)["basis"]
    assert (found["n"], found["n_located"], found["located_share"]) == (280, 240, 0.8571)
    assert found["sentence"].replace("\u00a0", " ") == (
        "240 av 280 händelser (86 %) kunde placeras på kartan. "
        "Period 52 veckor, data t.o.m. fre 20 nov."
    )
    assert found["sources"][0]["n"] == 280


@pytest.mark.parametrize("role", JOINT_ROLES)
def test_dates_of_single_events_are_rounded_to_the_week(tell: Any, role: Role) -> None:
    found = tell(role)["basis"]
    assert found["data_until_label"] == "v.\u00a047"
    assert found["sources"][0]["last"] == "2026-11-23T05:00:00Z"


def test_a_source_with_few_events_hides_another_with_it(
    tell: Any, frames: dict[str, GeoDataFrame]
) -> None:
    rows = frames["incidents"].copy()
    rows["source"] = ["a"] * 3 + ["b"] * 10 + ["c"] * (len(rows) - 13)
    hidden = [s for s in tell(Role.FORUM, incidents=rows)["basis"]["sources"] if s["n"] is None]
    assert len(hidden) == 2
    assert all(s["n"] for s in tell(Role.COORDINATOR, incidents=rows)["basis"]["sources"])


def test_an_event_that_two_sources_told_of_counts_once(
    tell: Any, frames: dict[str, GeoDataFrame]
) -> None:
    rows = frames["incidents"].copy()
    rows.loc[rows.index[:20], "duplicate_group"] = [f"g{i // 2}" for i in range(20)]
    once = count_once(rows)
    assert (once["weight"] == 0).sum() == 10
    found = tell(Role.FORUM, incidents=once)
    assert found["basis"]["n"] == 270
    assert found["notes"][-2].startswith("10 rader") or found["notes"][-1].startswith("10 rader")


def test_limits_are_said(tell: Any) -> None:
    forum, chief = tell(Role.FORUM)["notes"], tell(Role.SECURITY_CHIEF)["notes"]
    assert forum[0] == "Kommunen och alla uppgifter är påhittade."
    assert "Antal under fem visas inte för din roll." in forum
    assert "Antal under fem visas inte för din roll." not in chief


def test_the_joint_roles_get_words_where_numbers_are_small(tell: Any) -> None:
    few = {p["place_id"]: p for p in tell(Role.FORUM)["places"]}["p3"]
    assert few["n"] is None
    assert few["n_label"] == "färre än 5"
    assert few["reasons"] == []
    for role in RAW_ROLES:
        assert {p["place_id"]: p for p in tell(role)["places"]}["p3"]["n"] == 3


def test_recommendations_say_what_where_and_when(tell: Any) -> None:
    first, second = tell(Role.FORUM)["recommendations"]
    assert first["sentence"] == "Var på plats: Storgatan vid Åvägen, fre 21\u201324."
    assert second["sentence"].startswith("Parkstigen. Reparera belysningen")
    assert second["reasons"][0]["text"] == "Släckta ljuspunkter: 2 av 5."
    assert first["caveat"] == "Mer närvaro kan också ge fler upptäckta händelser."


def test_advice_at_no_listed_place_is_named_after_its_street(
    tell: Any, frames: dict[str, GeoDataFrame]
) -> None:
    rows = frames["recommendations"].copy()
    rows["place_id"] = None
    named = tell(Role.COORDINATOR, recommendations=rows)["recommendations"]
    assert all(item["place_name"] for item in named)


def test_a_run_of_another_week_is_refused(
    frames: dict[str, GeoDataFrame], run: SimpleNamespace, profile: Profile
) -> None:
    with pytest.raises(NotFoundError, match="another week"):
        situation(frames, run=run, profile=profile, week="2026-W46", role=Role.FORUM, weeks=WEEKS)


def test_the_light_at_a_place_is_what_the_run_found(tell: Any) -> None:
    by_id = {p["place_id"]: p for p in tell(Role.PLANNER)["places"]}
    assert by_id["p1"]["light"] is None
    assert by_id["p2"]["light"]["label"] == "delvis upplyst"
    said = light_words(by_id["p2"]["light"])
    assert said == "Delvis upplyst, 2 av 5 ljuspunkter trasiga, 1 släckta med avsikt"
    english = {p["place_id"]: p for p in tell(Role.PLANNER, lang="en")["places"]}["p2"]
    assert light_words(english["light"], lang="en") == (
        "Partly lit, 2 of 5 lamps faulty, 1 off on purpose"
    )


def test_a_place_without_a_name_is_called_by_its_id(
    tell: Any, frames: dict[str, GeoDataFrame]
) -> None:
    bare = frames["hotspots"].copy()
    bare["name"] = None
    assert tell(Role.FORUM, hotspots=bare)["places"][0]["name"] == "Plats p1"
