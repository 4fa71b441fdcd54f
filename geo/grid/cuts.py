"""Streets cut at the cells' edges, the kind of land they lie on, and the study area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.grid.cells import Grid, pack, unpack
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

STUDY_REACH_M = 300.0
"""The study area is what lies within this many metres of a street: never forest or water."""
UNKNOWN_LAND = "other"


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """
    Streets cut at every cell edge; each piece lies in one cell.

    Parameters
    ----------
    key
        The cell of each piece, shape (n,).
    x, y
        Its middle, metres, shape (n,).
    length_m
        Its length, metres, shape (n,).
    street
        Row position in the street frame, shape (n,).
    """

    key: Ints
    x: Floats
    y: Floats
    length_m: Floats
    street: Ints


def cut_streets(streets: GeoDataFrame, *, grid: Grid) -> Pieces:
    """
    Cut every street at the edges of the cells, exactly.

    Parameters
    ----------
    streets
        LineStrings or MultiLineStrings in metres, shape (n,).
    grid
        The cells.

    Returns
    -------
    Pieces
        In order of street and position along it; the lengths sum to the streets' own.

    Raises
    ------
    CrsError
        If the frame is not in metres.
    """
    import shapely

    require_metres(streets, name="streets")
    lines, of_street = shapely.get_parts(streets.geometry.to_numpy(), return_index=True)
    xy, of_line = shapely.get_coordinates(lines, return_index=True)
    joined = of_line[1:] == of_line[:-1]
    start, end = xy[:-1][joined], xy[1:][joined]
    street = of_street[of_line[1:][joined]].astype(np.int64)
    origin = np.asarray(grid.shift_m)
    a, b = (start - origin) / grid.cell_m, (end - origin) / grid.cell_m
    segments, cuts = [np.arange(len(a)), np.arange(len(a))], [np.zeros(len(a)), np.ones(len(a))]
    for axis in (0, 1):
        segment, at = _crossings(a[:, axis], b[:, axis])
        segments.append(segment)
        cuts.append(at)
    segment, at = np.concatenate(segments), np.concatenate(cuts)
    order = np.lexsort((at, segment))
    segment, at = segment[order], at[order]
    inside = segment[1:] == segment[:-1]
    low, high, segment = at[:-1][inside], at[1:][inside], segment[:-1][inside]
    delta = end - start
    length = (high - low) * np.hypot(delta[segment, 0], delta[segment, 1])
    keep = length > 0
    segment, middle = segment[keep], ((low + high) / 2)[keep]
    x = start[segment, 0] + middle * delta[segment, 0]
    y = start[segment, 1] + middle * delta[segment, 1]
    return Pieces(grid.keys(x, y), x, y, length[keep], street[segment])


def _crossings(a: Floats, b: Floats) -> tuple[Ints, Floats]:
    """Give the segment and the share along it of each whole number between a and b."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    first = np.floor(low) + 1
    n = np.maximum(np.ceil(high) - first, 0).astype(np.int64)
    segment = np.repeat(np.arange(a.size), n)
    step = np.arange(segment.size) - np.repeat(np.cumsum(n) - n, n)
    edge = first[segment] + step
    return segment, (edge - a[segment]) / (b[segment] - a[segment])


def kinds_of_land(x: Floats, y: Floats, *, areas: GeoDataFrame | None) -> NDArray[np.str_]:
    """
    Give each point the kind of land it lies on.

    Parameters
    ----------
    x, y
        Points, metres, shape (n,).
    areas
        Rows of the frame ``areas``; those of level ``land_use`` with a kind are used. Where
        two overlap the smaller one holds. None: no kinds are known.

    Returns
    -------
    numpy.ndarray
        Kinds, shape (n,); ``other`` where no area says.
    """
    import shapely

    out = np.full(x.size, UNKNOWN_LAND, dtype="U16")
    if areas is None or len(areas) == 0 or x.size == 0:
        return out
    land = areas[(areas["level"] == "land_use") & areas["kind"].notna()]
    if len(land) == 0:
        return out
    order = np.lexsort((land["kind"].to_numpy(), -land.geometry.area.to_numpy()))
    land = land.iloc[order]  # the smallest is written last, and stays
    points = np.asarray(shapely.points(np.column_stack((x, y))), dtype=object)
    area, point = shapely.STRtree(points).query(land.geometry.to_numpy(), predicate="intersects")
    kind = land["kind"].to_numpy().astype("U16")
    last = np.full(x.size, -1, dtype=np.int64)
    np.maximum.at(last, point, area)
    out[last >= 0] = kind[last[last >= 0]]
    return out


def study_cells(streets: GeoDataFrame, *, grid: Grid, reach_m: float = STUDY_REACH_M) -> Ints:
    """
    List the cells of the study area: those whose middle lies near a street.

    Parameters
    ----------
    streets
        LineStrings in metres, shape (n,).
    grid
        The cells.
    reach_m
        How near, metres; the limit itself counts as near.

    Returns
    -------
    numpy.ndarray
        Packed cells, sorted and distinct.

    Raises
    ------
    CrsError
        If the frame is not in metres.
    """
    pieces = cut_streets(streets, grid=grid)
    held = np.unique(pieces.key)
    if held.size == 0:
        return held
    from scipy.spatial import cKDTree
    from shapely import STRtree, points

    steps = int(np.ceil(reach_m / grid.cell_m)) + 1
    reach = np.arange(-steps, steps + 1, dtype=np.int64)
    col, row = unpack(held)
    wide = np.unique(pack(col[:, None] + reach, row[:, None]))
    col, row = unpack(wide)
    near = np.unique(pack(col[:, None], row[:, None] + reach))
    middle = np.column_stack(grid.centres(near))
    gap, _ = cKDTree(np.column_stack((pieces.x, pieces.y))).query(middle)
    inside = gap <= reach_m
    unsure = np.flatnonzero(~inside & (gap <= reach_m + pieces.length_m.max() / 2))
    if unsure.size:  # a piece's middle is farther off than its nearest point
        edge = np.asarray(points(middle[unsure]), dtype=object)
        hit, _ = STRtree(streets.geometry.to_numpy()).query(
            edge, predicate="dwithin", distance=reach_m
        )
        inside[unsure[hit]] = True
    return np.asarray(near[inside], dtype=np.int64)
