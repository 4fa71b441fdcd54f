"""A place keeps its id while it moves, splits, merges or rests."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geo.hotspots import link_places
from geo.hotspots.link import place_code

CRS = "EPSG:3006"


def places(*boxes: tuple[float, float, float, float], n: list[int] | None = None,
           ids: list[str] | None = None) -> gpd.GeoDataFrame:  # fmt: skip
    table = {"n": n or [10] * len(boxes)}
    if ids:
        table["place_id"] = ids
    return gpd.GeoDataFrame(table, geometry=[shapely.box(*b) for b in boxes], crs=CRS)


def test_a_place_that_moved_a_little_is_the_same() -> None:
    former = places((0, 0, 100, 100), ids=["P-AAAAA"])
    assert link_places(places((60, 0, 160, 100)), former).tolist() == ["P-AAAAA"]
    assert link_places(places((71, 0, 171, 100)), former).tolist() != ["P-AAAAA"]


def test_of_a_split_the_larger_overlap_keeps_the_id_and_then_the_larger_count() -> None:
    former = places((0, 0, 200, 100), ids=["P-AAAAA"])
    unequal = link_places(places((0, 0, 90, 100), (100, 0, 300, 100)), former)
    assert unequal[0] == "P-AAAAA"
    equal = link_places(places((0, 0, 90, 100), (100, 0, 190, 100), n=[5, 9]), former)
    assert equal[1] == "P-AAAAA"
    assert equal[0] != equal[1]


def test_of_a_merger_one_id_lives_on() -> None:
    former = places((0, 0, 90, 100), (100, 0, 200, 100), ids=["P-AAAAA", "P-BBBBB"])
    assert link_places(places((40, 0, 200, 100)), former).tolist() == ["P-BBBBB"]


def test_row_order_of_either_side_does_not_matter() -> None:
    new = places((0, 0, 100, 100), (90, 0, 190, 100), (500, 0, 600, 100), (900, 9, 990, 99))
    former = places((30, 0, 130, 100), (150, 0, 250, 100), (510, 0, 610, 100),
                    ids=["P-AAAAA", "P-BBBBB", "P-CCCCC"])  # fmt: skip
    wanted = link_places(new, former)
    for seed in range(6):
        got = link_places(new.sample(frac=1, random_state=seed),
                          former.sample(frac=1, random_state=seed + 1))  # fmt: skip
        assert got.sort_index().tolist() == wanted.tolist()


def test_several_former_weeks_may_be_given() -> None:
    former = places((0, 0, 100, 100), (10, 0, 110, 100), ids=["P-AAAAA", "P-AAAAA"])
    assert link_places(places((20, 0, 120, 100)), former).tolist() == ["P-AAAAA"]


def test_shared_incidents_count_where_outlines_hardly_meet() -> None:
    former = places((0, 0, 100, 100), ids=["P-AAAAA"])
    new = places((90, 0, 190, 100))
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([95] * 4 + [150, 20], [50] * 6), crs=CRS)
    assert link_places(new, former).tolist() != ["P-AAAAA"]
    assert link_places(new, former, incidents=points).tolist() == ["P-AAAAA"]


def test_new_places_get_short_distinct_ids_that_stay() -> None:
    new = places((0, 0, 100, 100), (300, 0, 400, 100))
    first, again = link_places(new, None), link_places(new, None)
    assert first.tolist() == again.tolist()
    assert first.is_unique
    assert first.str.fullmatch(r"P-[0-9A-HJKMNP-TV-Z]{5}").all()


def test_an_id_in_use_is_not_given_again() -> None:
    here = shapely.box(0, 0, 100, 100)
    former = places((900, 900, 999, 999), ids=[place_code(here)])
    given = link_places(places((0, 0, 100, 100)), former)[0]
    assert given == place_code(here, step=1)


@pytest.mark.parametrize("former", [None, places()])
def test_nothing_before_and_nothing_now_have_answers(former: gpd.GeoDataFrame | None) -> None:
    if former is not None:
        former = former.assign(place_id=[])
    assert len(link_places(places(), former)) == 0
    assert len(link_places(places((0, 0, 9, 9)), former)) == 1
