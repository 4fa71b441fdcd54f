"""Night images by district: hand-made rasters with known means, other CRSs, gaps and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from rasterio import Affine
from rasterio.warp import Resampling, reproject
from shapely import Point, box

from geo.errors import IngestError
from geo.lighting.night_light import districts, lamps_in, night_light

if TYPE_CHECKING:
    from pathlib import Path

WEST, NORTH, CELL = 500_000.0, 6_400_000.0, 500.0


def write(path: Path, values: Any, *, crs: str | None = "EPSG:3006", **more: Any) -> Path:
    """Write a raster of 500 m cells from the corner."""
    data = np.asarray(values, dtype="float32")
    profile = {
        "driver": "GTiff", "height": data.shape[0], "width": data.shape[1], "count": 1,
        "dtype": "float32", "crs": crs, "transform": Affine(CELL, 0, WEST, 0, -CELL, NORTH),
    }  # fmt: skip
    with rasterio.open(path, "w", **profile | more) as out:
        out.write(data, 1)
    return path


def area(
    name: str, *, at: tuple[float, float, float, float], level: str = "district"
) -> dict[str, Any]:
    """Make a rectangle by cells east and south of the corner: from east, south, to east, south."""
    west, north, east, south = (v * CELL for v in at)
    shape = box(WEST + west, NORTH - south, WEST + east, NORTH - north)
    return {"id": name.lower(), "name": name, "level": level, "geometry": shape}


def frame(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(list(rows), crs="EPSG:3006")


TOWN = frame(area("Öster", at=(2, 0, 4, 4)), area("Väster", at=(0, 0, 2, 4)))
HALVES = np.repeat([[1.0, 3.0, 10.0, 20.0]], 4, axis=0)


def test_the_mean_of_each_district_is_that_of_its_cells(tmp_path: Path) -> None:
    told = night_light(write(tmp_path / "n.tif", HALVES), TOWN).set_index("name")
    assert told["mean"].to_dict() == {"Väster": 2.0, "Öster": 15.0}
    assert told["n_cells"].tolist() == [8.0, 8.0]
    assert told["covered"].tolist() == [1.0, 1.0]


def test_a_cell_counts_by_its_part(tmp_path: Path) -> None:
    across = frame(area("Mitt", at=(0.5, 0, 2, 4)))
    row = night_light(write(tmp_path / "n.tif", HALVES), across).iloc[0]
    assert row["mean"] == pytest.approx((0.5 * 1 + 1 * 3) / 1.5)
    assert row["n_cells"] == pytest.approx(6.0)


def test_an_image_in_degrees_says_the_same(tmp_path: Path) -> None:
    grid = np.kron(HALVES, np.ones((8, 8)))
    fine = Affine(CELL / 8, 0, WEST, 0, -CELL / 8, NORTH)
    here = write(tmp_path / "m.tif", grid, transform=fine)
    west, south, east, north = TOWN.to_crs("EPSG:4326").total_bounds
    width, height = 64, 48
    transform = Affine((east - west) / width, 0, west, 0, (south - north) / height, north)
    there = np.full((height, width), np.nan)
    reproject(
        grid, there, src_transform=fine, src_crs="EPSG:3006", dst_transform=transform,
        dst_crs="EPSG:4326", resampling=Resampling.nearest, dst_nodata=np.nan,
    )  # fmt: skip
    path = write(tmp_path / "d.tif", there, crs="EPSG:4326", transform=transform, nodata=np.nan)
    one, other = night_light(here, TOWN), night_light(path, TOWN)
    assert one["mean"].tolist() == [2.0, 15.0]
    assert other["mean"].tolist() == pytest.approx(one["mean"].tolist(), rel=0.03)


def test_cells_without_data_do_not_count_and_the_share_is_told(tmp_path: Path) -> None:
    gaps = HALVES.copy()
    gaps[:2, :] = -999
    gaps[2:, 2:] = -999
    told = night_light(write(tmp_path / "n.tif", gaps, nodata=-999), TOWN).set_index("name")
    assert told.loc["Väster", ["mean", "n_cells", "covered"]].tolist() == [2.0, 4.0, 0.5]
    assert np.isnan(told.loc["Öster", "mean"])
    assert told.loc["Öster", "n_cells"] == 0.0


def test_a_district_of_few_cells_gets_no_mean(tmp_path: Path) -> None:
    small = frame(area("Torget", at=(0, 0, 1, 1)), area("Öster", at=(2, 0, 4, 4)))
    told = night_light(write(tmp_path / "n.tif", HALVES), small).set_index("name")
    assert np.isnan(told.loc["Torget", "mean"])
    assert told.loc["Torget", "n_cells"] == 1.0


def test_scale_and_offset_of_the_band_are_obeyed(tmp_path: Path) -> None:
    path = write(tmp_path / "n.tif", HALVES)
    with rasterio.open(path, "r+") as image:
        image.scales, image.offsets = (0.1,), (5.0,)
    assert night_light(path, TOWN)["mean"].tolist() == pytest.approx([5.2, 6.5])


def test_an_image_of_somewhere_else_is_refused(tmp_path: Path) -> None:
    away = Affine(CELL, 0, WEST + 90_000, 0, -CELL, NORTH)
    path = write(tmp_path / "n.tif", HALVES, transform=away)
    with pytest.raises(IngestError, match="no value in any district"):
        night_light(path, TOWN)


def test_what_is_no_geotiff_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.tif"
    path.write_text("kommun;ljus\nA;3\n")
    with pytest.raises(IngestError, match="not an image that can be read"):
        night_light(path, TOWN)
    with pytest.raises(IngestError, match="does not say where it lies"):
        night_light(write(tmp_path / "bare.tif", HALVES, crs=None), TOWN)


def test_only_districts_are_read() -> None:
    mixed = frame(area("Norr", at=(0, 0, 2, 4)), area("Hage", at=(0, 0, 1, 1), level="land_use"))
    assert districts(mixed)["name"].tolist() == ["Norr"]
    with pytest.raises(IngestError, match="no districts are loaded"):
        districts(mixed[mixed["level"] == "land_use"])


def test_lamps_of_the_register_are_counted_beside() -> None:
    at = [Point(WEST + 10, NORTH - 10), Point(WEST + 20, NORTH - 10), Point(WEST - 10, NORTH)]
    lamps = gpd.GeoDataFrame(geometry=at, crs="EPSG:3006")
    assert lamps_in(TOWN, lamps).to_dict() == {"öster": 0, "väster": 2}
