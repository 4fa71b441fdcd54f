"""Police notices: on the outline of the area they name, for a week, and never a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from geo.errors import FrameError
from geo.frames import FRAMES
from geo.maps import LAYERS, Role
from geo.maps.notices import on_their_areas
from geo.maps.picture import Picture
from tests.maps.town import WEEK

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.settings import Profile

CRS = "EPSG:3006"


def named(*names: str) -> GeoDataFrame:
    """Make notices that name areas."""
    return gpd.GeoDataFrame({"area": list(names)}, geometry=[None] * len(names), crs=CRS)


def areas(*rows: tuple[str, str, float]) -> GeoDataFrame:
    """Make square areas: name, level and side in metres."""
    table = {"name": [r[0] for r in rows], "level": [r[1] for r in rows]}
    return gpd.GeoDataFrame(table, geometry=[shapely.box(0, 0, r[2], r[2]) for r in rows], crs=CRS)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Växjö", "Växjö"), ("Växjö kommun", "Växjö"), ("VÄXJÖ  KOMMUN", "Växjö"),
        ("Trelleborgs kommun", "Trelleborg"), ("Borås stad", "Borås"),
        ("Region Gotland", "Gotland"), ("Skåne län", "Skåne län"),
    ],
)  # fmt: skip
def test_a_notice_lies_on_the_area_it_names(written: str, said: str) -> None:
    placed = on_their_areas(named(said, "Kiruna"), areas=areas((written, "municipality", 900)))
    assert placed.geometry.iloc[0].equals(shapely.box(0, 0, 900, 900))
    assert placed.geometry.iloc[1] is None


def test_a_county_is_not_the_municipality_of_its_name() -> None:
    placed = on_their_areas(named("Kalmar län"), areas=areas(("Kalmar", "municipality", 900)))
    assert placed.geometry.isna().all()


def test_of_several_areas_the_widest_is_meant_and_land_use_never() -> None:
    known = areas(("Växjö", "locality", 50), ("Växjö", "municipality", 900),
                  ("Växjö", "land_use", 5000), ("Växjö", "inventory", 5000))  # fmt: skip
    assert on_their_areas(named("Växjö"), areas=known).area.tolist() == [900.0**2]


def test_parts_of_an_area_are_one() -> None:
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(50, 0, 60, 10)]
    known = gpd.GeoDataFrame(
        {"name": ["Ö"] * 2, "level": ["municipality"] * 2}, geometry=shapes, crs=CRS
    )
    assert on_their_areas(named("Ö"), areas=known).area.tolist() == [200.0]


@pytest.mark.parametrize("n", [0, 1])
def test_without_areas_or_notices_nothing_changes(n: int) -> None:
    said = named(*["Växjö"] * n)
    assert on_their_areas(said, areas=areas()).geometry.isna().all()
    assert len(on_their_areas(named(), areas=areas(("Växjö", "municipality", 9)))) == 0


def test_the_map_draws_the_week_and_files_hold_the_period(
    frames: dict[str, GeoDataFrame], run: Any, profile: Profile
) -> None:
    for role in Role:
        made = Picture(frames=frames, run=run, profile=profile, role=role)
        assert made.drawn("notices")["id"].tolist() == ["n2", "n1"]
        assert made.layer("notices")["id"].tolist() == ["n2", "n1", "n3"]
    told = made.drawn("notices")["together_label"].unique().tolist()
    assert told == ["2 notiser: notis 2, Provköping; notis 1, Provköping"]
    assert made.describe("notices")["title"].endswith(WEEK.label.split(",")[0])


def test_many_notices_of_an_area_are_told_by_the_newest() -> None:
    at = [WEEK.start() for _ in range(7)]
    rows = named(*["Ö"] * 7).assign(
        published_at=at, title=[f"t{i}" for i in range(7)], id=list("abcdefg")
    )
    told = LAYERS["notices"].dress(rows, lang="en")["together_label"].iloc[0]
    assert told.startswith("7 notices: ")
    assert told.endswith("; and 2 more")


def test_a_notice_with_a_point_is_no_notice() -> None:
    row: dict[str, Any] = {"id": "n", "published_at": WEEK.start(), "type": "t", "title": "t"}
    rows = gpd.GeoDataFrame([row | {"area": "Ö", "batch_id": "b"}],
                            geometry=[shapely.Point(1, 1)], crs=CRS)  # fmt: skip
    contract = FRAMES["notices"]
    with pytest.raises(FrameError):
        contract.conform(rows.assign(occurred=rows["published_at"]), crs=CRS)
