"""Ground: what each piece is used for, districts with residents, woods, the lamp inventory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.demo import plan, steady
from geo.demo.shapes import Bend, blob
from geo.spatial import DEFAULT_CRS

if TYPE_CHECKING:
    from geo.demo.town import Drawn

_KIND = {"centre": "centre", "inner": "residential", "villas": "residential",
         "flats": "residential", "village": "residential", "industry": "industry",
         "park": "green"}  # fmt: skip
_ORDER = ("water", "parklet", "centre", "industry", "residential", "green")
_SPILL_M = 16.0
_WOODS = 95
_SMALLEST_WOOD_M2 = 20_000.0
_RURAL = (("Norra landsbygden", 10.0, 170.0), ("Södra landsbygden", 170.0, 300.0),
          ("Östra landsbygden", 300.0, 370.0))  # fmt: skip
_RURAL_PEOPLE = (2500, 2100, 2000)
_YEAR = 2025


@dataclass(frozen=True, slots=True)
class Land:
    """
    Areas of the municipality.

    Parameters
    ----------
    uses
        ``name``, ``kind``: every metre once; EPSG:3006.
    districts
        ``name``, ``use``, ``place``, ``population``.
    surveyed
        ``name``: where every lamp is in the inventory.
    blocks
        ``part``, ``place``, ``use``, ``park``: ground between streets.
    """

    uses: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    surveyed: gpd.GeoDataFrame
    blocks: gpd.GeoDataFrame


def lay_land(
    out: Drawn,
    *,
    water: list[tuple[str, Any]],
    parklets: list[tuple[str, str, Any]],
    border: Any,
    roads: Any,
    bend: Bend,
    rng: np.random.Generator,
) -> Land:
    """
    Divide the ground.

    Parameters
    ----------
    out
        Faces and blocks as drawn.
    water
        Name and shape of each lake and river.
    parklets
        Part, place and ground of each small park.
    border
        The municipality.
    roads
        Every street and path.
    bend
        Bends everything into shape.
    rng
        Source of chance.

    Returns
    -------
    Land
        In EPSG:3006.
    """
    towns = shapely.union_all([face for _, _, face in out.faces]).buffer(_SPILL_M)
    bridges = roads.intersection(shapely.union_all([s for _, s in water])).buffer(9, quad_segs=2)
    pieces = [("water", name, shape.difference(bridges)) for name, shape in water]
    pieces += [("parklet", f"Parken i {part}", ground) for part, _, ground in parklets]
    for part, _, face in out.faces:
        kind = _KIND[part.use]
        pieces.append((kind, part.name, face.buffer(-4 if kind == "green" else _SPILL_M)))
    keep_out = towns.buffer(40).union(roads.difference(towns).buffer(28, quad_segs=2))
    woods = shapely.union_all([_wood(border, rng=rng) for _ in range(_WOODS)])
    clear = woods.difference(keep_out).buffer(-12).buffer(12)
    for k, shape in enumerate(p for p in shapely.get_parts(clear) if p.area > _SMALLEST_WOOD_M2):
        pieces.append(("green", f"Skog {k + 1}", shape))
    uses = _divide(pieces, border=border)
    districts = _districts(out, towns=towns, border=border)
    blocks = pd.DataFrame(
        [(p.name, place, p.use, block) for p, place, block in out.blocks],
        columns=["part", "place", "use", "geometry"],
    )
    return Land(
        _place(uses, bend),
        _place(districts, bend),
        _place(_surveyed(out), bend),
        _place(blocks, bend),
    )


def _wood(border: Any, *, rng: np.random.Generator) -> Any:
    west, south, east, north = border.bounds
    centre = (rng.uniform(west, east), rng.uniform(south, north))
    radius, squash, turn = rng.uniform(500, 1900), rng.uniform(0.45, 0.9), rng.uniform(0, 3.1)
    shape = blob(centre, radius, rng=rng, rough=0.22, squash=squash, turn=turn)
    return shape.intersection(border)


def _divide(pieces: list[tuple[str, str, Any]], *, border: Any) -> pd.DataFrame:
    """Give every piece of ground to the first use in the order that claims it."""
    rows: list[tuple[str, str, Any]] = []
    taken: Any = shapely.Polygon()
    for use in _ORDER:
        mine: dict[str, Any] = {}
        for kind, name, shape in pieces:
            if kind == use:
                mine[name] = shapely.union(mine.get(name, shapely.Polygon()), shape)
        claimed: Any = shapely.Polygon()
        for name, shape in mine.items():
            free = shape.intersection(border).difference(shapely.union(taken, claimed))
            claimed = shapely.union(claimed, shape)
            rows.append((name, "green" if use == "parklet" else use, free))
        taken = shapely.union(taken, claimed)
    rows.append(("Landsbygd", "rural", border.difference(taken)))
    table = pd.DataFrame(rows, columns=["name", "kind", "geometry"])
    table["geometry"] = [_solid(g) for g in table["geometry"]]
    return table[~shapely.is_empty(table["geometry"].to_numpy())].reset_index(drop=True)


def _solid(shape: Any, *, speck_m2: float = 300.0) -> Any:
    """Keep polygons that are more than specks."""
    pieces = shapely.get_parts(shapely.get_parts(shape))
    parts = [p for p in pieces if p.geom_type == "Polygon" and p.area > speck_m2]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _districts(out: Drawn, *, towns: Any, border: Any) -> pd.DataFrame:
    """Join the faces of each part, and cut the countryside in three."""
    rows: dict[str, list[Any]] = {}
    facts = {}
    for part, place, face in out.faces:
        rows.setdefault(part.name, []).append(face)
        facts[part.name] = (part.use, place, part.people)
    table = [
        (name, *facts[name], shapely.union_all(faces).buffer(13).buffer(-13))
        for name, faces in rows.items()
    ]
    rest = border.difference(towns)
    for (name, start, stop), people in zip(_RURAL, _RURAL_PEOPLE, strict=True):
        turn = np.deg2rad(np.linspace(start, stop, 40))
        fan = [(0.0, 0.0), *(40_000 * np.column_stack([steady.cos(turn), steady.sin(turn)]))]
        table.append((name, "rural", "", people, rest.intersection(shapely.Polygon(fan))))
    out_table = pd.DataFrame(table, columns=["name", "use", "place", "population", "geometry"])
    out_table["geometry"] = [_solid(g) for g in out_table["geometry"]]
    return out_table.assign(population_year=_YEAR)


def _surveyed(out: Drawn) -> pd.DataFrame:
    """Say where the lamp inventory is complete: all but the outer half of one district."""
    rows: dict[str, list[Any]] = {}
    for part, _, face in out.faces:
        rows.setdefault(part.name, []).append(face.buffer(30))
    table = []
    for name, faces in rows.items():
        shape = shapely.union_all(faces)
        if name == plan.SURVEY_GAP:
            shape = shape.intersection(shapely.Point(0, 0).buffer(1180))
        table.append((f"Inventerat: {name}", shape))
    return pd.DataFrame(table, columns=["name", "geometry"])


def _place(table: pd.DataFrame, bend: Bend) -> gpd.GeoDataFrame:
    """Bend, move to where the municipality lies, and mend."""
    away = np.array(plan.ORIGIN)
    bent = bend.bend(table["geometry"].to_numpy(), step_m=30.0)
    placed = shapely.make_valid(shapely.transform(bent, lambda xy: np.round(xy + away, 1)))
    solid = [_solid(g, speck_m2=100.0) for g in placed]
    return gpd.GeoDataFrame(table.drop(columns="geometry"), geometry=solid, crs=DEFAULT_CRS)
