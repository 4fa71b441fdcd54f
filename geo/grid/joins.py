"""Which area each point lies in: a raster of labels, and the exact test only near a border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.compiled import compiled
from geo.errors import CrsError
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CELL_M = 25.0
"""Side of a cell of the label raster, metres."""
MOST_CELLS = 4_000_000
"""Beyond this many the cells are made wider: they cost memory, never an answer."""
NOWHERE = -1
_BORDER = -2


@dataclass(frozen=True, slots=True, eq=False)
class AreaIndex:
    """
    Areas made ready for many points.

    A point lies in an area by the even-odd rule with half-open edges: an edge belongs to what is
    east or north of it. Areas that share a border, vertex by vertex, so share no point and leave
    no gap. Where areas overlap, the first of them holds.

    Parameters
    ----------
    n_areas
        How many there are.
    x0, y0, cell_m
        South-west corner and side of the label raster, metres.
    labels
        Of each cell: the area that covers it, -1 for none, -2 where a border crosses it.
    edges
        Those that can lie on a point's level: x1, y1, x2, y2; by band, shape (m, 4).
    owner
        The area of each edge, shape (m,).
    bands
        Where each row of cells begins in `edges`, shape (rows + 1,).
    """

    n_areas: int
    x0: float
    y0: float
    cell_m: float
    labels: NDArray[np.int32]
    edges: Floats
    owner: NDArray[np.int32]
    bands: Ints

    @classmethod
    def of(cls, areas: GeoDataFrame, *, cell_m: float = CELL_M) -> AreaIndex:
        """
        Make areas ready.

        Parameters
        ----------
        areas
            Polygons in metres, shape (k,); the first of overlapping ones holds.
        cell_m
            Side of a cell, metres.

        Returns
        -------
        AreaIndex
            For `locate`.

        Raises
        ------
        CrsError
            If the areas are not in metres.
        """
        require_metres(areas, name="areas")
        edges, owner = _edges(areas)
        if not len(edges):
            nothing = np.full((1, 1), NOWHERE, dtype=np.int32)
            return cls(len(areas), 0.0, 0.0, 1.0, nothing, edges, owner, np.zeros(2, np.int64))
        x0, y0 = edges[:, [0, 2]].min(), edges[:, [1, 3]].min()
        width, height = edges[:, [0, 2]].max() - x0, edges[:, [1, 3]].max() - y0
        cell_m = max(cell_m, float(np.sqrt(width * height / MOST_CELLS)))
        columns, rows = (int(np.floor(side / cell_m)) + 1 for side in (width, height))
        crossed = np.zeros((rows, columns), dtype=np.bool_)
        compiled(mark_edges)(edges, x0, y0, cell_m, crossed)
        edges, owner, bands = _by_band(edges, owner, y0=y0, cell_m=cell_m, rows=rows)
        labels = np.full((rows, columns), _BORDER, dtype=np.int32)
        compiled(fill_labels)(edges, owner, bands, len(areas), x0, y0, cell_m, crossed, labels)
        return cls(len(areas), float(x0), float(y0), cell_m, labels, edges, owner, bands)

    def locate(self, x: Floats, y: Floats) -> Ints:
        """
        Say which area each point lies in.

        Parameters
        ----------
        x, y
            Points, metres, shape (n,); NaN lies nowhere.

        Returns
        -------
        numpy.ndarray
            Position among the areas, shape (n,); -1 for none.
        """
        out = np.full(len(x), NOWHERE, dtype=np.int64)
        compiled(locate_points)(
            np.ascontiguousarray(x, dtype=np.float64), np.ascontiguousarray(y, dtype=np.float64),
            self.labels, self.edges, self.owner, self.bands, self.n_areas,
            self.x0, self.y0, self.cell_m, out,
        )  # fmt: skip
        return out


def locate_points_in(points: GeoDataFrame, areas: GeoDataFrame) -> Ints:
    """
    Say which area each row of a frame lies in.

    Parameters
    ----------
    points, areas
        Points, shape (n,), missing ones lie nowhere; polygons in the same system, shape (k,).

    Returns
    -------
    numpy.ndarray
        Position among the areas, shape (n,); -1 for none.

    Raises
    ------
    CrsError
        If either is not in metres, or they are in two systems.
    """
    require_metres(points, name="points")
    if points.crs != areas.crs:
        msg = "`points` and `areas` are in two reference systems."
        raise CrsError(msg, fix="bring both to the working CRS first")
    geometry = points.geometry
    return AreaIndex.of(areas).locate(geometry.x.to_numpy(), geometry.y.to_numpy())


def _edges(areas: GeoDataFrame) -> tuple[Floats, NDArray[np.int32]]:
    """List the edges of all rings that are not level, and whose they are."""
    import shapely

    parts, of_part = shapely.get_parts(areas.geometry.to_numpy(), return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    xy, of_point = shapely.get_coordinates(rings, return_index=True)
    if not len(xy):
        return np.empty((0, 4)), np.empty(0, np.int32)
    joined = of_point[1:] == of_point[:-1]
    edges = np.column_stack([xy[:-1][joined], xy[1:][joined]])
    owner = of_part[of_ring[of_point[1:][joined]]].astype(np.int32)
    # every edge is written upwards, so that two areas that share it get the same answer of it
    turn = edges[:, 1] > edges[:, 3]
    edges[turn] = edges[turn][:, [2, 3, 0, 1]]
    return edges, owner


def _by_band(
    edges: Floats, owner: NDArray[np.int32], *, y0: float, cell_m: float, rows: int
) -> tuple[Floats, NDArray[np.int32], Ints]:
    """Order edges by the rows of cells they reach; one that reaches several stands in each."""
    sloped = edges[:, 1] != edges[:, 3]  # a level edge is never crossed by a level ray
    edges, owner = edges[sloped], owner[sloped]
    low = np.clip(np.floor((edges[:, 1] - y0) / cell_m).astype(np.int64), 0, rows - 1)
    high = np.clip(np.floor((edges[:, 3] - y0) / cell_m).astype(np.int64), 0, rows - 1)
    n = high - low + 1
    at = np.repeat(np.arange(len(edges)), n)
    band = low[at] + np.arange(len(at)) - np.repeat(np.cumsum(n) - n, n)
    order = np.lexsort((owner[at], band))
    bands = np.searchsorted(band[order], np.arange(rows + 1)).astype(np.int64)
    return edges[at[order]], owner[at[order]], bands


def mark_edges(
    edges: Floats, x0: float, y0: float, cell_m: float, crossed: NDArray[np.bool_]
) -> None:
    """
    Mark every cell that an edge touches, and a little more.

    Parameters
    ----------
    edges
        x1, y1, x2, y2, shape (m, 4).
    x0, y0, cell_m
        The raster.
    crossed
        Filled.
    """
    rows, columns = crossed.shape
    for k in range(edges.shape[0]):
        x1, y1, x2, y2 = edges[k, 0], edges[k, 1], edges[k, 2], edges[k, 3]
        first = int(np.floor((y1 - y0) / cell_m - 1e-6))
        last = int(np.floor((y2 - y0) / cell_m + 1e-6))
        for row in range(max(first, 0), min(last, rows - 1) + 1):
            a, b = 0.0, 1.0
            if y2 > y1:
                a = min(max((y0 + row * cell_m - y1) / (y2 - y1), 0.0), 1.0)
                b = min(max((y0 + (row + 1) * cell_m - y1) / (y2 - y1), 0.0), 1.0)
            xa, xb = x1 + a * (x2 - x1), x1 + b * (x2 - x1)
            west = int(np.floor((min(xa, xb) - x0) / cell_m - 1e-6))
            east = int(np.floor((max(xa, xb) - x0) / cell_m + 1e-6))
            for column in range(max(west, 0), min(east, columns - 1) + 1):
                crossed[row, column] = True


def fill_labels(  # noqa: PLR0917 (numba takes no keyword-only)
    edges: Floats, owner: NDArray[np.int32], bands: Ints, n_areas: int,
    x0: float, y0: float, cell_m: float, crossed: NDArray[np.bool_], labels: NDArray[np.int32],
) -> None:  # fmt: skip
    """
    Give each cell that no edge crosses the area of its middle.

    Parameters
    ----------
    edges, owner, bands, n_areas, x0, y0, cell_m
        As in `AreaIndex`.
    crossed
        Cells with an edge.
    labels
        Filled where there is none.
    """
    inside = np.zeros(n_areas, dtype=np.bool_)
    for row in range(labels.shape[0]):
        y = y0 + (row + 0.5) * cell_m
        known = -2  # until the next border the label holds along the row
        for column in range(labels.shape[1]):
            if crossed[row, column]:
                known = -2
                continue
            if known == -2:
                x = x0 + (column + 0.5) * cell_m
                inside[:] = False
                for k in range(bands[row], bands[row + 1]):
                    y1, y2 = edges[k, 1], edges[k, 3]
                    if y1 <= y < y2:
                        x1, x2 = edges[k, 0], edges[k, 2]
                        if (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) <= 0.0:
                            inside[owner[k]] = not inside[owner[k]]
                known = -1
                for area in range(n_areas):
                    if inside[area]:
                        known = area
                        break
            labels[row, column] = known


def locate_points(  # noqa: C901, PLR0917 (one loop; numba takes no keyword-only)
    x: Floats, y: Floats, labels: NDArray[np.int32], edges: Floats, owner: NDArray[np.int32],
    bands: Ints, n_areas: int, x0: float, y0: float, cell_m: float, out: Ints,
) -> None:  # fmt: skip
    """
    Look each point up, and test it against the edges of its band where a border is near.

    Parameters
    ----------
    x, y
        Points.
    labels, edges, owner, bands, n_areas, x0, y0, cell_m
        As in `AreaIndex`.
    out
        Filled where a point lies in an area.
    """
    rows, columns = labels.shape
    for i in range(x.size):
        if not (np.isfinite(x[i]) and np.isfinite(y[i])):
            continue
        column, row = int(np.floor((x[i] - x0) / cell_m)), int(np.floor((y[i] - y0) / cell_m))
        if column < 0 or row < 0 or column >= columns or row >= rows:
            continue
        label = labels[row, column]
        if label != -2:
            out[i] = label
            continue
        best, area, odd = n_areas, -1, False
        for k in range(bands[row], bands[row + 1]):
            if owner[k] != area:
                if odd and area < best:
                    best = area
                area, odd = owner[k], False
            y1, y2 = edges[k, 1], edges[k, 3]
            if y1 <= y[i] < y2:
                x1, x2 = edges[k, 0], edges[k, 2]
                if (x2 - x1) * (y[i] - y1) - (y2 - y1) * (x[i] - x1) <= 0.0:
                    odd = not odd
        if odd and area < best:
            best = area
        if best < n_areas:
            out[i] = best
