from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from geo.errors import IngestError
from geo.ingest import Ingested, Mapping, read_file
from geo.ingest.cells import cell_text
from geo.ingest.propose import Place, propose_file

HEADER = ["Nr", "Tid", "Typ", "E", "N"]


def write(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def load(path: Path, mapping: dict[str, Any]) -> Ingested:
    return read_file(
        path, mapping=Mapping.parse(mapping), crs="EPSG:3006", timezone="Europe/Stockholm",
        extent=None, key=b"k",
    )  # fmt: skip


def test_mixed_cells_titles_and_a_sum(tmp_path: Path, incidents: dict[str, Any]) -> None:
    rows = [
        ["Skador 2026"], [], HEADER,
        [1, datetime(2026, 11, 20, 21, 30), "Inbrott", 488177, "6303934,25"],
        [2, date(2026, 11, 21), "Inbrott", 488178.5, 6303935],
        [3, "20/11 2026 21:30", "Inbrott", "488\u00a0179", 6303936],
        [4, "2026-11-20 kl. 21:30", "Inbrott", None, None],
        [], ["Summa", None, None, "=SUM(D4:D7)"],
    ]  # fmt: skip
    got = load(write(tmp_path / "a.xlsx", {"Skador": rows}), incidents)
    assert got.reader == "workbook"
    assert got.layout == {"title_rows": 2, "sum_rows": 1, "blank_rows": 1}
    assert (got.n_read, got.n_unlocated) == (4, 1)
    assert got.accepted["time_known"].tolist() == [True, False, True, True]
    assert got.accepted["occurred_from"][0] == pd.Timestamp("2026-11-20 20:30", tz="UTC")
    assert got.accepted.geometry[0].coords[0] == (488177.0, 6303934.25)


def test_the_sheet_with_the_columns_is_taken_or_the_one_named(
    tmp_path: Path, incidents: dict[str, Any]
) -> None:
    row = ["K1", "2026-11-20 21:30", "Inbrott", 488177, 6303934]
    path = write(tmp_path / "a.xlsx", {"Om": [["Bra att veta"]], "Data": [HEADER, row, row[:]]})
    assert load(path, incidents).n_read == 2
    assert load(path, incidents | {"layer": "Data"}).n_read == 2
    with pytest.raises(IngestError, match="no sheet called 'Blad1'") as caught:
        load(path, incidents | {"layer": "Blad1"})
    assert caught.value.facts["found"] == "Om, Data"
    with pytest.raises(IngestError, match="lacks 5"):
        load(path, incidents | {"layer": "Om"})


def test_a_number_is_the_same_reference_in_a_workbook_and_in_text(
    tmp_path: Path, incidents: dict[str, Any]
) -> None:
    row = [18000004, "2026-11-20 21:30", "Inbrott", 488177, 6303934]
    book = load(write(tmp_path / "a.xlsx", {"Data": [HEADER, row]}), incidents)
    text = tmp_path / "a.csv"
    text.write_text(";".join(HEADER) + "\n" + ";".join(map(str, row)) + "\n", encoding="utf-8")
    assert book.accepted["id"].tolist() == load(text, incidents).accepted["id"].tolist()


@pytest.mark.parametrize("rows", [[], [HEADER], [[None, None]]])
def test_a_sheet_without_rows_is_refused(
    tmp_path: Path, incidents: dict[str, Any], rows: list[list[Any]]
) -> None:
    with pytest.raises(IngestError):
        load(write(tmp_path / "a.xlsx", {"Data": rows}), incidents)


def test_a_broken_workbook_is_refused(tmp_path: Path, incidents: dict[str, Any]) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"nonsense" * 100)
    with pytest.raises(IngestError, match="cannot be opened as a workbook"):
        load(path, incidents)


def test_cells_as_text() -> None:
    assert cell_text(datetime(2026, 1, 1, 12, 59, 59, 999_999)) == "2026-01-01 13:00:00"
    assert cell_text(time(21, 30)) == "21:30:00"
    assert cell_text(timedelta(hours=7, minutes=5)) == "07:05:00"
    assert cell_text(1.5) == "1.5"
    assert cell_text(12) == "12"
    assert cell_text(float("nan")) == ""


def test_formulas_that_nobody_calculated_are_named_and_never_read_as_blank(
    tmp_path: Path, incidents: dict[str, Any]
) -> None:
    rows = [
        ["Skador 2026"], HEADER,
        [1, "2026-11-20 21:30", "Inbrott", 488177, 6303934],
        [2, "2026-11-20 22:30", "Inbrott", "=D3+5", "=E3"],
        ["=A4+1", "2026-11-20 23:30", "Inbrott", "=D4+5", 6303936],
        ["Summa", None, None, None, "=COUNT(E3:E5)"],
    ]  # fmt: skip
    path = write(tmp_path / "a.xlsx", {"Om": [["=1+1"]], "Skador & mer": rows})
    with pytest.raises(IngestError, match="formulas without a value") as refused:
        load(path, incidents)
    assert refused.value.facts["found"] == "in Nr (1), E (2), N (1)"
    assert "save it" in refused.value.fix
    fewer = {k: v for k, v in incidents["columns"].items() if k not in {"ref", "x", "y"}}
    assert load(path, incidents | {"columns": fewer}).n_read == 3  # columns nobody asks for


def test_calculated_formulas_are_read_and_an_empty_text_is_a_value(
    tmp_path: Path, incidents: dict[str, Any]
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["K1", "2026-11-20 21:30", "Inbrott"])
        sheet.write_formula(1, 3, "=488000+177", None, 488177)
        sheet.write_number(1, 4, 6303934)
        sheet.write_row(2, 0, ["K2", "2026-11-20 21:30", "Inbrott", 488178, 6303934])
        sheet.write_formula(2, 0, '=""', None, "")
    with zipfile.ZipFile(path) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    name = "xl/worksheets/sheet1.xml"  # as Excel writes a formula that gave no text
    parts[name] = parts[name].replace(b'<c r="A3"><f>', b'<c r="A3" t="str"><f>')
    assert b't="str"' in parts[name]
    with zipfile.ZipFile(path, "w") as made:
        for part, content in parts.items():
            made.writestr(part, content)
    got = load(path, incidents)
    assert got.n_read == 2
    assert got.accepted.geometry[0].x == 488177.0


def test_the_proposal_names_uncalculated_formulas_too(tmp_path: Path) -> None:
    rows = [["nr", "tid", "typ", "x", "y"], *[[n, "2026-11-20", "Rån", "=A1", n] for n in range(3)]]
    path = write(tmp_path / "a.xlsx", {"Blad": rows})
    place = Place("EPSG:3006", "Europe/Stockholm", None)
    with pytest.raises(IngestError, match="formulas without a value") as refused:
        propose_file(path, frame="incidents", place=place)
    assert refused.value.facts["found"] == "in x (3)"
