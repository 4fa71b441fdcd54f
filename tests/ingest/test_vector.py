from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon

from geo.errors import IngestError
from geo.ingest import Ingested, Mapping, read_file

LAMPS: dict[str, Any] = {
    "frame": "lamps", "source": "belysning",
    "columns": {"ref": "nr", "pole_ref": "nr", "power_w": "effekt", "state": "status",
                "installed": "monterad"},
    "values": {"state": {"ur funktion": "faulty"}},
}  # fmt: skip


def lamps() -> gpd.GeoDataFrame:
    data = {"nr": ["A1", "A2", "A3"], "effekt": [70, 100, None], "status": ["ur funktion", "?", ""],
            "monterad": ["2014-05-01", None, "2020-01-01"]}  # fmt: skip
    points = [Point(488_000 + i, 6_304_000) for i in range(3)]
    return gpd.GeoDataFrame(data, geometry=points, crs="EPSG:3006")


def load(path: Path, mapping: dict[str, Any] = LAMPS, **rest: Any) -> Ingested:
    given: dict[str, Any] = {"crs": "EPSG:3006", "timezone": "Europe/Stockholm", "extent": None,
                             "key": b"k"}  # fmt: skip
    return read_file(path, mapping=Mapping.parse(mapping), **(given | rest))


def as_geopackage(folder: Path) -> Path:
    lamps().to_file(folder / "a.gpkg", layer="ljus")
    return folder / "a.gpkg"


def as_shapefile(folder: Path) -> Path:
    lamps().to_file(folder / "a.shp")
    return folder / "a.shp"


def as_zip(folder: Path) -> Path:
    inner = folder / "inner"
    inner.mkdir()
    lamps().to_file(inner / "belysning.shp")
    with zipfile.ZipFile(folder / "a b.zip", "w") as archive:
        for part in inner.iterdir():
            archive.write(part, f"mapp/{part.name}")
    return folder / "a b.zip"


def as_geojson(folder: Path) -> Path:
    lamps().to_crs("OGC:CRS84").to_file(folder / "a.geojson")
    return folder / "a.geojson"


def as_packed_geojson(folder: Path) -> Path:
    (folder / "b.geojson.gz").write_bytes(gzip.compress(as_geojson(folder).read_bytes()))
    return folder / "b.geojson.gz"


@pytest.mark.parametrize(
    ("write", "reader"),
    [(as_geopackage, "geopackage"), (as_shapefile, "shapefile"), (as_zip, "shapefile"),
     (as_geojson, "geojson"), (as_packed_geojson, "geojson")],
)  # fmt: skip
def test_every_format_gives_the_same_lamps(write: Any, reader: str, tmp_path: Path) -> None:
    got = load(write(tmp_path))
    assert got.reader == reader
    rows = got.accepted.sort_values("pole_ref")
    assert rows["pole_ref"].tolist() == ["A1", "A2", "A3"]
    assert rows["power_w"].tolist()[:2] == [70.0, 100.0]
    assert rows["state"].tolist() == ["faulty", "unknown", "unknown"]
    assert rows["installed"].iloc[0] == pd.Timestamp("2014-05-01")
    assert rows.geometry.x.round(2).tolist() == [488_000.0, 488_001.0, 488_002.0]
    assert rows["id"].tolist() == load(write_again(write, tmp_path)).accepted.sort_values(
        "pole_ref")["id"].tolist()  # fmt: skip


def write_again(write: Any, folder: Path) -> Path:
    fresh = folder / "again"
    fresh.mkdir()
    return Path(write(fresh))


def test_the_layer_is_the_only_one_or_the_one_named(tmp_path: Path) -> None:
    path = as_geopackage(tmp_path)
    lamps().to_file(path, layer="annat")
    with pytest.raises(IngestError, match="has 2 layers") as caught:
        load(path)
    assert 'layer = "' in caught.value.fix
    assert load(path, LAMPS | {"layer": "ljus"}).n_read == 3
    with pytest.raises(IngestError, match="no layer called 'x'"):
        load(path, LAMPS | {"layer": "x"})


def test_a_mapping_may_not_contradict_the_file(tmp_path: Path) -> None:
    path = as_geopackage(tmp_path)
    assert load(path, LAMPS | {"crs": "EPSG:3006"}).n_read == 3
    with pytest.raises(IngestError, match="one reference system and the mapping another"):
        load(path, LAMPS | {"crs": "EPSG:3009"})


def test_geojson_in_metres_is_read_as_the_mapping_says(tmp_path: Path) -> None:
    features = [{"type": "Feature", "properties": {"nr": "A1", "effekt": 1, "status": None,
                                                   "monterad": None},
                 "geometry": {"type": "Point", "coordinates": [138_172, 6_306_456]}}]  # fmt: skip
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    got = load(path, LAMPS | {"crs": "EPSG:3009"})
    assert got.accepted.geometry[0].distance(Point(488_177, 6_303_934)) < 5
    with pytest.raises(IngestError, match="does not lie where it should"):
        load(path)


