"""Places one can patrol: compact, named after their longest street, drawn along it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.grid import Grid, find
from geo.hotspots.field import CELL_M
from geo.hotspots.scan import offsets

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely import Geometry

    from geo.hotspots.context import Context
    from geo.hotspots.field import Field
    from geo.hotspots.search import Finds

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

BUFFER_M = 25.0
_JOIN_M = 35.0
_FACILITY_M = 100.0
_LANDMARKS = ("school", "station", "municipal_building", "licensed_premises", "playground")
_TIDY_M = 2.0
_SEVERAL = 3


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """
    One compact place.

    Parameters
    ----------
    cells
        Its cells of 50 m, packed and sorted.
    shape
        Polygon or MultiPolygon in the working CRS.
    street_m
        Street length inside, metres.
    name
        Longest street inside, with the nearest facility when there is one; None when
        neither has a name.
    """

    cells: Ints
    shape: Geometry
    street_m: float
    name: str | None


class Streets:
    """
    The streets of a context, ready for drawing many places.

    Parameters
    ----------
    context
        The analysis.
    """

    def __init__(self, context: Context) -> None:
        import shapely

        frame: GeoDataFrame = context.streets
        lines = frame.geometry.to_numpy() if len(frame) else np.empty(0, dtype=object)
        self._lines = lines
        self._names = list(frame["name"]) if "name" in frame else [None] * len(frame)
        self._tree = shapely.STRtree(lines)
        self._facilities = context.facilities

    def inside(self, area: Geometry) -> tuple[Ints, NDArray[Any]]:
        """
        Clip the streets to an area.

        Parameters
        ----------
        area
            A polygon.

        Returns
        -------
        row : numpy.ndarray
            Row positions of the streets that reach in, sorted.
        line : numpy.ndarray
            Their parts inside.
        """
        import shapely

        row = np.sort(self._tree.query(area, predicate="intersects"))
        part = shapely.intersection(self._lines[row], area)
        held = shapely.length(part) > 0
        return row[held], part[held]

    def name(self, row: Ints, length_m: Floats, *, middle: Geometry) -> str | None:
        """
        Name a place after its longest street, and a facility close by.

        Parameters
        ----------
        row, length_m
            The streets inside, and how much of each.
        middle
            The middle of the place.

        Returns
        -------
        str or None
            For example "Storgatan" or "Storgatan vid Stationen"; None without names.
        """
        total: dict[str, float] = {}
        for i, metres in zip(row.tolist(), length_m.tolist(), strict=True):
            name = self._names[i]
            if isinstance(name, str) and name.strip():
                total[name] = total.get(name, 0.0) + metres
        street = min(total, key=lambda k: (-round(total[k], 3), k)) if total else None
        near = self._landmark(middle)
        if street and near:
            return f"{street} vid {near}"
        return street or near

    def _landmark(self, middle: Geometry) -> str | None:
        """Find the nearest named facility."""
        frame = self._facilities
        if frame is None or len(frame) == 0:
            return None
        gap = frame.geometry.distance(middle).to_numpy()
        close = sorted(
            (round(float(g), 3), str(name))
            for g, name, kind in zip(gap, frame["name"], frame["kind"], strict=True)
            if g <= _FACILITY_M and kind in _LANDMARKS and isinstance(name, str) and name.strip()
        )
        return close[0][1] if close else None


def cells_round(x: float, y: float, *, radius_m: float, grid: Grid) -> Ints:
    """
    List the cells of the window round a middle.

    Parameters
    ----------
    x, y
        The middle, metres.
    radius_m
        Its radius, metres.
    grid
        The cells.

    Returns
    -------
    numpy.ndarray
        Packed cells, sorted.
    """
    from geo.grid import pack

    col, row = grid.of([x], [y])
    step = offsets(radius_m, cell_m=grid.cell_m)
    return np.sort(pack(col + step[:, 0], row + step[:, 1]))


def draw(finds: Finds, index: int, *, streets: Streets, x: Floats, y: Floats) -> Place:
    """
    Draw one find as a place: its streets, 25 m to each side, softly joined.

    Where several incidents lie off the streets (a shopping centre, a park), the cells of 50 m
    that hold at least three of them are added whole, so that the outline shows where it
    happens and never a single incident.

    Parameters
    ----------
    finds
        What the search found.
    index
        Which of them.
    streets
        The streets.
    x, y
        Where the incidents counted in it lie, metres.

    Returns
    -------
    Place
        Without streets inside, its cells with rounded corners.
    """
    import shapely

    grid = Grid(CELL_M)
    at = (float(finds.x[index]), float(finds.y[index]))
    cells = cells_round(*at, radius_m=float(finds.radius_m[index]), grid=grid)
    block = shapely.union_all(grid.polygons(cells))
    row, part = streets.inside(block)
    middle, length = shapely.Point(at), shapely.length(part)
    name = streets.name(row, length, middle=middle)
    if row.size == 0:
        soft = shapely.buffer(shapely.buffer(block, -BUFFER_M / 2), BUFFER_M / 2)
        return Place(cells, soft, 0.0, name)
    wide = shapely.buffer(part, BUFFER_M, quad_segs=4)
    along = shapely.union_all(wide)
    key, many = np.unique(grid.keys(x, y), return_counts=True)
    busy = grid.polygons(key[many >= _SEVERAL])
    off = busy[~shapely.intersects(along, busy)]
    joined = shapely.union_all(np.concatenate((wide, shapely.buffer(off, 1.0))))
    soft = shapely.buffer(shapely.buffer(joined, _JOIN_M, quad_segs=4), -_JOIN_M, quad_segs=4)
    tidy = shapely.make_valid(shapely.simplify(soft, _TIDY_M))
    return Place(cells, tidy, float(length.sum()), name)


def inside_finds(field: Field, finds: Finds, chosen: Iterable[int]) -> list[NDArray[np.bool_]]:
    """
    Tell which incidents are counted in each find.

    Parameters
    ----------
    field
        Counts and exposure.
    finds
        What the search found.
    chosen
        Which of them.

    Returns
    -------
    list of numpy.ndarray
        For each, a bool an incident; those off the streets count where they were moved to.
    """
    grid = Grid(CELL_M)
    keys = field.cells(grid)
    return [
        find(
            cells_round(
                float(finds.x[i]), float(finds.y[i]), radius_m=float(finds.radius_m[i]), grid=grid
            ),
            keys,
        )
        >= 0
        for i in chosen
    ]
