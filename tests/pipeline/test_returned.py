"""A filled order goes all the way: faults, lamps, measures and reports, and all of it undone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from geo.errors import IngestError
from geo.frames import FRAMES
from geo.maps.access import Role
from geo.maps.answers import ANSWER_TEXT, write_answers
from geo.maps.order_file import SHEET, write_order
from geo.measures.order import order_measures
from geo.pipeline import Workspace
from geo.pipeline.answered import is_answers, take_answers
from geo.pipeline.returned import take_back
from geo.settings import Profile
from geo.store import BatchInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.store import Store

CRS = "EPSG:3006"
EAST, NORTH = 500_000.0, 6_300_000.0
ORDERED, TODAY = date(2026, 11, 16), date(2026, 11, 30)
INFO = BatchInfo(source="prov")


def at(x: float, y: float = 0.0) -> shapely.Point:
    return shapely.Point(EAST + x, NORTH + y)


def when(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def frame(name: str, rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    table = pd.DataFrame([{k: v for k, v in r.items() if k != "geometry"} for r in rows])
    shapes = gpd.GeoSeries([r["geometry"] for r in rows], crs=CRS)
    return FRAMES[name].conform(gpd.GeoDataFrame(table, geometry=shapes, crs=CRS), crs=CRS)


def town() -> dict[str, gpd.GeoDataFrame]:
    """Two lamps out in a row and one elsewhere; faults before and after; four reports."""
    base = {"batch_id": ""}
    lamp = {"state": "faulty", "state_since": when(1), "owner": "Kommunen", "assumed": [], **base}
    fault = {"kind": "out", "reported_at": when(10), **base}
    report = {"felt": "unsafe", "received_at": when(12), "state": "accepted", "channel": "web"}
    report |= {"reasons": ["dark"], **base}
    return {
        "lamps": frame("lamps", [
            lamp | {"id": "l1", "pole_ref": "=1", "geometry": at(0)},
            lamp | {"id": "l2", "pole_ref": "2", "geometry": at(30)},
            lamp | {"id": "l3", "pole_ref": "3", "state": "working", "state_since": None,
                    "geometry": at(900)},
        ]),
        "faults": frame("faults", [
            fault | {"id": "f1", "pole_ref": "=1", "geometry": None},
            fault | {"id": "f2", "lamp_id": "l2", "geometry": at(31)},
            fault | {"id": "f3", "lamp_id": "l2", "reported_at": when(28), "geometry": at(31)},
            fault | {"id": "f4", "lamp_id": "l3", "geometry": at(900)},
        ]),
        "reports": frame("reports", [
            report | {"id": "r1", "geometry": at(10, 20)},
            report | {"id": "r2", "reasons": ["dark", "hidden_sight"], "geometry": at(10, 25)},
            report | {"id": "r3", "received_at": when(29), "geometry": at(10, 20)},
            report | {"id": "r4", "geometry": at(900, 10)},
        ]),
        "streets": frame("streets", [
            {"id": "s1", "name": "Björkstigen", "kind": "footway", "length_m": 100.0,
             "from_node": "a", "to_node": "b", "lit": "yes", "owner": None,
             "geometry": shapely.LineString([at(-50), at(50)]), **base},
        ]),
    }  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "kommun", Profile(name="Provby"))


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    """A store with the town, and an order of its two lamps in a row."""
    lamps = [{"lamp_id": "l1", "pole_ref": "=1"}, {"lamp_id": "l2", "pole_ref": "2"}]
    errand = {"id": "rec1", "place": "Björkstigen", "place_id": None, "work": "Reparera",
              "owner": "Kommunen", "target_days": 3, "lamps": lamps,
              "geometry": shapely.MultiPoint([at(0), at(30)])}  # fmt: skip
    with workspace.store() as found:
        for name, rows in town().items():
            found.append(name, rows, batch=INFO)
        order = order_measures([errand], ordered_on=ORDERED, crs=CRS)
        found.append("measures", order, batch=INFO)
        yield found


def filled(store: Store, path: Path, days: list[str]) -> Path:
    """Write the order, and fill it in as a contractor would, in a spreadsheet program."""
    assert write_order(path, store.read("measures"), store.read("lamps"), lines=[("a", "b")]) == 2
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    heads = [cell.value for cell in sheet[1]]
    for row, day in enumerate(days, start=2):
        sheet.cell(row, heads.index("Utfört datum") + 1).value = day
    book.save(path)
    return path


def test_a_filled_order_closes_what_it_mended_and_nothing_else(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    path = filled(store, tmp_path / "order.xlsx", ["2026-11-24", "2026-11-25"])
    got = take_back(workspace, store, path, today=TODAY)
    assert (got.counts["n_closed"], got.n_measures, got.n_checks) == (2, 1, 1)
    faults = store.read("faults").set_index("id")["closed_at"]
    assert faults["f1"] == pd.Timestamp("2026-11-24T11:00Z")  # noon in Stockholm
    assert faults["f2"] == pd.Timestamp("2026-11-25T11:00Z")
    assert faults[["f3", "f4"]].isna().all()  # told of afterwards; another lamp
    lamps = store.read("lamps").set_index("id")
    assert lamps["state"].tolist() == ["working"] * 3
    assert lamps.loc["l1", "state_since"] == pd.Timestamp("2026-11-24T11:00Z")
    reports = store.read("reports").set_index("id")["state"]
    assert reports.to_dict() == {"r1": "closed", "r2": "accepted", "r3": "accepted",
                                 "r4": "accepted"}  # fmt: skip
    assert {(a["id"], a["closed"]) for a in got.answers} == {("r1", True), ("r2", False)}


def test_twice_is_once_and_undo_gives_all_of_it_back(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    names = ("measures", "faults", "lamps", "reports")
    before = {name: store.fingerprint(name) for name in names}
    path = filled(store, tmp_path / "order.xlsx", ["2026-11-24", "2026-11-25"])
    first = take_back(workspace, store, path, today=TODAY)
    after = {name: store.fingerprint(name) for name in names}
    second = take_back(workspace, store, path, today=TODAY)
    assert second.batches == []
    assert second.counts["n_unchanged"] == 2
    assert {name: store.fingerprint(name) for name in names} == after
    for batch in first.batches:
        store.undo(batch)
    assert {name: store.fingerprint(name) for name in names} == before


def test_a_file_that_tells_nothing_new_ends_nothing(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    path = filled(store, tmp_path / "order.xlsx", ["2026-11-24", "2026-11-25"])
    refused = filled(store, tmp_path / "fel.xlsx", ["2027-03-01", "i går"])
    take_back(workspace, store, path, today=TODAY)
    late = store.read("reports").query("id == 'r1'").assign(id="r9", state="accepted")
    store.append("reports", late, batch=INFO)  # of the same darkness, told after the mending
    for again in (path, refused):
        got = take_back(workspace, store, again, today=TODAY)
        assert (got.n_reports, got.n_faults, got.n_lamps, got.answers) == (0, 0, 0, [])
        assert got.batches == []
    assert got.counts["n_rejected"] == 2
    assert store.read("reports").set_index("id").loc["r9", "state"] == "accepted"


def test_half_an_errand_leaves_reporters_waiting(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    path = filled(store, tmp_path / "order.xlsx", ["2026-11-24", ""])
    got = take_back(workspace, store, path, today=TODAY)
    assert (got.n_faults, got.n_reports, got.n_checks, got.answers) == (1, 0, 0, [])
    assert store.read("measures")["state"].tolist() == ["ongoing"]


def test_a_geopackage_comes_back_as_well(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    import pyogrio

    path = tmp_path / "order.gpkg"
    write_order(path, store.read("measures"), store.read("lamps"), lines=[])
    rows = pyogrio.read_dataframe(path)
    assert rows["Stolpnummer"].tolist() == ["=1", "2"]
    rows["Utfört datum"] = ["2026-11-24", ""]
    pyogrio.write_dataframe(rows, path, layer="bestallning", driver="GPKG")
    assert take_back(workspace, store, path, today=TODAY).n_faults == 1


def test_rejected_rows_are_listed_by_number_and_never_by_value(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    path = filled(store, tmp_path / "order.xlsx", ["2026-11-01", "hemlig text"])
    got = take_back(workspace, store, path, today=TODAY)
    text = (workspace.folder / str(got.rejects)).read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["rad;skäl;kolumner", "1;date_before_order;Utfört datum",
                                 "2;date_unreadable;Utfört datum"]  # fmt: skip


def test_a_file_that_is_no_order_is_refused_with_its_fix(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "annat.xlsx"
    pd.DataFrame({"a": [1]}).to_excel(path, index=False)
    with pytest.raises(IngestError, match=r"Radnyckel[\s\S]*light --order"):
        take_back(workspace, store, path, today=TODAY)
    (tmp_path / "trasig.xlsx").write_bytes(b"inte en bok")
    with pytest.raises(IngestError, match="cannot be opened"):
        take_back(workspace, store, tmp_path / "trasig.xlsx", today=TODAY)


def test_reporters_are_answered_in_the_words_of_staff(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    order = filled(store, tmp_path / "order.xlsx", ["2026-11-24", "2026-11-25"])
    got = take_back(workspace, store, order, today=TODAY)
    path = tmp_path / "svar.xlsx"
    frames = store.read("reports"), store.read("streets")
    assert write_answers(path, got.answers, *frames, role=Role.PLANNER) == 0
    assert not path.exists()
    assert write_answers(path, got.answers, *frames, role=Role.COORDINATOR) == 2
    assert is_answers(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Svar"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index(ANSWER_TEXT) + 1
    assert "Björkstigen lagades 2026-11-25" in sheet.cell(2, column).value
    sheet.cell(2, column).value = "Lampan är lagad. Ring Anna Björk, 070-123 45 67."
    sheet.cell(3, column).value = ""
    book.save(path)
    told = take_answers(store, path)
    assert (told["n_read"], told["n_changed"], told["n_blank"], told["n_scrubbed"]) == (2, 1, 1, 1)
    texts = store.read("reports")["public_text"].dropna().tolist()
    assert texts == ["Lampan är lagad. Ring [namn], [telefon]."]
    assert take_answers(store, path)["batch_id"] is None