def test_a_shapefile_without_a_system_needs_one_declared(tmp_path: Path) -> None:
    path = as_shapefile(tmp_path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(IngestError, match="does not say which reference system"):
        load(path)
    assert load(path, LAMPS | {"crs": "EPSG:3006"}).n_read == 3
    path.with_suffix(".dbf").unlink()
    with pytest.raises(IngestError, match="stands alone"):
        load(path)


def test_a_frame_of_points_takes_no_lines_and_needs_a_place(tmp_path: Path) -> None:
    line = LineString([(488_000, 6_304_000), (488_100, 6_304_000)])
    lamps().set_geometry([line] * 3, crs="EPSG:3006").to_file(tmp_path / "a.gpkg")
    with pytest.raises(IngestError, match="not what lamps carry") as caught:
        load(tmp_path / "a.gpkg")
    assert caught.value.facts == {"found": "LineString", "expected": "Point"}
    mixed = lamps().set_geometry(gpd.GeoSeries([Point(488_000, 6_304_000), None, line],
                                               crs="EPSG:3006"))  # fmt: skip
    mixed.to_file(tmp_path / "b.gpkg")
    got = load(tmp_path / "b.gpkg")
    assert got.rejects["reasons"].tolist() == [["position_missing"], ["geometry_type"]]


def test_a_crossed_polygon_is_made_valid_and_told(tmp_path: Path) -> None:
    bow = Polygon([(488_000, 6_304_000), (488_100, 6_304_100), (488_100, 6_304_000),
                   (488_000, 6_304_100)])  # fmt: skip
    flat = Polygon([(488_000, 6_304_000), (488_100, 6_304_000), (488_000, 6_304_000)])
    frame = gpd.GeoDataFrame({"namn": ["a", "b"]}, geometry=[bow, flat], crs="EPSG:3006")
    frame.to_file(tmp_path / "a.gpkg")
    mapping = {"frame": "areas", "source": "o", "columns": {"name": "namn"},
               "constants": {"level": "district"}}  # fmt: skip
    got = load(tmp_path / "a.gpkg", mapping)
    assert got.flagged == {"geometry_mended": 1}
    assert got.accepted.geometry[0].area == pytest.approx(5000.0)
    assert got.rejects["reasons"].tolist() == [["geometry_type"]]


def test_streets_in_several_parts_become_a_row_each_and_meet_at_junctions(tmp_path: Path) -> None:
    parts = MultiLineString([[(488_000, 6_304_000), (488_100, 6_304_000)],
                             [(488_200, 6_304_000), (488_300, 6_304_000)]])  # fmt: skip
    joined = MultiLineString([[(488_100.3, 6_304_000), (488_150, 6_304_000)],
                              [(488_150, 6_304_000), (488_200, 6_304_000.2)]])  # fmt: skip
    frame = gpd.GeoDataFrame({"namn": ["a", "b"]}, geometry=[parts, joined], crs="EPSG:3006")
    frame.to_file(tmp_path / "a.gpkg")
    mapping = {"frame": "streets", "source": "v", "columns": {"name": "namn"},
               "constants": {"kind": "road"}}  # fmt: skip
    got = load(tmp_path / "a.gpkg", mapping)
    assert (got.n_read, got.layout) == (3, {"features": 2})
    rows = got.accepted
    assert rows["name"].tolist() == ["a", "a", "b"]
    assert rows["length_m"].round(1).tolist() == [100.0, 100.0, 99.7]
    assert rows["from_node"][2] == rows["to_node"][0]
    assert rows["to_node"][2] == rows["from_node"][1]
    assert rows["lit"].tolist() == ["unknown"] * 3


def test_a_table_without_geometry_in_a_geopackage_can_hold_events(tmp_path: Path) -> None:
    import pyogrio

    frame = pd.DataFrame({"typ": ["lov"], "namn": ["Höstlov"], "från": ["2026-10-26"],
                          "till": ["2026-10-30"]})  # fmt: skip
    pyogrio.write_dataframe(frame, tmp_path / "a.gpkg", layer="kalender")
    mapping = {"frame": "events", "source": "k", "columns": {
        "kind": "typ", "name": "namn", "starts_on": "från", "ends_on": "till"}}  # fmt: skip
    got = load(tmp_path / "a.gpkg", mapping)
    assert got.accepted["starts_on"].tolist() == [pd.Timestamp("2026-10-26")]
    assert got.n_unlocated == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.gpkg", b"SQLite format 3\x00" + b"x" * 500, "cannot be opened as GeoPackage"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "no features"),
        ("a.geojson", b'{"type": "Feature', "cannot be opened as GeoJSON"),
        ("a.zip", b"PK\x03\x04 not a zip", "broken zip"),
    ],
)
def test_broken_files_are_refused(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(IngestError) as caught:
        load(tmp_path / name)
    assert told in str(caught.value)


def test_a_missing_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    mapping = LAMPS | {"columns": LAMPS["columns"] | {"owner": "effekten"}}
    with pytest.raises(IngestError, match="lacks 1") as caught:
        load(as_geopackage(tmp_path), mapping)
    assert "effekt" in caught.value.fix


def test_a_zip_bomb_is_refused_without_unpacking(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\0" * (20 * 1024**2))
    with pytest.raises(IngestError, match="unpacks to more"):
        load(tmp_path / "a.zip")


def test_a_copy_under_another_name_is_known_by_its_content(tmp_path: Path) -> None:
    shutil.copy(as_geopackage(tmp_path), tmp_path / "export.dat")
    assert load(tmp_path / "export.dat").reader == "geopackage"
    assert shapely.is_valid(load(tmp_path / "export.dat").accepted.geometry.to_numpy()).all()
