"""Frames other than incidents: words, lists, links, dates, assumptions and scrubbed text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.ingest import Ingested

REPORTS: dict[str, Any] = {
    "frame": "reports", "source": "otrygga", "crs": "EPSG:3006",
    "columns": {"ref": "nr", "received_at": "inkom", "felt": "känsla", "reasons": "skäl",
                "state": "status", "public_text": "text", "merged_into": "dubblett", "x": "E",
                "y": "N"},
    "values": {"felt": {"otrygg": "unsafe", "trygg": "safe"},
               "reasons": {"mörkt": "dark", "öde": "deserted"}, "state": {"godkänd": "accepted"}},
}  # fmt: skip
REPORT_HEAD = "nr;inkom;känsla;skäl;status;text;dubblett;E;N\n"


def report(**cells: str) -> str:
    usual = {"nr": "1", "inkom": "2026-11-20 21:30", "känsla": "otrygg", "skäl": "", "status": "",
             "text": "", "dubblett": "", "E": "488177", "N": "6303934"}  # fmt: skip
    return ";".join((usual | cells).values()) + "\n"


def test_reports_with_lists_links_and_scrubbed_text(read: Callable[..., Ingested]) -> None:
    rows = [
        report(skäl='"mörkt, Öde|mörkt;vargar"', text="Ring Anna Björk 070-123 45 67"),
        report(nr="2", dubblett="1", status="godkänd"),
    ]
    got = read(REPORT_HEAD + "".join(rows), REPORTS)
    first, second = got.accepted.iloc[0], got.accepted.iloc[1]
    assert first["reasons"] == ["dark", "deserted", "other"]
    assert got.unmapped == {"reasons": {"vargar": 1}}
    assert first["public_text"] == "Ring [namn] [telefon]"
    assert got.scrubbed == {"phone": 1, "name": 1}
    assert (first["state"], second["state"], first["channel"]) == ("received", "accepted", "other")
    assert second["merged_into"] == first["id"]
    assert pd.isna(first["merged_into"])


def test_what_a_frame_must_have_rejects_a_row_without_it(read: Callable[..., Ingested]) -> None:
    rows = [
        report(känsla="glad"),
        report(nr="2", inkom=""),
        report(nr="3", E=""),
        report(nr="4", E="0", N="0"),
        report(nr="5", inkom="2026-03-29 02:30"),
        report(nr="6", känsla=""),
        report(nr="7"),
    ]
    got = read(REPORT_HEAD + "".join(rows), REPORTS)
    assert dict(zip(got.rejects["row"], got.rejects["reasons"], strict=True)) == {
        1: ["unknown_word"], 2: ["time_missing"], 3: ["position_missing"], 4: ["position_zero"],
        5: ["time_in_gap"], 6: ["missing_value"]}  # fmt: skip
    assert got.rejects["columns"].tolist()[:3] == [["felt"], ["received_at"], ["geometry"]]
    assert got.unmapped == {"felt": {"glad": 1}}


LAMPS: dict[str, Any] = {
    "frame": "lamps", "source": "belysning", "crs": "EPSG:3006",
    "columns": {"x": "E", "y": "N", "power_w": "watt", "installed": "år", "state_since": "sedan"},
    "constants": {"height_m": 6.0, "light_source": "led"}, "units": {"power_w": "W"},
}  # fmt: skip


def test_constants_that_stand_in_for_measurements_are_marked_as_assumed(
    read: Callable[..., Ingested],
) -> None:
    content = (
        "E;N;watt;år;sedan\n488177;6303934;286(LED);2014;2026-11-20\n488178;6303934;?;x;nyss\n"
    )
    got = read(content, LAMPS)
    first = got.accepted.iloc[0]
    assert first["assumed"] == ["height_m", "light_source"]
    assert (first["height_m"], first["power_w"]) == (6.0, 286.0)
    assert first["installed"] == pd.Timestamp("2014-01-01")
    assert got.flagged == {"time_unreadable:installed": 1, "time_unreadable:state_since": 1}
    assert got.period is None


def test_lamps_that_are_alike_are_told_apart_by_ordinal(read: Callable[..., Ingested]) -> None:
    row = "488177;6303934;70;2014;\n"
    got = read("E;N;watt;år;sedan\n" + row * 3, LAMPS)
    assert got.accepted["id"].nunique() == 3
    assert (got.n_repeated, len(got.accepted)) == (0, 3)


def test_measures_with_booleans_numbers_json_and_dates(read: Callable[..., Ingested]) -> None:
    mapping = {
        "frame": "measures", "source": "åtgärder",
        "columns": {"ref": "nr", "title": "vad", "goal": "mål", "judged_by": ["a", "b"],
                    "cost": "kr", "revision": "rev", "follow_up_on": "datum", "kind": "slag"},
        "constants": {"problem": "mörkt", "owner_unit": "Gata", "state": "proposed"},
        "units": {"cost": "tkr"},
    }  # fmt: skip
    content = ('nr;vad;mål;a;b;kr;rev;datum;slag\n1;Lampor;"{""target"": 3}";polis;kommun;12,5;2;'
               "2026-12-01;lamp_new\n2;Väktare;{trasig;polis;;x;1,5;;annat\n")  # fmt: skip
    got = read(content, mapping)
    row = got.accepted.iloc[0]
    assert (row["goal"], row["judged_by"], row["cost"]) == ({"target": 3}, ["polis", "kommun"],
                                                            12_500.0)  # fmt: skip
    assert row["follow_up_on"] == pd.Timestamp("2026-12-01")
    assert got.rejects["reasons"].tolist() == [["unreadable_value"]]
    assert got.rejects["columns"].tolist() == [["revision"]]


def test_yes_and_no_in_swedish(read: Callable[..., Ingested]) -> None:
    mapping = {
        "frame": "facilities", "source": "hus", "crs": "EPSG:3006",
        "columns": {"name": "namn", "check_locked": "lås", "x": "E", "y": "N", "kind": "typ"},
        "values": {"check_locked": {"varje natt": "true"}},
    }  # fmt: skip
    rows = [f"Hus;{word};488177;6303934;school" for word in ("Ja", "nej", "", "varje natt", "!")]
    got = read("namn;lås;E;N;typ\n" + "\n".join(rows), mapping)
    assert got.accepted["check_locked"].tolist() == [True, False, False, True]
    assert got.rejects["reasons"].tolist() == [["unreadable_value"]]


def test_the_parent_of_an_area_is_our_id_of_it(read: Callable[..., Ingested]) -> None:
    mapping = {
        "frame": "areas", "source": "områden", "crs": "EPSG:3006",
        "columns": {"ref": "kod", "name": "namn", "parent_id": "över", "geometry": "wkt",
                    "population": "n"},
        "constants": {"level": "district"},
    }  # fmt: skip
    box = "POLYGON ((488000 6303000, 489000 6303000, 489000 6304000, 488000 6303000))"
    got = read(f"kod|namn|över|wkt|n\nA|Norr||{box}|1 200\nB|Torget|A|{box}|3\n", mapping)
    assert got.accepted["parent_id"].tolist()[1] == got.accepted["id"][0]
    assert got.accepted["population"].tolist() == [1200, 3]


def test_a_frame_without_geometry_in_its_file_is_unlocated(read: Callable[..., Ingested]) -> None:
    mapping = {
        "frame": "assessments", "source": "bedömningar",
        "columns": {"actor": "aktör", "week": "v", "verdict": "läge", "problem": "problem"},
        "values": {"verdict": {"grön": "gron"}},
    }  # fmt: skip
    got = read("aktör;v;läge;problem\npolisen;2026-W47;grön;Bil ABC123\n", mapping)
    row = got.accepted.iloc[0]
    assert (row["verdict"], row["problem"], row["revision"]) == ("gron", "Bil [regnr]", 1)
    assert got.n_unlocated == 1
    with pytest.raises(IngestError, match="week"):
        read("aktör\npolisen\n", {"frame": "assessments", "source": "b",
                                  "columns": {"actor": "aktör"}})  # fmt: skip
