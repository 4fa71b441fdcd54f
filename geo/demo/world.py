"""The municipality as it is: streets, water, woods, districts, before anything happens in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.demo import plan
from geo.demo.country import draw_paths, draw_roads, draw_tracks, draw_tunnels
from geo.demo.land import Land, lay_land
from geo.demo.names import Names
from geo.demo.network import cut
from geo.demo.shapes import Bend, blob, soft_line
from geo.demo.streets import dress
from geo.demo.town import Drawn, Way, draw_town, draw_village

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_BANK_M = 24.0
_RIVER_M = 8.0
_PARKLET_M2 = 5500.0
_PARKLETS = {"inner": 0.09, "villas": 0.07, "flats": 0.16, "centre": 0.05, "village": 0.05}


@dataclass(frozen=True, slots=True)
class World:
    """
    What lies where.

    Parameters
    ----------
    streets
        One row a stretch; see `geo.demo.streets.dress`.
    land
        Areas and places with a function.
    extent
        West, south, east, north, EPSG:3006.
    """

    streets: GeoDataFrame
    land: Land
    extent: tuple[float, float, float, float]


def build_world(rng: np.random.Generator) -> World:
    """
    Draw the municipality.

    Parameters
    ----------
    rng
        Source of chance.

    Returns
    -------
    World
        In EPSG:3006.
    """
    names, out = Names(rng), Drawn()
    lakes = shapely.union_all(
        [blob(c, r, rng=rng, rough=0.1, squash=s, turn=t) for _, c, r, s, t in plan.LAKES]
    )
    river = soft_line(list(plan.RIVER))
    west, south, east, north = plan.BOX
    middle, half = ((west + east) / 2, (south + north) / 2), (east - west) / 2
    border: Any = blob(middle, half, rng=rng, rough=0.07, squash=(north - south) / (east - west))
    border = border.intersection(shapely.box(*plan.BOX))
    banks = shapely.union_all([lakes.buffer(34), river.buffer(_BANK_M)])
    for town in (plan.GRANVAD, plan.ULVASUND):
        draw_town(town, out=out, keep_out=banks, names=names, rng=rng)
    roads = draw_roads(out, lakes=lakes, border=border, rng=rng)
    for name, centre, radius, people in plan.VILLAGES:
        draw_village(name, centre, radius, people, through=roads, out=out, keep_out=banks,
                     names=names, rng=rng)  # fmt: skip
    towns = shapely.union_all([face for _, _, face in out.faces])
    draw_tracks(out, roads=roads, lakes=lakes.buffer(40), border=border, towns=towns, rng=rng,
                names=names)  # fmt: skip
    draw_paths(out, banks=banks, town_edges=towns.buffer(30), border=border, rng=rng)
    parklets = _parklets(out, rng=rng)
    tunnels = draw_tunnels(out, spacing_m=620.0, rng=rng)
    bend = Bend.draw(rng)
    streets = dress(cut(out.ways), tunnels=tunnels, squares=_squares(out), bend=bend, rng=rng)
    water = [(name, lake) for (name, *_), lake in _named_lakes(lakes)]
    water.append((plan.RIVER_NAME, river.buffer(_RIVER_M)))
    land = lay_land(out, water=water, parklets=parklets, border=border, bend=bend, rng=rng,
                    roads=shapely.union_all([w.line for w in out.ways]))  # fmt: skip
    return World(streets, land, _extent(border, bend))


def _named_lakes(lakes: Any) -> list[tuple[Any, Any]]:
    """Pair each lake of the plan with its shape."""
    parts = shapely.get_parts(lakes)
    return [
        (row, parts[int(np.argmin([p.distance(shapely.Point(row[1])) for p in parts]))])
        for row in plan.LAKES
    ]


def _parklets(out: Drawn, *, rng: np.random.Generator) -> list[tuple[str, str, Any]]:
    """Turn some blocks into small parks, with a path across: (part, place, ground)."""
    parks = []
    for part, place, block in out.blocks:
        if block.area < _PARKLET_M2 or rng.random() > _PARKLETS.get(part.use, 0.0):
            continue
        ring, at = block.exterior, rng.uniform(0, 1)
        ends = [ring.interpolate((at + s) % 1.0, normalized=True) for s in (0.0, 0.5, 0.25)]
        heart = block.representative_point()
        for end in ends:
            line = shapely.LineString([end, heart])
            if block.buffer(1).contains(line):
                rank = "cycle" if end is not ends[2] else "foot"
                out.ways.append(Way(line, rank, "", place, part.name, "park"))
        parks.append((part.name, place, block.buffer(-11)))
    return [p for p in parks if not p[2].is_empty]


def _squares(out: Drawn) -> list[tuple[str, Any]]:
    """Find the blocks that are squares: the one in the middle of each town."""
    rows = []
    for town, name in ((plan.GRANVAD, "Stora torget"), (plan.ULVASUND, "Hamntorget")):
        heart = shapely.Point(town.centre)
        core = [b for p, _, b in out.blocks if p is town.core and 2000 < b.area < 14_000]
        rows.append((name, min(core, key=lambda b: float(b.centroid.distance(heart)))))
    return rows


def _extent(border: Any, bend: Bend) -> tuple[float, float, float, float]:
    """Round the municipality out to whole hundreds of metres."""
    west, south, east, north = bend.bend([border])[0].bounds
    e, n = plan.ORIGIN
    low = np.floor(np.array([west + e, south + n]) / 100) * 100
    high = np.ceil(np.array([east + e, north + n]) / 100) * 100
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
