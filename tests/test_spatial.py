"""The guard that keeps degrees outside."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import Point

from geo.errors import CrsError
from geo.spatial import code, label, metric_crs, require_metres


def _points(crs: str | None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[Point(500_000, 6_300_000)], crs=crs)


@pytest.mark.parametrize("crs", ["EPSG:3006", "EPSG:3008", "EPSG:25833", 26910, "EPSG:27700"])
def test_metric_systems_pass(crs: object) -> None:
    assert metric_crs(crs).is_projected


@pytest.mark.parametrize(
    ("crs", "found"),
    [
        ("EPSG:4326", "WGS 84 \\(EPSG:4326\\)"),
        ("EPSG:2263", "ftUS"),  # New York in feet: projected, but no metres
        (None, "none"),
        ("EPSG:999999", "EPSG:999999"),
    ],
)
def test_what_is_not_metres_is_refused(crs: object, found: str) -> None:
    with pytest.raises(CrsError, match=f"found: .*{found}"):
        metric_crs(crs)


def test_a_frame_in_degrees_is_refused_and_the_message_mends() -> None:
    with pytest.raises(CrsError, match=r"found: WGS 84[\s\S]*cells.to_crs\('EPSG:3006'\)"):
        require_metres(_points("EPSG:4326"), name="cells")


def test_a_frame_without_system_is_refused() -> None:
    with pytest.raises(CrsError, match="found: none"):
        require_metres(_points(None), name="cells")


def test_the_wrong_metric_system_is_refused() -> None:
    with pytest.raises(CrsError, match="not in the working reference system"):
        require_metres(_points("EPSG:3008"), name="cells", crs="EPSG:3006")
    require_metres(_points("EPSG:3008"), name="cells", crs="EPSG:3008")


def test_names_for_people_and_for_files() -> None:
    assert label("EPSG:3009") == "SWEREF99 15 00 (EPSG:3009)"
    assert code(3006) == "EPSG:3006"
