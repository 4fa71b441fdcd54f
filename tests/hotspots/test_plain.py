"""The plain methods, and what every method in the catalogue must do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from pydantic import ValidationError
from sklearn.cluster import DBSCAN

from geo.errors import AnalysisError, RegistryError
from geo.frames import HOTSPOTS
from geo.hotspots import METHODS, Context
from geo.hotspots.cells import count_cells
from geo.hotspots.dbscan import dbscan
from geo.hotspots.kde import NODATA, UNIT, density_surface, kernel_density, write_geotiff
from geo.hotspots.plain import GiStar

CRS = "EPSG:3006"
EAST, NORTH = 500_000.0, 6_400_000.0
Make = Callable[..., Context]
Draw = Callable[..., np.ndarray]
WANTS_ANOTHER_PLANT = {"segments", "st_dbscan", "alarm"}
"""These look for a sharp point or a burst in time; test_methods.py plants them theirs."""


@pytest.mark.parametrize("name", list(METHODS))
def test_every_method_keeps_the_frame_and_finds_the_planted_place(
    name: str, planted: Context, context: Make
) -> None:
    method = METHODS[name]()
    found = method.find(planted)
    HOTSPOTS.check(found, crs=CRS)
    assert (found["method"] == name).all()
    if name not in WANTS_ANOTHER_PLANT:
        spot = gpd.GeoSeries.from_xy([EAST + 700], [NORTH + 800], crs=CRS)[0]
        assert found.iloc[0].geometry.distance(spot) < 100
    none = method.find(context(np.zeros((0, 2))))
    HOTSPOTS.check(none, crs=CRS)
    assert len(none) == 0
    assert len(method.find(context([(EAST + 300, NORTH + 300)]))) <= 1


@pytest.mark.parametrize("name", list(METHODS))
def test_every_method_says_what_it_is(name: str) -> None:
    method = METHODS[name]
    assert method.name == name
    assert method.title
    assert method.citation
    for field in method.model_json_schema().get("properties", {}).values():
        assert field["description"].endswith(".")
        assert "default" in field
        if field["type"] != "string":
            assert field["unit"]


def test_a_method_or_parameter_that_is_not_there_is_refused() -> None:
    with pytest.raises(RegistryError, match="places"):
        METHODS["heat"]
    with pytest.raises(ValidationError):
        GiStar(cell_m=60)
    with pytest.raises(ValidationError):
        GiStar(colour="red")  # type: ignore[call-arg]  # the refusal is what is tested


def test_plain_methods_claim_no_more_than_they_test(planted: Context) -> None:
    for name in ("dbscan", "kde"):
        found = METHODS[name]().find(planted)
        assert (found["certainty"] == "cannot_tell").all()
        assert found["caveats"].map(lambda codes: "not_tested" in codes).all()
        assert found["p"].isna().all()


def test_cells_count_every_incident_and_expect_as_many(context: Make, even: Draw) -> None:
    cells, spread = count_cells(context(even(500, seed=1)), cell_m=150)
    assert cells["n_events"].sum() == 500
    assert cells["expected"].sum() == pytest.approx(500, rel=1e-3)
    assert spread < 0.1
    assert (cells.geometry.area == 150**2).all()
    with pytest.raises(AnalysisError, match="25 m"):
        count_cells(context(even(5, seed=1)), cell_m=60)


def test_collapsed_points_make_scikit_learns_own_groups() -> None:
    rng = np.random.default_rng(3)
    xy = np.round(rng.normal(0, 120, (300, 2)), -1)  # many on one spot
    ours = dbscan(xy[:, 0], xy[:, 1], reach_m=25, least=6)
    theirs = DBSCAN(eps=25, min_samples=6).fit(xy).labels_
    assert np.array_equal(ours == -1, theirs == -1)
    pairs = {(a, b) for a, b in zip(ours.tolist(), theirs.tolist(), strict=True)}
    core = DBSCAN(eps=25, min_samples=6).fit(xy).core_sample_indices_
    sure = {(a, b) for a, b in zip(ours[core].tolist(), theirs[core].tolist(), strict=True)}
    assert len(sure) == len({a for a, _ in sure}) == len({b for _, b in sure})
    assert sure <= pairs


def test_groups_are_numbered_from_the_west_whatever_the_order() -> None:
    x = np.array([900.0] * 5 + [0.0] * 5)
    label = dbscan(x, np.zeros(10), reach_m=10, least=5)
    assert label.tolist() == [1] * 5 + [0] * 5
    assert dbscan(x[::-1], np.zeros(10), reach_m=10, least=5).tolist() == [0] * 5 + [1] * 5
    assert dbscan(x[:2], np.zeros(2), reach_m=10, least=5).tolist() == [-1, -1]
    assert dbscan([], [], reach_m=10, least=5).size == 0
    weighed = dbscan([0.0], [0.0], reach_m=10, least=5, weights=[7.0])
    assert weighed.tolist() == [0]
    with pytest.raises(AnalysisError, match="reach"):
        dbscan(x, np.zeros(10), reach_m=0, least=5)


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
def test_a_kernel_holds_one_incident_and_stands_where_the_point_does(kernel: str) -> None:
    at = np.arange(-1500.0, 1501, 25)
    density = kernel_density(
        np.array([40.0]), np.array([-30.0]), np.array([2.0]), at_x=at, at_y=at, bandwidth_m=250,
        kernel=kernel,  # type: ignore[arg-type]  # one of the two words
    )  # fmt: skip
    assert density.sum() * 25**2 == pytest.approx(2.0, rel=2e-3)
    top = np.unravel_index(density.argmax(), density.shape)
    assert abs(at[top[1]] - 40) <= 12.5
    assert abs(at[top[0]] + 30) <= 12.5
    peak = {"quartic": 3 / np.pi, "gaussian": 1 / (2 * np.pi)}[kernel] * 2 / 250**2
    assert density.max() == pytest.approx(peak, rel=0.02)


def test_a_surface_is_in_incidents_per_square_kilometre_and_year(context: Make, even: Draw) -> None:
    surface = density_surface(context(even(400, seed=1)), bandwidth_m=150)
    assert surface is not None
    inside = surface.values[surface.values > NODATA]
    assert inside.sum() * 0.05**2 == pytest.approx(400 * 365.25 / 364, rel=0.01)
    assert inside.min() >= 0
    again = density_surface(context(even(400, seed=1)), bandwidth_m=150)
    assert again is not None
    np.testing.assert_array_equal(surface.values, again.values)
    assert density_surface(context(np.zeros((0, 2)))) is None


def test_the_picture_file_says_what_it_shows(context: Make, even: Draw, tmp_path: Path) -> None:
    surface = density_surface(context(even(100, seed=1)))
    assert surface is not None
    path = tmp_path / "surface.tif"
    write_geotiff(path, surface)
    with rasterio.open(path) as image:
        assert image.crs.to_epsg() == 3006
        assert image.nodata == NODATA
        assert image.dtypes == ("float32",)
        assert image.compression.name == "deflate"
        tags = image.tags()
        np.testing.assert_array_equal(image.read(1), surface.values)
        west, north = image.transform.c, image.transform.f
    assert (west, north) == (surface.west, surface.north)
    assert (tags["n"], tags["bandwidth_m"], tags["unit"]) == ("100", "250", UNIT)
    assert tags["period_to"].startswith("2026-11-23T05:00")
