from __future__ import annotations

import pytest

from geo.errors import IngestError
from geo.ingest.sheet import find_header, is_sum_row, place_columns


def test_the_header_is_the_row_with_the_wanted_names() -> None:
    rows = [["Rapport Nr 3", "", ""], ["", "", ""], ["nr", "Typ ", "E"], ["1", "a", "2"]]
    assert find_header(rows, wanted=["Nr", "Typ"]) == (2, 2)


def test_without_wanted_names_the_first_full_row_is_the_header() -> None:
    assert find_header([["Titel", "", ""], ["a", "b", "c"]], wanted=[]) == (1, 0)


@pytest.mark.parametrize(
    ("row", "is_sum"),
    [
        (["Summa", "", "", "127"], True),
        (["", "Totalt:", "", "1 234,5"], True),
        (["Summa 127", "", "", ""], True),
        (["Antal rader", "", "", "12"], True),
        (["K1", "2026-01-01", "Summa", "3"], False),
        (["Summan av allt", "", "", ""], False),
        (["", "", "", ""], False),
    ],
)
def test_a_sum_row_says_so_and_is_mostly_empty(row: list[str], is_sum: bool) -> None:  # noqa: FBT001 - a table of answers
    assert is_sum_row(row) is is_sum


def test_a_missing_column_lists_what_there_is_and_the_nearest_name() -> None:
    with pytest.raises(IngestError, match="lacks 1") as caught:
        place_columns(["Ärendenr", "Östlig"], wanted=["Ärendenummer"], file="a.csv")
    assert "Ärendenr" in caught.value.fix
    assert caught.value.facts["found"] == "Ärendenr, Östlig"


def test_a_file_without_a_header_does_not_have_its_data_listed() -> None:
    with pytest.raises(IngestError) as caught:
        place_columns(["2026-01-01", "488177", "Anna"], wanted=["E"], file="a.csv")
    assert "488177" not in str(caught.value)
    assert "header" in caught.value.fix


def test_case_and_spaces_do_not_matter_but_twins_do() -> None:
    assert place_columns(["\ufeffNr", " TYP"], wanted=["nr", "Typ"], file="a") == {
        "nr": 0, "Typ": 1}  # fmt: skip
    with pytest.raises(IngestError, match="2 columns called"):
        place_columns(["E", "E"], wanted=["E"], file="a.csv")
