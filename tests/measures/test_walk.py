"""A safety walk's protocol of twenty items becomes reports and measures with owner and deadline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
import shapely

from geo.errors import MapError
from geo.frames import MEASURES, REPORTS
from geo.maps.walk_file import ITEMS, meeting_rows, write_blank, write_meeting
from geo.measures.walk import FAULTS, HEADS, read_walk
from geo.pipeline import Workspace
from geo.pipeline.walked import is_walk, take_walk
from geo.settings import Profile
from geo.store import BatchInfo
from tests.maps.town import conform, town_lamps

if TYPE_CHECKING:
    from pathlib import Path

CRS, ZONE = "EPSG:3006", "Europe/Stockholm"


def item(**cells: str) -> dict[str, str]:
    """Give one item of a protocol."""
    base = dict.fromkeys(HEADS, "") | {
        "number": "1", "day": "2026-10-14", "place": "Parkstigen", "x": "650100,5",
        "y": "6600360", "fault": "slackt", "action": "Byt lampa", "owner": "Teknik",
        "due": "2027-03-31",
    }  # fmt: skip
    return base | cells


def walked(*items: dict[str, str]) -> Any:
    rows = pd.DataFrame(list(items)).set_axis(range(1, len(items) + 1), axis="index")
    return read_walk(rows, conform("lamps", town_lamps()), crs=CRS, timezone=ZONE)


def test_every_fault_becomes_a_report_and_a_measure() -> None:
    got = walked(*(item(number=str(n), fault=code) for n, code in enumerate(FAULTS)))
    REPORTS.check(got.reports, crs=CRS)
    MEASURES.check(got.measures, crs=CRS)
    assert len(got.reports) == len(got.measures) == len(FAULTS)
    assert got.rejects.empty
    first = got.measures.iloc[0]
    assert (first["kind"], first["owner_unit"], first["state"]) == (
        "lamp_repair", "Teknik", "decided",
    )  # fmt: skip
    assert first["ends_on"].date() == date(2027, 3, 31)
    assert first["title"] == "Byt lampa: Parkstigen"
    assert got.reports["channel"].eq("walk").all()
    assert got.reports["received_at"].iloc[0] == pd.Timestamp("2026-10-14T18:00Z")


def test_an_item_is_placed_by_its_pole_when_it_has_no_coordinates() -> None:
    got = walked(item(x="", y="", pole_ref="=1+4"))
    assert got.measures.geometry.iloc[0].equals(shapely.Point(650_120, 6_600_360))


def test_without_an_owner_it_is_a_proposal_that_says_so() -> None:
    one = walked(item(owner="", due="")).measures.iloc[0]
    assert (one["owner_unit"], one["state"]) == ("ej utsedd", "proposed")
    assert pd.isna(one["decided_at"])
    assert pd.isna(one["ends_on"])


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"fault": "trasigt"}, "unknown_fault"),
        ({"day": "i oktober"}, "date_unreadable"),
        ({"due": "snart"}, "date_unreadable"),
        ({"due": "2026-01-01"}, "due_before_walk"),
        ({"x": "", "y": ""}, "no_place"),
        ({"x": "långt bort"}, "no_place"),
        ({"x": "", "y": "", "pole_ref": "999"}, "unknown_pole"),
    ],
)
def test_an_impossible_item_is_rejected_with_its_reason(cells: dict[str, str], reason: str) -> None:
    got = walked(item(**cells), item(number="2"))
    assert got.rejects["reasons"].tolist() == [[reason]]
    assert got.rejects["row"].tolist() == [1]
    assert len(got.measures) == 1


def test_a_filled_protocol_goes_in_once_and_comes_back_as_a_list(tmp_path: Path) -> None:
    path = tmp_path / "protokoll.xlsx"
    assert write_blank(path) == ITEMS == 20
    book = openpyxl.load_workbook(path)
    sheet = book["Protokoll"]
    heads = [cell.value for cell in sheet[1]]
    for row in range(2, 20):  # two of the twenty rows stay empty
        cells = item(number=str(row), owner="" if row == 2 else "Teknik", place=f"Plats {row}")
        for name, head in HEADS.items():
            sheet.cell(row, heads.index(head) + 1).value = cells[name]
    book.save(path)
    workspace = Workspace.create(tmp_path / "kommun", Profile(name="Provby"))
    with workspace.store() as store:
        store.append("lamps", conform("lamps", town_lamps()), batch=BatchInfo(source="prov"))
        assert is_walk(path)
        first = take_walk(workspace, store, path)
        assert {k: first[k] for k in ("n_read", "n_items", "n_blank", "n_rejected")} == {
            "n_read": 20, "n_items": 18, "n_blank": 2, "n_rejected": 0,
        }  # fmt: skip
        again = take_walk(workspace, store, path)
        assert (again["n_new"], again["n_unchanged"], again["batches"]) == (0, 18, [])
        measures = store.read("measures")
        for batch in first["batches"]:
            store.undo(batch)
        assert store.read("reports").empty
    listed = meeting_rows(measures)
    assert len(listed) == 18
    assert set(listed["Läge"]) == {"beslutad", "föreslagen"}
    assert write_meeting(tmp_path / "lista.html", measures) == 18
    assert "ej utsedd" in (tmp_path / "lista.html").read_text(encoding="utf-8")
    assert write_meeting(tmp_path / "lista.xlsx", measures) == 18
    with pytest.raises(MapError, match=r"\.xlsx, \.html"):
        write_meeting(tmp_path / "lista.pdf", measures)
    with pytest.raises(MapError, match="workbook"):
        write_blank(tmp_path / "protokoll.docx")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"day": "2026-10-16"}, "date_in_future"),
        ({"x": "14,6", "y": "57,1"}, "far_away"),  # degrees where metres are asked for
        ({"x": "nan", "y": "6600360"}, "no_place"),
    ],
)
def test_a_day_to_come_and_a_place_elsewhere_are_rejected(
    cells: dict[str, str], reason: str
) -> None:
    rows = pd.DataFrame([item(**cells), item()]).set_axis([1, 2], axis="index")
    got = read_walk(
        rows, conform("lamps", town_lamps()), crs=CRS, timezone=ZONE,
        today=date(2026, 10, 15), extent=(650_000, 6_600_000, 651_000, 6_601_000),
    )  # fmt: skip
    assert got.rejects["reasons"].tolist() == [[reason]]
    assert len(got.reports) == 1


def test_a_pole_number_on_two_lamps_is_not_called_unknown() -> None:
    lamps = town_lamps()
    for row in lamps[:2]:
        row["pole_ref"] = "S1"
    rows = pd.DataFrame([item(x="", y="", pole_ref="S1")]).set_axis([1], axis="index")
    got = read_walk(rows, conform("lamps", lamps), crs=CRS, timezone=ZONE)
    assert got.rejects["reasons"].tolist() == [["pole_ref_shared"]]
