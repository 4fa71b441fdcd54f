"""Places with a function: schools, stations, playgrounds, what wardens check is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.spatial import DEFAULT_CRS

if TYPE_CHECKING:
    from geo.demo.world import World

_FROM_STREET_M = 26.0
SHOPS = "Köpcentrum Gransporten"
# name, kind, part it lies in, whether wardens check it, opening hours
_FIXED: tuple[tuple[str, str, str, bool, str], ...] = (
    ("Granvads resecentrum", "station", "Stationsstaden", False, "05:00-00:30"),
    ("Ulvasunds station", "station", "Ulvasunds centrum", False, "05:30-23:30"),
    ("Kommunhuset", "municipal_building", "Granvad centrum", True, "mån-fre 08-17"),
    ("Granvads stadsbibliotek", "municipal_building", "Granvad centrum", True, "10-19, lör 10-15"),
    ("Kulturhuset Gransalen", "municipal_building", "Norr", True, "efter bokning"),
    ("Kornåkerns fritidsgård", "municipal_building", "Kornåkern", True, "mån-fre 14-21"),
    ("Tegelvretens föreningshus", "municipal_building", "Tegelvreten", True, "efter bokning"),
    ("Granvads sporthall", "municipal_building", "Väster", True, "07-22"),
    ("Simhallen Näckrosen", "municipal_building", "Öster", True, "06:30-21"),
    ("Tekniska förrådet", "municipal_building", "Smedjevallen", True, "mån-fre 07-16"),
    ("Ulvasunds bibliotek", "municipal_building", "Ulvasunds centrum", True, "10-18"),
    ("Ulvahallen", "municipal_building", "Gruskullen", True, "07-22"),
    ("Gransbroskolan F-6", "school", "Garvarmalmen", True, ""),
    ("Kornåkerskolan F–9", "school", "Kornåkern", True, ""),
    ("Tegelvreteskolan F–9", "school", "Tegelvreten", True, ""),
    ("Björkelyckeskolan F-6", "school", "Björkelyckan", True, ""),
    ("Sydbrinksskolan F-6", "school", "Sydbrinken", True, ""),
    ("Granvads gymnasium", "school", "Norr", True, ""),
    ("Gruskulleskolan F–9", "school", "Gruskullen", True, ""),
    ("Rönnevreteskolan F-6", "school", "Rönnevreten", True, ""),
    ("Siskeforsskolan F-6", "school", "Siskefors", True, ""),
    ("Gäddevadsskolan F-3", "school", "Gäddevad", True, ""),
    ("Mjärdalaskolan F-6", "school", "Mjärdala", True, ""),
    ("Vrånghultsskolan F-3", "school", "Vrånghult", True, ""),
    ("Restaurang Kopparkitteln", "licensed_premises", "Granvad centrum", False, "17-01, lör 17-02"),
    ("Puben Tre Abborrar", "licensed_premises", "Granvad centrum", False, "16-01, fre-lör 16-03"),
    ("Nattklubb Lyktan", "licensed_premises", "Granvad centrum", False, "fre-lör 21-03"),
    ("Krogen Garvaren", "licensed_premises", "Garvarmalmen", False, "17-23"),
    ("Hamnkrogen", "licensed_premises", "Ulvasunds centrum", False, "16-23, fre-lör 16-01"),
    (SHOPS, "other", "Smedjevallen", False, "10-20"),
)  # fmt: skip


def place_facilities(world: World, *, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """
    Put every facility on ground of the part of town it belongs to.

    Parameters
    ----------
    world
        The municipality.
    rng
        Source of chance.

    Returns
    -------
    GeoDataFrame
        ``name``, ``kind``, ``check_locked``, ``opening``; points and parks, EPSG:3006.
    """
    blocks = world.land.blocks
    taken: set[int] = set()
    rows: list[dict[str, Any]] = []
    for name, kind, part, locked, opening in _FIXED:
        mine = blocks[blocks["part"] == part]
        mine = mine[~mine.index.isin(taken)] if len(mine) > len(taken & set(mine.index)) else mine
        size = mine.area.sort_values(ascending=False)
        pick = size.index[: max(1, len(size) // (3 if kind == "school" else 1))]
        at = int(pick[0] if name == SHOPS else rng.choice(pick))
        taken.add(at)
        point = _by_the_street(blocks.geometry[at])
        rows.append({"name": name, "kind": kind, "check_locked": locked, "opening": opening,
                     "geometry": _rounded(point)})  # fmt: skip
    uses = world.land.uses
    parks = uses[(uses["kind"] == "green") & ~uses["name"].str.startswith("Skog ")]
    for name, shape in zip(parks["name"], parks.geometry, strict=True):
        rows.append({"name": name, "kind": "park", "check_locked": False, "opening": "",
                     "geometry": shape})  # fmt: skip
        pieces = [p for p in shapely.get_parts(shape) if p.area > 3000]
        for k, piece in enumerate(pieces[:4]):
            label = f"Lekplatsen {name.removeprefix('Parken i ')}"
            rows.append({"name": label if k == 0 else f"{label} {k + 1}", "kind": "playground",
                         "check_locked": False, "opening": "",
                         "geometry": _rounded(piece.representative_point())})  # fmt: skip
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=DEFAULT_CRS)


def _by_the_street(block: Any) -> Any:
    """Give a point inside a block, as far from the street as a building stands."""
    heart = block.representative_point()
    curb = block.boundary.interpolate(block.boundary.project(heart))
    inward = shapely.LineString([curb, heart])
    return inward.interpolate(min(_FROM_STREET_M, inward.length))


def _rounded(point: Any) -> Any:
    return shapely.Point(round(point.x, 1), round(point.y, 1))
