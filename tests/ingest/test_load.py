from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import CrsError, IngestError
from geo.frames import INCIDENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.ingest import Ingested

HEAD = "Nr;Tid;Till;Typ;Plats;E;N\n"
GOOD = "K1;2026-11-20 21:30;;Inbrott;Park;488177;6303934\n"


@pytest.fixture
def full(incidents: dict[str, Any]) -> dict[str, Any]:
    incidents["columns"] |= {"occurred_to": "Till", "setting": "Plats"}
    incidents["values"] = {"setting": {"Park": "outdoor", "Bostad": "dwelling"}}
    return incidents


def test_an_accepted_row_keeps_the_contract_and_what_the_source_said(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    got = read(HEAD + GOOD, full)
    INCIDENTS.check(got.accepted)
    row = got.accepted.iloc[0]
    assert (row["category"], row["source_category"], row["setting"]) == (
        "burglary", "Inbrott", "outdoor")  # fmt: skip
    assert (row["source"], row["actor"], row["batch_id"]) == ("bolaget", "Bolaget", "")
    assert row["mapping_version"] == got.mapping_version
    assert got.period == (datetime(2026, 11, 20, 20, 30, tzinfo=UTC),) * 2
    assert got.categories == {"burglary": 1}


def test_case_numbers_are_hashed_with_the_key_and_never_kept(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    first = read(HEAD + GOOD.replace("K1", "5000-K77-26"), full).accepted
    other = read(HEAD + GOOD.replace("K1", "5000-K77-26"), full, key=b"another").accepted
    assert "5000-K77-26" not in first.drop(columns="geometry").to_csv()
    assert re.fullmatch(r"[0-9a-f]{32}", first["ref_hash"][0])
    assert first["ref_hash"][0] != other["ref_hash"][0]
    assert first["id"][0] != other["id"][0]


def test_a_reference_may_be_made_of_several_columns(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    full["columns"]["ref"] = ["Nr", "Typ"]
    content = HEAD + GOOD + GOOD.replace("Inbrott", "Klotter på vägg")
    assert len(read(content, full).accepted) == 2


def test_events_in_a_home_are_refused_and_a_burgled_home_is_seen_from_outside(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    rows = [
        "K1;2026-11-20 21:30;;Bråk;Bostad;488177;6303934",
        "K2;2026-11-20 21:30;;Inbrott;BOSTAD;488177;6303934",
        "K3;trasig tid;;Bråk;Bostad;488177;6303934",
    ]
    got = read(HEAD + "\n".join(rows), full)
    assert got.refused == {"in_home": 2}
    assert got.accepted["setting"].tolist() == ["dwelling_exterior"]
    assert got.rejects.empty
    full["columns"].pop("setting")
    full["constants"] = {"setting": "dwelling"}
    assert read(HEAD + GOOD, full).refused == {"in_home": 1}


def test_rows_that_are_not_ours_are_skipped_and_counted(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    full["skip"] = {"Plats": ["grannkommunen"]}
    got = read(HEAD + GOOD + "K2;2026-11-20 21:30;;Inbrott;Grannkommunen;1;2\n", full)
    assert (got.n_read, got.n_refused, got.refused) == (2, 1, {"skipped": 1})


def test_the_same_reference_twice(read: Callable[..., Ingested], full: dict[str, Any]) -> None:
    again = GOOD.replace("Inbrott", "Klotter på vägg")
    got = read(HEAD + GOOD + GOOD + again, full)
    assert (got.n_read, len(got.accepted), len(got.rejects)) == (3, 1, 3 - 1 - got.n_repeated)
    assert {r for reasons in got.rejects["reasons"] for r in reasons} == {"duplicate_reference"}
    turned = read(HEAD + again + GOOD + GOOD, full)
    assert turned.accepted["category"].tolist() == got.accepted["category"].tolist()
    assert read(HEAD + GOOD + GOOD, full).n_repeated == 1


def test_times_in_doubt(read: Callable[..., Ingested], full: dict[str, Any]) -> None:
    rows = [
        "A;2026-03-29 02:30;;Inbrott;Park;488177;6303934",
        "B;2026-10-25 02:30;;Inbrott;Park;488177;6303934",
        "C;2026-11-20;;Inbrott;Park;488177;6303934",
        "D;0202-11-20 10:00;;Inbrott;Park;488177;6303934",
        "E;2026-11-20 10:00;2026-11-20 08:00;Inbrott;Park;488177;6303934",
        "F;2026-11-20 10:00;2026-11-20 12:00;Inbrott;Park;488177;6303934",
        "G;2026-11-20 10:00;2026-11-20 10:00;Inbrott;Park;488177;6303934",
        "H;;;Inbrott;Park;488177;6303934",
        "I;i går;;Inbrott;Park;488177;6303934",
        "J;2026-11;;Inbrott;Park;488177;6303934",
        "K;2026-11-20 10:00;2026-11-21;Inbrott;Park;488177;6303934",
        "L;2026-11-20 10:00;sen;Inbrott;Park;488177;6303934",
    ]
    got = read(HEAD + "\n".join(rows), full)
    rejected = dict(zip(got.rejects["row"], got.rejects["reasons"], strict=True))
    assert rejected == {1: ["time_in_gap"], 4: ["time_out_of_range"], 9: ["time_unreadable"]}
    assert got.rejects["columns"].tolist() == [["occurred_from"]] * 3
    flags = got.accepted["flags"].tolist()
    assert flags == [["time_in_fold"], ["time_unknown"], ["time_unknown", "interval_reversed"], [],
                     [], ["time_unknown"], ["time_unknown"], [], []]  # fmt: skip
    assert got.flagged["time_unreadable:occurred_to"] == 1
    to = got.accepted["occurred_to"].dropna().tolist()
    assert [t.strftime("%m-%d %H:%M") for t in to] == ["11-20 11:00", "11-30 23:00", "11-21 23:00"]
    assert got.accepted["time_known"].tolist() == [True, False, False, True, True, False, False,
                                                   True, True]  # fmt: skip


def test_now_bounds_times_when_it_is_given(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    now = datetime(2026, 11, 20, 18, tzinfo=UTC)
    rows = GOOD + GOOD.replace("K1;2026", "K2;2028")
    got = read(HEAD + rows, full, now=now)
    assert got.accepted["flags"].tolist() == [["future"]]
    assert got.rejects["reasons"].tolist() == [["time_out_of_range"]]
    late = read(HEAD + GOOD, full, earliest=datetime(2027, 1, 1, tzinfo=UTC))
    assert late.rejects["reasons"].tolist() == [["time_out_of_range"]]


def test_a_source_that_never_writes_the_hour(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    rows = [f"K{i};2026-11-{i:02d} 00:00;;Inbrott;Park;488177;6303934" for i in range(1, 25)]
    got = read(HEAD + "\n".join(rows), full)
    assert not got.accepted["time_known"].any()


def test_places_in_doubt(read: Callable[..., Ingested], full: dict[str, Any]) -> None:
    places = ["488177;6303934", ";", "0;0", "nan;6303934", "inf;1", "här;där", "488177;",
              "488177;7303934"]  # fmt: skip
    rows = [f"K{i};2026-11-20 21:30;;Inbrott;Park;{at}" for i, at in enumerate(places)]
    rows += [f"L{i};2026-11-20 21:30;;Inbrott;Park;488177;6303934" for i in range(12)]
    got = read(HEAD + "\n".join(rows), full, extent=(487000, 6303000, 489000, 6305000))
    assert (len(got.accepted), got.n_unlocated) == (20, 6)
    assert got.accepted["flags"].iloc[7] == ["far_away"]
    assert got.flagged == {"far_away": 1}


def test_many_rows_on_one_point_are_stacked(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    rows = [f"S{i};2026-11-20 21:30;;Inbrott;Park;488000;6304000" for i in range(30)]
    rows += [f"K{i};2026-11-20 21:30;;Inbrott;Park;{488000 + i};6304000" for i in range(1, 100)]
    got = read(HEAD + "\n".join(rows), full)
    assert got.flagged == {"stacked": 30}


def test_unknown_kinds_are_kept_as_other_and_told(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    rows = [
        GOOD,
        GOOD.replace("K1", "K2").replace("Inbrott", "Tjuvfiske"),
        GOOD.replace("K1", "K3").replace("Inbrott", ""),
        GOOD.replace("K1", "K4").replace("Inbrott", "Klotter").replace("Park", "Månen"),
    ]
    got = read(HEAD + "".join(rows), full)
    assert got.other == {"(blank)": 1, "Tjuvfiske": 1}
    assert got.accepted["category"].tolist() == ["burglary", "other", "other", "graffiti"]
    assert got.flagged["unknown_category"] == 2
    assert got.unmapped == {"setting": {"Månen": 1}}


def test_free_text_given_as_a_category_is_refused(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    told = [f"K{i};2026-11-20 21:30;;Granne {i} bråkade;Park;488177;6303934" for i in range(120)]
    with pytest.raises(IngestError, match="looks like free text") as caught:
        read(HEAD + "\n".join(told), full)
    assert "bråkade" not in str(caught.value)
    with pytest.raises(IngestError, match="looks like free text"):
        read(HEAD + GOOD.replace("Inbrott", "x" * 200), full)


def test_personal_data_in_a_word_that_is_kept_is_taken_out(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    got = read(HEAD + GOOD.replace("Inbrott", "Ring 070-123 45 67"), full)
    assert got.accepted["source_category"].tolist() == ["Ring [telefon]"]
    assert (got.scrubbed, got.flagged["text_scrubbed"]) == ({"phone": 1}, 1)


def test_a_footnote_is_rejected_as_empty(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    got = read(HEAD + GOOD + "Källa: bolaget;;;;;;\n", full)
    assert got.rejects["reasons"].tolist() == [["row_empty"]]


def test_a_mapping_must_say_where_every_needed_column_comes_from(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    for name in ("category", "occurred_from"):
        less = full | {"columns": {k: v for k, v in full["columns"].items() if k != name}}
        with pytest.raises(IngestError, match=name):
            read(HEAD + GOOD, less)
    with pytest.raises(IngestError, match="in which system"):
        read(HEAD + GOOD, {k: v for k, v in full.items() if k != "crs"})
    faults = {"frame": "faults", "source": "a", "columns": {"ref": "Nr"}}
    with pytest.raises(IngestError, match="reported_at"):
        read(HEAD + GOOD, faults)


def test_a_mapping_must_give_a_place_where_the_frame_needs_one(
    read: Callable[..., Ingested],
) -> None:
    lamps = {"frame": "lamps", "source": "a", "crs": "EPSG:3006"}
    with pytest.raises(IngestError, match="x and y of lamps") as caught:
        read("E;N\n1;2\n", lamps | {"columns": {"owner": "E"}})
    assert caught.value.facts["found"] == "E, N"
    with pytest.raises(IngestError, match="any column of lamps"):
        read("E;N\n1;2\n", lamps)


def test_one_kind_for_all_rows_and_the_source_s_own_heading(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    full["columns"]["source_category"] = "Plats"
    assert read(HEAD + GOOD, full).accepted["source_category"].tolist() == ["Park"]
    del full["columns"]["source_category"], full["columns"]["category"]
    full["constants"] = {"category": "graffiti"}
    got = read(HEAD + GOOD, full)
    assert got.categories == {"graffiti": 1}
    assert got.accepted["source_category"].isna().all()


def test_the_source_may_say_that_an_hour_is_a_guess(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    full["columns"]["time_known"] = "Säker tid"
    head, row = HEAD.replace("\n", ";Säker tid\n"), GOOD.replace("\n", ";nej\n")
    got = read(head + row + row.replace("K1", "K2").replace(";nej", ";"), full)
    assert got.accepted["time_known"].tolist() == [False, True]


def test_the_working_system_is_in_metres(
    read: Callable[..., Ingested], full: dict[str, Any]
) -> None:
    with pytest.raises(CrsError):
        read(HEAD + GOOD, full, crs="EPSG:4326")


WORDS = st.sampled_from(
    ["", "K1", "K2", "2026-11-20 21:30", "2026-03-29 02:15", "2026-13-40", "Inbrott", "Bostad",
     "Park", "488177", "6303934", "0", "nan", "1e999", "summa", "ä"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.lists(WORDS, min_size=0, max_size=8), max_size=25), st.randoms())
def test_nothing_vanishes_and_order_plays_no_part(
    read: Callable[..., Ingested], full: dict[str, Any], cells: list[list[str]], random: Any
) -> None:
    everywhere = {"extent": (-1e12, -1e12, 1e12, 1e12)}
    last = ["Z9", "2026-11-20 21:30", "", "Inbrott", "Park", "488177", "6303934"]
    rows, mapping = [";".join(row) for row in cells], full | {"separator": ";"}
    got = read(HEAD + "\n".join([*rows, ";".join(last)]), mapping, **everywhere)
    ended = len(got.accepted) + got.n_repeated + len(got.rejects) + got.n_refused
    assert got.n_read == ended
    assert got.accepted["id"].is_unique
    random.shuffle(rows)
    turned = read(HEAD + "\n".join([*rows, ";".join(last)]), mapping, **everywhere)
    assert set(turned.accepted["id"]) == set(got.accepted["id"])
    assert (turned.n_read, turned.n_repeated, turned.n_refused, len(turned.rejects)) == (
        got.n_read, got.n_repeated, got.n_refused, len(got.rejects))  # fmt: skip
    assert turned.flagged == got.flagged
    columns = [c for c in got.accepted if c != "geometry"]
    first = got.accepted.sort_values("id")[columns].reset_index(drop=True)
    second = turned.accepted.sort_values("id")[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(first, second)
