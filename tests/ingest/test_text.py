from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import IngestError
from geo.ingest import opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.ingest import Ingested

ROWS = [
    ["Nr", "Tid", "Typ", "E", "N"],
    ["K1", "2026-11-20 21:30", "Klotter på vägg", "488177,5", "6303934,25"],
    ["K2", "2026-11-21 01:10", "Inbrott", "488\u00a0200", "6\u2009304\u2009000"],
    ["K3", "2026-11-22 14:00", "Kört på älg", "", ""],
]


def table(separator: str = ";", *, rows: list[list[str]] | None = None) -> str:
    return "\r\n".join(separator.join(row) for row in rows or ROWS) + "\r\n"


@pytest.mark.parametrize(
    "content",
    [
        table().encode("utf-8"),
        table().encode("utf-8-sig"),
        table().replace("\u2009", "").encode("cp1252"),
        table().encode("utf-16"),
        gzip.compress(table().encode()),
        table("\t").encode(),
        table("|").encode(),
        "\n".join(",".join(f'"{c}"' for c in row) for row in ROWS).encode(),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16", "gzip", "tab", "bar", "quoted comma"],
)
def test_every_usual_dress_of_a_table_is_the_same_table(
    read: Callable[..., Ingested], incidents: dict[str, Any], content: bytes
) -> None:
    got = read(content, incidents)
    assert got.reader == "text"
    assert (got.n_read, len(got.accepted), got.n_unlocated) == (3, 3, 1)
    rows = got.accepted.set_index("source_category")
    assert rows.loc["Klotter på vägg", "category"] == "graffiti"
    assert rows.loc["Klotter på vägg", "geometry"].coords[0] == (488177.5, 6303934.25)
    assert rows.loc["Inbrott", "geometry"].coords[0] == (488200.0, 6304000.0)
    assert got.other == {"Kört på älg": 1}


def test_titles_blank_lines_and_a_sum_are_layout_not_rows(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    content = "Bolaget AB;;;;\nUttag 2026-11-23;;;;\n\n" + table() + "\nSumma;;;3;\n"
    got = read(content, incidents)
    assert got.n_read == 3
    assert got.layout == {"title_rows": 3, "sum_rows": 1, "blank_rows": 1}


def test_a_row_with_another_number_of_fields_is_rejected_by_its_number(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    content = table() + "K4;2026-11-22 10:00;Inbrott;1;2;extra\n" + "K5;2026\n"
    got = read(content + "K6;2026-11-22 10:00;Inbrott;488177;6303934;;\n", incidents)
    assert got.rejects["row"].tolist() == [4, 5]
    assert all("ragged_row" in reasons for reasons in got.rejects["reasons"])
    assert (got.n_read, len(got.accepted)) == (6, 4)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"\x00" * 5000, "zero bytes"),
        (b"Nr;Tid;Typ;E;N\n", "a header and no rows"),
        (b"%PDF-1.7 something", "is not a text table"),
        (b"PK\x03\x04 something", "zip"),
        (b"\x89PNG\r\n", "is not a text table"),
        (b"Nr;Tid\n1;2026-01-01\n", "lacks 3"),
        (b'Nr;Tid;Typ;E;N\n"K1;2026;a;1;2\n' + b"x" * 140_000, "near line"),
        (b"\x1f\x8bnot really gzip", "broken gzip"),
    ],
)
def test_wrong_files_are_refused_with_a_fix(
    read: Callable[..., Ingested], incidents: dict[str, Any], content: bytes, told: str
) -> None:
    with pytest.raises(IngestError) as caught:
        read(content, incidents)
    assert told in str(caught.value)
    assert caught.value.fix


def test_a_wrongly_declared_encoding_is_told_both_ways(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    with pytest.raises(IngestError, match="is UTF-8, and the mapping declares cp1252"):
        read(table(), incidents | {"encoding": "cp1252"})
    latin = table().replace("\u2009", "").encode("cp1252")
    with pytest.raises(IngestError, match="not in the encoding"):
        read(latin, incidents | {"encoding": "utf-8"})
    assert len(read(latin, incidents | {"encoding": "windows-1252"}).accepted) == 3


def test_a_bomb_is_stopped_while_it_unpacks(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    line = b"K1;2026-11-20 21:30;Inbrott;1;2\n"
    bomb = gzip.compress(b"Nr;Tid;Typ;E;N\n" + line * (18 * 1024**2 // len(line)))
    with pytest.raises(IngestError, match="unpacks to more"):
        read(bomb, incidents, name="bomb.csv.gz")


def test_an_endless_line_is_refused(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    with pytest.raises(IngestError, match="a line of more than"):
        read(b"0" * (5 * 1024**2), incidents)


def test_a_missing_file_is_told(incidents: dict[str, Any], tmp_path: Any) -> None:
    with pytest.raises(IngestError, match="no file"):
        opening.read_head(tmp_path / "none.csv")
    assert incidents


def test_ten_thousand_columns_are_read_by_name(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    more = ";".join(f"k{i}" for i in range(10_000))
    rows = [";".join(row) for row in ROWS]
    content = f"{rows[0]};{more}\n" + "".join(f"{row};{more}\n" for row in rows[1:])
    assert len(read(content, incidents).accepted) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    cells=st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=10),
                 min_size=5, max_size=5),
        min_size=1, max_size=20,
    ),
    separator=st.sampled_from(";,\t|"),
)  # fmt: skip
def test_nothing_vanishes_whatever_the_cells_hold(
    read: Callable[..., Ingested], incidents: dict[str, Any], cells: list[list[str]], separator: str
) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([ROWS[0], *cells, ["K", "2026-01-01 10:00", "Inbrott", "500000", "6300000"]])
    everywhere = (-1e12, -1e12, 1e12, 1e12)
    got = read(out.getvalue(), incidents | {"date_order": "dmy"}, extent=everywhere)
    ended = len(got.accepted) + got.n_repeated + len(got.rejects) + got.n_refused
    assert got.n_read == ended
    layout = got.layout.get("blank_rows", 0) + got.layout.get("sum_rows", 0)
    assert got.n_read + layout == len(cells) + 1


def test_a_quotation_mark_left_open_does_not_swallow_rows(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    rows = [f"K{i};2026-11-20 21:30;Inbrott;1;2" for i in range(10)]
    rows[4] = 'K4;2026-11-20 21:30;"Inbrott;1;2'
    with pytest.raises(IngestError, match="near line 6") as caught:
        read("Nr;Tid;Typ;E;N\n" + "\n".join(rows) + "\n", incidents)
    assert "quotation mark" in caught.value.fix


def test_a_quoted_line_break_is_part_of_its_cell(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    got = read('Nr;Tid;Typ;E;N\nK1;2026-11-20 21:30;"Inbrott\ni bod";488177;6303934\n', incidents)
    assert got.accepted["source_category"].tolist() == ["Inbrott i bod"]
