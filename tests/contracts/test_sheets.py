"""Every layer's workbook can be read by someone who has never seen a code of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from geo.frames import FRAMES, Kind
from geo.maps import LAYERS, Picture, Role, visible_layers, write_export
from geo.maps.headings import HEADINGS
from geo.maps.words import WORDS, word
from tests.maps.conftest import frames, profile, run

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from openpyxl.workbook import Workbook

__all__ = ["frames", "profile", "run"]

SHEETS = [name for name, entry in LAYERS.items() if entry.geometry != "raster"]
ROLES = (Role.COORDINATOR, Role.SECURITY_CHIEF, Role.FORUM, Role.PUBLIC)
SNAKE = re.compile(r"[a-z]+(_[a-z0-9]+)+")
IDS = {"Id", "Plats-id", "Ruta", "Stolpnummer", "Ihopslagen med", "Dubblettgrupp"}
SAME_IN_SWEDISH = {
    code for words in WORDS.values() for code, (sv, _) in words.items() if code == sv
}
EVENT_LINES = {"Underlag", "Metod"}


def every_code(name: str, rows: GeoDataFrame) -> GeoDataFrame:
    """Spread rows out so that every word of every vocabulary of the frame stands somewhere."""
    if rows.empty:
        return rows
    coded = [c for c in FRAMES[name].columns if c.vocabulary]
    n = max([len(c.vocabulary) for c in coded], default=1)
    out = rows.iloc[[at % len(rows) for at in range(max(n, len(rows)))]].reset_index(drop=True)
    for column in coded:
        words = [column.vocabulary[at % len(column.vocabulary)] for at in range(len(out))]
        values = [[w] for w in words] if column.kind is Kind.TEXTS else words
        # What the layer chooses its rows by stays as it was.
        if (name, column.name) not in {("recommendations", "kind"), ("reports", "state")}:
            out[column.name] = pd.Series(values, index=out.index, dtype=out[column.name].dtype)
    out["id"] = [f"{key}x{at}" for at, key in enumerate(out["id"])]
    return gpd.GeoDataFrame(out, geometry="geometry", crs=rows.crs)


@pytest.fixture(scope="module")
def coded(frames: dict[str, GeoDataFrame]) -> dict[str, GeoDataFrame]:
    """Give the town with every code in it."""
    return {name: every_code(name, rows) for name, rows in frames.items()}


CASES = [(role, layer) for role in ROLES for layer in SHEETS if layer in visible_layers(role)]


@pytest.fixture(scope="module")
def books(
    coded: Any, run: Any, profile: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[Role, str], Workbook]:
    """Write every layer for every role, and open it with another library."""
    pictures = {role: Picture(frames=coded, run=run, profile=profile, role=role) for role in ROLES}
    path = tmp_path_factory.mktemp("sheets") / "ut.xlsx"
    out = {}
    for role, layer in CASES:
        write_export(path, pictures[role], layer=layer)
        out[role, layer] = openpyxl.load_workbook(path)
    return out


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def book(request: Any, books: Any) -> tuple[str, Workbook]:
    """Give one of the books, and its layer."""
    return request.param[1], books[request.param]


def texts(book: Workbook) -> list[tuple[str, str]]:
    """List the texts of the table with their headings, ids left out."""
    head, *rows = book.worksheets[1].iter_rows(values_only=True)
    return [
        (name, cell)
        for row in rows
        for name, cell in zip(head, row, strict=True)
        if isinstance(cell, str) and name not in IDS and not name.endswith(", id")
    ]


def test_no_cell_is_a_code_or_json(book: tuple[str, Workbook]) -> None:
    layer, opened = book
    codes = {
        code for column in FRAMES[LAYERS[layer].frame].columns for code in column.vocabulary
    } - SAME_IN_SWEDISH
    for name, cell in texts(opened):
        assert not re.match(r"\s*[\[{]", cell), f"{name}: {cell}"
        for part in re.split(r"[,;]\s*", cell):
            assert not SNAKE.fullmatch(part), f"{name}: {cell}"
            assert part not in codes, f"{name}: {cell}"


def test_headings_are_swedish_and_none_is_a_column_of_ours(book: tuple[str, Workbook]) -> None:
    known = {sv for sv, _ in HEADINGS.values()}
    heads = [cell.value for cell in book[1].worksheets[1][1]]
    assert len(set(heads)) == len(heads)
    for head in heads:
        assert head in known or head.rpartition(" (")[0] in known, head
        assert "kod" not in head.lower().split()


def test_widths_filters_and_frozen_headings_are_there(book: tuple[str, Workbook]) -> None:
    sheet = book[1].worksheets[1]
    last = sheet.cell(max(2, sheet.max_row), sheet.max_column).coordinate
    assert sheet.auto_filter.ref == f"A1:{last}"
    assert sheet.freeze_panes == "A2"
    # Neighbours of one width are one group in the file.
    widths = [(d.min, d.max, d.width) for d in sheet.column_dimensions.values()]
    assert sum(end - start + 1 for start, end, _ in widths) == sheet.max_column
    assert all(9 <= width <= 61 for _, _, width in widths)
    assert len(sheet.title) <= 31
    assert sheet.title == sheet.title.strip()


def test_the_first_sheet_is_of_its_own_kind_of_row(book: tuple[str, Workbook]) -> None:
    layer, opened = book
    kind = LAYERS[layer].about
    lines = [tuple(row) for row in opened.worksheets[0].iter_rows(values_only=True)]
    said = dict(lines)
    assert said["Kommer från"] == kind.source_sv
    assert said["En rad är"]
    assert said["Att tänka på"] == LAYERS[layer].note_sv
    assert ("Vecka" in said) == (kind.events or kind.found) == ("Gäller" not in said)
    if not kind.events:
        assert not EVENT_LINES & set(said)
        limits = [text for name, text in lines if name == "Begränsning"]
        assert not [text for text in limits if "händ" in text]


def test_what_a_row_is_differs_from_layer_to_layer() -> None:
    rows = [LAYERS[name].about.row_sv for name in SHEETS]
    assert len(set(rows)) == len(SHEETS)
    for name in SHEETS:
        kind = LAYERS[name].about
        for text in (kind.row_sv, kind.row_en, kind.source_sv, kind.source_en):
            assert text.endswith(".")
        assert LAYERS[name].note_sv
        assert LAYERS[name].note_en


@pytest.mark.parametrize(("layer", "head"), [("places", "Rang"), ("recommendations", "Ordning")])
def test_lists_stand_in_their_order(books: Any, layer: str, head: str) -> None:
    sheet = books[Role.COORDINATOR, layer].worksheets[1]
    first, *order = [cell.value for cell in sheet["A"]]
    assert first == head
    assert order == sorted(order)
    assert len(order) > 1


def test_words_stand_where_codes_were(books: Any) -> None:
    told = {text for _, text in texts(books[Role.COORDINATOR, "lamps"])}
    assert {"högtrycksnatrium", "kvicksilver", "armaturen"} <= told
    told = {text for _, text in texts(books[Role.COORDINATOR, "incidents"])}
    assert {"egen personal", "klockslaget saknas"} <= told


def test_every_word_of_a_vocabulary_in_use_has_its_swedish() -> None:
    used = {
        "light_source": FRAMES["lamps"], "flux_basis": FRAMES["lamps"],
        "found_by": FRAMES["incidents"], "channel": FRAMES["reports"],
    }  # fmt: skip
    for name, frame in used.items():
        column = next(c for c in frame.columns if c.name == name)
        assert set(column.vocabulary) == set(WORDS[name])
    states = next(c for c in FRAMES["reports"].columns if c.name == "state")
    assert set(states.vocabulary) == set(WORDS["report_state"])
    assert word("light_source", "hps") == "högtrycksnatrium"
