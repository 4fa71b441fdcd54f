"""Streets as the road register has them: kind, owner, light, junctions, in EPSG:3006."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.demo import plan
from geo.spatial import DEFAULT_CRS

if TYPE_CHECKING:
    from geo.demo.shapes import Bend

_KINDS = {"state": "road", "through": "road", "main": "road", "country": "road", "street": "road",
          "track": "road", "cycle": "cycleway", "foot": "footway"}  # fmt: skip
_OWNERS = {"state": "Trafikverket", "through": "Trafikverket", "country": "Trafikverket",
           "track": "samfällighet"}  # fmt: skip
_LIT = {"state": 0.0, "country": 0.0, "track": 0.0, "through": 1.0, "main": 1.0,
        "street": 0.98, "cycle": 0.86,
        "foot": 0.62}  # fmt: skip
_CLOSED = {"villas": 0.13, "village": 0.05, "flats": 0.12, "inner": 0.03}
"""Share of short streets that are closed to cars and kept as paths, by use."""


def dress(
    table: pd.DataFrame,
    *,
    tunnels: list[Any],
    squares: list[tuple[str, Any]],
    bend: Bend,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """
    Give stretches what a road register says of them.

    Parameters
    ----------
    table
        From `geo.demo.network.cut`.
    tunnels
        Stretches under roads.
    squares
        Name and ground of each square; the streets round it belong to it.
    bend
        Bends everything into shape.
    rng
        Source of chance.

    Returns
    -------
    GeoDataFrame
        Shape (n,): ``ref``, ``name``, ``kind``, ``rank``, ``place``, ``part``, ``use``, ``lit``
        (whether it truly is), ``owner``, ``from_node``, ``to_node``, ``length_m``; EPSG:3006.
    """
    table = _with_tunnels(table, tunnels)
    lines = table["line"].to_numpy()
    table = table.assign(kind=table["rank"].map(_KINDS).fillna("gc_tunnel"))
    closed = rng.random(len(table)) < table["use"].map(_CLOSED).fillna(0).to_numpy()
    closed &= (table["rank"] == "street").to_numpy() & (shapely.length(lines) < 130)
    table.loc[closed, ["kind", "rank", "name"]] = ["cycleway", "cycle", ""]
    for name, block in squares:
        middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
        round_it = shapely.dwithin(middle, block.exterior, 1.5)
        table.loc[round_it, "kind"] = "square"
        table.loc[round_it, "name"] = name
    short = (table["kind"] == "footway") & pd.Series(shapely.length(lines)).between(18, 75)
    steps = rng.choice(np.flatnonzero(short), size=min(7, int(short.sum())), replace=False)
    table.loc[steps, "kind"] = "stairs"
    table["lit"] = _light(table, rng=rng)
    table["owner"] = table["rank"].map(_OWNERS).fillna("kommunen")
    village = table["use"].eq("village") & table["rank"].ne("through")
    village &= rng.random(len(table)) < 0.25
    table.loc[village, "owner"] = "samfällighet"
    bent = bend.bend(lines)
    away = np.array(plan.ORIGIN)
    placed = shapely.transform(bent, lambda xy: np.round(xy + away, 2))
    out = gpd.GeoDataFrame(table.drop(columns="line"), geometry=list(placed), crs=DEFAULT_CRS)
    out["length_m"] = np.round(out.length, 1)
    out["ref"] = [f"V{i:05d}" for i in range(1, len(out) + 1)]
    out["from_node"] = "K" + out["a"].astype(str).str.zfill(5)
    out["to_node"] = "K" + out["b"].astype(str).str.zfill(5)
    return out.drop(columns=["a", "b"])


def _with_tunnels(table: pd.DataFrame, tunnels: list[Any]) -> pd.DataFrame:
    """Append tunnels; their ends are the ends of the paths that lead up to them."""
    ends = {}
    for line, a, b in zip(table["line"], table["a"], table["b"], strict=True):
        ends[_key(line.coords[0])] = (a, line.coords[0])
        ends[_key(line.coords[-1])] = (b, line.coords[-1])
    rows = []
    for drawn in tunnels:
        mouth, other = ends.get(_key(drawn.coords[0])), ends.get(_key(drawn.coords[-1]))
        if mouth is not None and other is not None:
            (a, here), (b, there) = mouth, other
            line = shapely.LineString([here, there])
            rows.append({"line": line, "rank": "tunnel", "name": "", "place": "Granvad",
                         "part": "", "use": "park", "a": a, "b": b})  # fmt: skip
    return pd.concat([table, pd.DataFrame(rows, columns=table.columns)], ignore_index=True)


def _key(point: tuple[float, float]) -> tuple[int, int]:
    """Name a place to half a metre; cutting moves ends by centimetres."""
    return round(point[0] * 2), round(point[1] * 2)


def _light(table: pd.DataFrame, *, rng: np.random.Generator) -> pd.Series:
    """Say which stretches have lamps: whole streets, not every second stretch."""
    share = table["rank"].map(_LIT).fillna(1.0).to_numpy()
    share = np.where(table["use"].eq("village") & table["rank"].eq("street"), 0.85, share)
    share = np.where(table["name"].isin(["Motionsspåret"]), 1.0, share)
    share = np.where(table["name"].eq("Banvallen"), 0.0, share)
    key = np.where(table["name"].eq(""), table.index.astype(str), table["name"])
    codes = pd.factorize(pd.Series(key) + "|" + table["place"].to_numpy())[0]
    luck = rng.random(codes.max() + 1)[codes]
    return pd.Series(luck < share, index=table.index)
