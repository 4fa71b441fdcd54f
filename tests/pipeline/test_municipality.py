"""A municipality by its name: however it is spelled, and never cut off at the coast."""

from __future__ import annotations

import gzip
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box
from shapely.geometry.base import BaseGeometry

from geo.errors import SettingsError
from geo.pipeline.municipality import Municipality, extent_of_file, find_municipality, fold

CRS = "EPSG:3006"
E, N = 500_000.0, 6_300_000.0
INLAND, COAST, NEXT_DOOR = "Åkerby", "Habo", "Håbo"


def square(x: float, y: float, side: float = 20_000.0) -> BaseGeometry:
    return box(E + x, N + y, E + x + side, N + y + side)


@pytest.fixture
def outlines(tmp_path: Path) -> Path:
    """
    Three by three municipalities with the one in the middle inland; the sea is outside.

    Row by row: the middle one is INLAND, the eastern middle one COAST.
    """
    names = ["Ett", "Två", "Tre", "Fyra", INLAND, COAST, "Sju", "Åtta", NEXT_DOOR]
    shapes = [square(20_000.0 * (i % 3), 20_000.0 * (i // 3)) for i in range(9)]
    rows = gpd.GeoDataFrame(
        {"kod": [f"01{i:02d}" for i in range(9)], "lan": ["01"] * 9, "kommun": names},
        geometry=shapes, crs=CRS,
    )  # fmt: skip
    rows.to_crs("EPSG:4326").to_file(tmp_path / "kommuner.geojson")
    return tmp_path / "kommuner.geojson"


def found(name: str, outlines: Path) -> Municipality:
    return find_municipality(name, crs=CRS, file=outlines)


@pytest.mark.parametrize(
    "written", [INLAND, "åkerby", "akerby", "ÅKERBY ", "Åkerby kommun", "Åkerbys stad", "0104"]
)
def test_a_municipality_is_found_however_it_is_written(written: str, outlines: Path) -> None:
    assert found(written, outlines).name == INLAND


def test_an_inland_one_reaches_two_kilometres_beyond_its_outline(outlines: Path) -> None:
    wanted = (E + 18_000, N + 18_000, E + 42_000, N + 42_000)
    assert found(INLAND, outlines).extent == pytest.approx(wanted, abs=1.0)


def test_one_at_the_coast_reaches_further_out_to_sea_but_not_over_its_neighbours(
    outlines: Path,
) -> None:
    west, south, east, north = found(COAST, outlines).extent
    assert west == pytest.approx(E + 38_000, abs=1.0)
    assert E + 60_000 + 10_000 < east <= E + 60_000 + 12_000 + 1
    # the water nearest to it narrows outwards between its neighbours' water
    assert south > N + 18_000 - 1
    assert north < N + 42_000 + 1


def test_names_that_differ_by_a_ring_only_are_told_apart_or_asked_about(outlines: Path) -> None:
    assert found("habo", outlines).name == "Habo"
    assert found("håbo", outlines).name == "Håbo"
    with pytest.raises(SettingsError) as asked:
        found("hábo", outlines)
    assert asked.value.facts["menade du"] == "Habo eller Håbo?"


def test_an_unknown_name_gets_the_closest_ones(outlines: Path) -> None:
    with pytest.raises(SettingsError, match="no municipality called") as asked:
        found("Åkarbyn", outlines)
    assert asked.value.facts["menade du"] == f"{INLAND}?"
    assert INLAND in asked.value.fix
    with pytest.raises(SettingsError) as lost:
        found("Qwxz", outlines)
    assert "menade du" not in lost.value.facts


def test_a_countys_code_is_no_municipality(outlines: Path) -> None:
    with pytest.raises(SettingsError):
        found("01", outlines)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Göteborgs Stad", "goteborgs"),
        ("REGION Gotland", "gotland"),
        ("Upplands-Bro", "upplands-bro"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_file_of_several_layers_asks_which(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    for i, layer in enumerate(("norra", "södra")):
        shape = square(0, 50_000.0 * i, 1_000.0)
        gpd.GeoDataFrame(geometry=[shape], crs=CRS).to_file(path, layer=layer)
    with pytest.raises(SettingsError, match="several layers") as asked:
        extent_of_file(path, crs=CRS)
    assert asked.value.facts["known"] == "norra, södra"
    chosen = extent_of_file(Path(f"{path}::södra"), crs=CRS)
    assert chosen == (E - 2_000, N + 48_000, E + 3_000, N + 53_000)
    with pytest.raises(SettingsError, match="no such layer"):
        extent_of_file(Path(f"{path}::västra"), crs=CRS)


def test_a_layer_in_another_system_and_gzipped_is_taken_to_ours(tmp_path: Path) -> None:
    shape = gpd.GeoDataFrame(geometry=[square(0, 0, 1_000.0)], crs=CRS)
    plain = shape.to_crs("EPSG:4326").to_json().encode()
    (tmp_path / "a.geojson.gz").write_bytes(gzip.compress(plain))
    got = extent_of_file(tmp_path / "a.geojson.gz", crs=CRS)
    assert got == pytest.approx((E - 2_000, N - 2_000, E + 3_000, N + 3_000), abs=2.0)


def test_what_has_no_place_or_no_system_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x;y\n1;2\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no geometry"):
        extent_of_file(tmp_path / "a.csv", crs=CRS)
    (tmp_path / "b.gpkg").write_bytes(b"not a geopackage")
    with pytest.raises(SettingsError, match="cannot be read"):
        extent_of_file(tmp_path / "b.gpkg", crs=CRS)
    with pytest.raises(SettingsError, match="does not exist"):
        extent_of_file(tmp_path / "c.gpkg", crs=CRS)
    nothing = gpd.GeoDataFrame({"a": [1]}, geometry=[Point()], crs=CRS)
    nothing.to_file(tmp_path / "d.gpkg")
    with pytest.raises(SettingsError, match="no row with a place"):
        extent_of_file(tmp_path / "d.gpkg", crs=CRS)


def test_the_data_package_holds_the_whole_country() -> None:
    assert find_municipality("goteborg", crs=CRS).name == "Göteborg"
    assert find_municipality("Region Gotland", crs=CRS).name == "Gotland"
    west, south, east, north = find_municipality("Växjö kommun", crs=CRS).extent
    assert (west < 488_177 < east, south < 6_303_934 < north) == (True, True)


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.pipeline.municipality.find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="not installed") as refused:
        find_municipality("Lund", crs=CRS)
    assert "--kommuner" in refused.value.fix


def test_no_lamp_of_trelleborg_is_lost_at_the_coast(real_data: Path) -> None:
    """The generalised outline leaves 2 381 of 8 633 lamps outside; its extent leaves none."""
    lamps = pd.read_csv(real_data / "sweden" / "trelleborg_street_lights_2014.csv.gz")
    points = gpd.GeoSeries(gpd.points_from_xy(lamps["lon"], lamps["lat"]), crs=4326).to_crs(CRS)
    extent = find_municipality("Trelleborg", crs=CRS).extent
    assert (len(points), int(points.within(box(*extent)).sum())) == (8_633, 8_633)


def test_every_locality_lies_in_the_extent_of_its_municipality(real_data: Path) -> None:
    """Islands too: Seskarö lies 9.5 km outside Haparanda's generalised outline."""
    localities = gpd.read_file(real_data / "sweden" / "tatorter_2020.gpkg").to_crs(CRS)
    coastal = ["Haparanda", "Landskrona", "Göteborg", "Norrtälje", "Öckerö", "Växjö", "Lysekil"]
    for name in coastal:
        own = localities[localities["mun_name"] == name]
        extent = find_municipality(name, crs=CRS).extent
        assert len(own) > 0
        assert own.within(box(*extent)).all(), name
