"""Made-up towns in which the truth is known, and incidents drawn in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.frames import AREAS, INCIDENTS, STREETS
from geo.grid import Pieces, cut_streets, kinds_of_land
from geo.hotspots.context import Context, Events
from geo.hotspots.exposure import ATOMS, Exposure, expose
from geo.hotspots.field import Field
from geo.hotspots.position_error import position_error

CRS = "EPSG:3006"
EAST, NORTH = 500_000.0, 6_400_000.0
UNTIL = datetime(2026, 11, 23, 5, tzinfo=UTC)
ERROR_M = 30.0
WEEKS = 52


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """Streets, kinds of land, and the lines incidents are drawn on with their weight a metre."""

    name: str
    streets: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame | None
    lines: np.ndarray
    weight: np.ndarray
    spot: np.ndarray
    pieces: Pieces
    land: np.ndarray
    measured: dict[float, Exposure] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, streets: gpd.GeoDataFrame, areas: gpd.GeoDataFrame | None, **rest: Any
           ) -> Town:  # fmt: skip
        """Cut the streets once for all runs."""
        pieces = cut_streets(streets, grid=ATOMS)
        land = kinds_of_land(pieces.x, pieces.y, areas=areas)
        return cls(name, streets, areas, pieces=pieces, land=land, **rest)

    def field(self, events: Events, *, rng: np.random.Generator) -> Field:
        """Count as `Field.of` does; what depends on the position error alone is kept."""
        rows = events.current
        x, y, stated = (rows[name].to_numpy(float) for name in ("x", "y", "accuracy_m"))
        error = position_error(self.pieces, x=x, y=y, accuracy_m=stated, rng=rng)
        if error not in self.measured:
            self.measured[error] = expose(self.pieces, land=self.land, error_m=error, real=True)
        return Field.count(self.measured[error], events)


def frame_of(lines: list[shapely.LineString]) -> gpd.GeoDataFrame:
    """Make a street frame of lines."""
    length = shapely.length(lines)
    rows = {"id": [f"s{i:05d}" for i in range(len(lines))], "kind": "road", "length_m": length,
            "from_node": "", "to_node": "", "lit": "unknown", "batch_id": ""}  # fmt: skip
    return STREETS.conform(gpd.GeoDataFrame(rows, geometry=lines, crs=CRS), crs=CRS)


def lattice(side_m: float, step_m: float, *, x: float, y: float) -> list[shapely.LineString]:
    """Lay blocks: every street between two junctions is a line."""
    at = np.arange(0.0, side_m + 1, step_m)
    out = []
    for a in at:
        for b in at[:-1]:
            out.append(shapely.LineString([(x + a, y + b), (x + a, y + b + step_m)]))
            out.append(shapely.LineString([(x + b, y + a), (x + b + step_m, y + a)]))
    return out


def alike(name: str, lines: list[shapely.LineString], *, x: float, y: float) -> Town:
    """Make a town where every metre of street expects as much."""
    held = np.asarray(lines, dtype=object)
    even = np.ones(held.size)
    return Town.of(name, frame_of(lines), None, lines=held, weight=even, spot=np.array([x, y]))


@cache
def even_field() -> Town:
    """Lay a field of 3 x 3 km with blocks of 100 m."""
    return alike("even field", lattice(3000, 100, x=EAST + 7, y=NORTH + 13),
                 x=EAST + 1500, y=NORTH + 1500)  # fmt: skip


@cache
def town_in_forest() -> Town:
    """Lay a town of 2.4 x 2.4 km with a centre in a municipality of 40 x 40 km of forest roads."""
    town = lattice(2400, 80, x=EAST, y=NORTH)
    streets = frame_of(town + lattice(40_000, 4000, x=EAST - 18_800, y=NORTH - 18_800))
    centre = shapely.Point(EAST + 1200, NORTH + 1200).buffer(400)
    built = shapely.box(EAST - 40, NORTH - 40, EAST + 2440, NORTH + 2440).difference(centre)
    whole = shapely.box(EAST - 20_000, NORTH - 20_000, EAST + 22_000, NORTH + 22_000)
    kinds = {"centre": centre, "residential": built, "rural": whole.difference(built | centre)}
    rows = {"id": list(kinds), "name": list(kinds), "level": "land_use", "kind": list(kinds),
            "batch_id": ""}  # fmt: skip
    areas = AREAS.conform(gpd.GeoDataFrame(rows, geometry=list(kinds.values()), crs=CRS), crs=CRS)
    lines, weight = [], []
    for kind, rate in {"centre": 5.0, "residential": 1.0, "rural": 0.02}.items():
        inside = shapely.intersection(streets.geometry.to_numpy(), kinds[kind])
        lines.append(inside[shapely.length(inside) > 0])
        weight.append(np.full(lines[-1].size, rate))
    spot = np.array([EAST + 1900, NORTH + 700])
    held = np.concatenate(lines)
    return Town.of("town in 40 x 40 km", streets, areas, lines=held, weight=np.concatenate(weight),
                   spot=spot)  # fmt: skip


@cache
def ribbons() -> Town:
    """Lay crooked streets from a square, with side streets: nothing like a grid."""
    rng = np.random.default_rng(3)
    lines, middle = [], np.array([EAST + 1500, NORTH + 1500])
    for turn in np.linspace(0, 2 * np.pi, 9, endpoint=False):
        at, way, path = middle.copy(), turn, [middle.copy()]
        for _ in range(14):
            way += rng.normal(0, 0.18)
            at = at + 120 * np.array([np.cos(way), np.sin(way)])
            path.append(at)
            side = way + rng.choice([-1, 1]) * np.pi / 2
            end = at + rng.uniform(80, 320) * np.array([np.cos(side), np.sin(side)])
            lines.append(shapely.LineString([at, (at + end) / 2 + rng.normal(0, 12, 2), end]))
        lines += [shapely.LineString(pair) for pair in pairwise(path)]
    x, y = lines[40].interpolate(0.5, normalized=True).coords[0]
    return alike("street-shaped", lines, x=x, y=y)


def scatter(
    lines: np.ndarray, weight: np.ndarray, n: int, *, rng: np.random.Generator,
    error_m: float = ERROR_M,
) -> np.ndarray:  # fmt: skip
    """Put n incidents on lines, with a position error on each axis; shape (n, 2)."""
    mass = weight * shapely.length(lines)
    chosen = lines[rng.choice(mass.size, n, p=mass / mass.sum())]
    point = shapely.line_interpolate_point(_single(chosen), rng.random(n), normalized=True)
    return shapely.get_coordinates(point) + rng.normal(0, error_m, (n, 2))


def _single(lines: np.ndarray) -> np.ndarray:
    """Join the parts of a cut line end to end, in order, which keeps its length nearly."""
    several = shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING
    out = lines.copy()
    out[several] = [max(line.geoms, key=lambda part: part.length) for line in lines[several]]
    return out


def context_of(
    town: Town, xy: np.ndarray, *, age_weeks: np.ndarray, seed: int, error_m: float = ERROR_M
) -> Context:
    """Make an analysis of points that happened so many weeks before its end."""
    at = pd.Timestamp(UNTIL) - pd.to_timedelta(age_weeks * 604_800, unit="s")
    n = len(xy)
    rows = {"id": [f"i{k:06d}" for k in range(n)], "category": "vandalism",
            "mapping_version": "1", "occurred_from": at.as_unit("us"), "time_known": True,
            "setting": "outdoor", "accuracy_m": error_m, "source": "made-up",
            "found_by": "report", "flags": [[] for _ in range(n)], "weight": 1.0,
            "batch_id": ""}  # fmt: skip
    table = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(*xy.T), crs=CRS)
    incidents = INCIDENTS.conform(table, crs=CRS)
    since = UNTIL - timedelta(weeks=WEEKS)
    return Context(incidents, town.streets, town.areas, since, UNTIL, seed=seed)


TOWNS = {"even field": even_field, "town in 40 x 40 km": town_in_forest, "street-shaped": ribbons}
