"""Files for other tools, read back by other tools."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
import shapely

from geo.errors import AccessError, MapError
from geo.maps import LAYERS, Picture, Role, visible_layers, write_export
from geo.maps.export import WRITERS
from geo.maps.qml import qml
from geo.maps.spreadsheet import write_xlsx
from geo.maps.tables import as_table

if TYPE_CHECKING:
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.settings import Profile

LAYER_NAMES = [name for name, entry in LAYERS.items() if entry.geometry != "raster"]


@pytest.fixture
def make(frames: dict[str, GeoDataFrame], run: Any, profile: Profile) -> Any:
    """Make a picture for a role, some frames exchanged."""

    def made(role: Role = Role.SECURITY_CHIEF, **changed: GeoDataFrame) -> Picture:
        return Picture(frames=frames | changed, run=run, profile=profile, role=role)

    return made


@pytest.mark.parametrize("suffix", list(WRITERS))
@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_every_layer_in_every_format_has_as_many_rows_as_the_map(
    make: Any, tmp_path: Path, layer: str, suffix: str
) -> None:
    # One layer is not the forum's; then the coordinator writes it.
    made = make(Role.FORUM if layer in visible_layers("forum") else Role.COORDINATOR)
    path = tmp_path / f"ut{suffix}"
    n = write_export(path, made, layer=layer)
    assert n == len(made.layer(layer))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    if suffix == ".gpkg":
        tables = [name for name, kind in pyogrio.list_layers(path) if kind is not None]
        assert sum(pyogrio.read_info(path, layer=name)["features"] for name in tables) == n
    elif suffix == ".parquet":
        assert len(gpd.read_parquet(path)) == n
    elif suffix == ".geojson":
        assert len(json.loads(path.read_bytes())["features"]) == n
    elif suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file, delimiter=";"))) == n + 1
    else:
        assert openpyxl.load_workbook(path).worksheets[1].max_row == n + 1


def test_a_geopackage_carries_style_words_and_what_the_numbers_are(
    make: Any, tmp_path: Path
) -> None:
    path = tmp_path / "platser.gpkg"
    write_export(path, make(), layer="places")
    with closing(sqlite3.connect(path)) as base:
        found = base.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        ).fetchall()
        lines = dict(base.execute("SELECT vad, text FROM om_siffrorna").fetchall())
        listed = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
    assert [row[:3] for row in found] == [("places", "geom", 1)]
    root = ET.fromstring(found[0][3].split("\n", 1)[1])  # noqa: S314 (written by us a line above)
    labels = [c.get("label") for c in root.iter("category")]
    assert labels[:3] == ["väl underbyggd", "trolig", "möjlig"]
    styles = [o.get("value") for o in root.iter("Option") if o.get("name") == "outline_style"]
    assert styles[:3] == ["solid", "dash", "dot"]
    assert lines["Kommun"] == "Provkommun"
    assert lines["Underlag"].startswith("240 av 280")
    assert listed["layer_styles"] == listed["om_siffrorna"] == "attributes"
    rows = gpd.read_file(path, layer="places")
    assert rows.crs.to_epsg() == 3006
    assert set(rows["certainty_label"]) >= {"väl underbyggd", "trolig"}


def test_a_layer_of_several_shapes_has_a_styled_table_each(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "rek.gpkg"
    write_export(path, make(), layer="recommendations")
    kinds = {name: kind for name, kind in pyogrio.list_layers(path) if kind is not None}
    assert kinds == {"recommendations_point": "Point", "recommendations_polygon": "Polygon"}
    with closing(sqlite3.connect(path)) as base:
        styled = {row[0] for row in base.execute("SELECT f_table_name FROM layer_styles")}
    assert styled == set(kinds)


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_every_layer_opens_styled_and_named_in_swedish(
    make: Any, tmp_path: Path, layer: str
) -> None:
    path = tmp_path / "lager.gpkg"
    write_export(path, make(Role.COORDINATOR), layer=layer)
    tables = {name for name, kind in pyogrio.list_layers(path) if kind is not None}
    with closing(sqlite3.connect(path)) as base:
        found = base.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleName, description, "
            "styleQML FROM layer_styles"
        ).fetchall()
        columns = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    assert {row[0] for row in found} == tables
    assert len(found) == len(tables), "one style a table, and it is the default"
    title = LAYERS[layer].title_sv
    for table, geometry, default, name, about, style in found:
        assert (geometry, default) == (columns[table], 1)
        assert name == about[:30]
        assert about.startswith(title)
        assert (about == title) == (len(tables) == 1)
        root = ET.fromstring(style.split("\n", 1)[1])  # noqa: S314 (written by us)
        codes = [c for c in root.iter("category") if c.get("value")]
        assert all(c.get("label") != c.get("value") or "_" not in c.get("value") for c in codes)


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_styles_name_one_symbol_for_every_class(layer: str) -> None:
    geometry, paint, _ = LAYERS[layer].style_for(Role.COORDINATOR)
    root = ET.fromstring(qml(paint, geometry=geometry).split("\n", 1)[1])  # noqa: S314 (our own file)
    symbols = {s.get("name") for s in root.iter("symbol")}
    wanted = {c.get("symbol") for tag in ("category", "range") for c in root.iter(tag)} or {"0"}
    assert symbols == wanted


def test_geoparquet_is_the_layer_to_the_last_digit(make: Any, tmp_path: Path) -> None:
    made = make()
    path = tmp_path / "h.parquet"
    write_export(path, made, layer="incidents")
    back, rows = gpd.read_parquet(path), made.layer("incidents")
    assert back.crs == rows.crs
    assert list(back["id"]) == list(rows["id"])
    assert (back["occurred_from"] == rows["occurred_from"]).all()
    placed = rows.geometry.notna()
    assert shapely.equals(back.geometry[placed].to_numpy(), rows.geometry[placed].to_numpy()).all()


def test_csv_opens_right_in_a_swedish_excel(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "platser.csv"
    write_export(path, make(), layer="places")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert rows[0]["Namn"] == "Storgatan vid Åvägen"
    assert rows[0]["Väntat antal"] == "4,6"
    assert rows[0]["Period från"] == "2025-11-24 06:00"
    assert rows[0]["Öst, m"] == "650130,0"


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\tx"])
def test_no_text_becomes_a_formula(
    make: Any, frames: dict[str, GeoDataFrame], tmp_path: Path, text: str
) -> None:
    lamps = frames["lamps"].copy()
    lamps["pole_ref"] = text
    made = make(lamps=lamps)
    write_export(tmp_path / "l.csv", made, layer="lamps")
    with (tmp_path / "l.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file, delimiter=";"))["Stolpnummer"] == f"'{text}"
    write_export(tmp_path / "l.xlsx", made, layer="lamps")
    sheet = openpyxl.load_workbook(tmp_path / "l.xlsx").worksheets[1]
    at = [cell.value for cell in sheet[1]].index("Stolpnummer")
    assert sheet[2][at].data_type == "s"
    assert sheet[2][at].value == text


def test_a_workbook_begins_with_what_the_numbers_are(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "platser.xlsx"
    write_export(path, make(Role.FORUM), layer="places")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Om siffrorna", "Prioriterade platser"]
    about = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert about["Vecka"].startswith("v.\u00a047")
    assert about["Visas för"] == "trygghetsforum"
    assert "väntat" in about["Metod"]
    sheet = book.worksheets[1]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert [c.value for c in sheet[1]][:4] == ["Rang", "Rang, spann", "Namn", "I ord"]
    widths = [sheet.column_dimensions[c].width for c in ("A", "B", "C")]
    assert all(9 <= w <= 61 for w in widths)


def test_a_sheet_says_kinds_and_caveats_in_words(make: Any, tmp_path: Path) -> None:
    made = make()
    made_rows = made.layer("places")
    rows = made_rows.assign(
        categories=[[{"category": "theft", "n": 3.0}, {"category": "other", "n": 1.5}]]
        * len(made_rows),
        sources=[[{"actor": "polisen", "n": 4.0}]] * len(made_rows),
        caveats=[["small_numbers", "one_point"]] * len(made_rows),
    )
    write_xlsx(tmp_path / "p.xlsx", made, layer="places", rows=rows)
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").worksheets[1]
    told = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert told["Kategorier"] == "Stöld, tillgrepp: 3; Övrigt: 1,5"
    assert told["Källor"] == "polisen: 4"
    assert told["Förbehåll"].startswith("Få händelser: kvoten är osäker. Nästan alla")
    words = as_table(made, made_rows, layer="places")["categories"].dropna()
    assert not words.str.contains("[{_]", regex=True).any()


def test_hidden_counts_are_empty_and_said_to_be(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "rutor.xlsx"
    write_export(path, make(Role.FORUM), layer="incidents")
    book = openpyxl.load_workbook(path)
    about = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert "litet" in about["Dolda antal"]
    head = [cell.value for cell in book.worksheets[1][1]]
    counts = {row[head.index("Antal")].value for row in book.worksheets[1].iter_rows(min_row=2)}
    assert None in counts
    assert all(n is None or n >= 5 for n in counts)


def test_an_unknown_ending_and_a_hidden_layer_are_refused_and_leave_nothing(
    make: Any, tmp_path: Path
) -> None:
    with pytest.raises(MapError, match=r"\.gpkg, \.parquet"):
        write_export(tmp_path / "x.dwg", make(), layer="places")
    with pytest.raises(AccessError):
        write_export(tmp_path / "x.csv", make(Role.PUBLIC), layer="places")
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused(
    make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.maps.spreadsheet._MOST_ROWS", 3)
    made = make()
    with pytest.raises(MapError, match=r"write \.parquet"):
        write_xlsx(tmp_path / "x.xlsx", made, layer="lamps", rows=made.layer("lamps"))
