"""Units to count by: hexagons, street segments and junctions, and areas drawn by people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import AnalysisError
from geo.grid import kinds_of_land
from geo.hotspots.context import Context, countable
from geo.hotspots.expected import Rates, estimate_rates
from geo.hotspots.exposure import ATOMS
from geo.hotspots.field import Field

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

JUNCTION_M = 20.0
TOLERANCE_M = 50.0
_MEETING = 3


def hexagons(x: ArrayLike, y: ArrayLike, *, side_m: float) -> tuple[Ints, Ints]:
    """
    Find the hexagon of each point; points up, rows half a hexagon apart.

    Parameters
    ----------
    x, y
        Metres, shape (n,).
    side_m
        Side of a hexagon, metres; its area is ``3 sqrt(3) / 2 * side^2``.

    Returns
    -------
    column, row : numpy.ndarray
        Axial coordinates, int64, shape (n,). The origin is that of the CRS.

    Examples
    --------
    >>> column, row = hexagons([0.0, 100.0], [0.0, 0.0], side_m=50)
    >>> column.tolist(), row.tolist()
    ([0, 1], [0, 0])
    """
    east, north = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if not side_m > 0:
        msg = f"a hexagon must have a side above 0 m, got {side_m}"
        raise ValueError(msg)
    q, r = (np.sqrt(3) / 3 * east - north / 3) / side_m, 2 / 3 * north / side_m
    s = -q - r
    a, b, c = np.round(q), np.round(r), np.round(s)
    gap_a, gap_b, gap_c = abs(a - q), abs(b - r), abs(c - s)
    first = (gap_a > gap_b) & (gap_a > gap_c)
    second = ~first & (gap_b > gap_c)
    a, b = np.where(first, -b - c, a), np.where(second, -a - c, b)
    return a.astype(np.int64), b.astype(np.int64)


def hexagon_shapes(column: Ints, row: Ints, *, side_m: float) -> NDArray[Any]:
    """
    Draw hexagons.

    Parameters
    ----------
    column, row
        From `hexagons`, shape (n,).
    side_m
        Side, metres.

    Returns
    -------
    numpy.ndarray
        Polygons, shape (n,).
    """
    import shapely

    x = side_m * np.sqrt(3) * (column + row / 2)
    y = side_m * 1.5 * row
    turn = np.pi / 180 * (60 * np.arange(6) + 30)
    ring = np.stack((np.cos(turn), np.sin(turn)), axis=1) * side_m
    return np.asarray(shapely.polygons(np.stack((x, y), axis=1)[:, None, :] + ring), dtype=object)


def count_hexagons(context: Context, *, side_m: float) -> GeoDataFrame:
    """
    Count hexagons of the study area, beside what each would have.

    Parameters
    ----------
    context
        Frames, period and seed.
    side_m
        Side, metres.

    Returns
    -------
    GeoDataFrame
        A row a hexagon: ``n_events``, ``expected``, ``street_m``, polygon; empty when nothing
        happened.
    """
    field, rates = _ground(context)
    if field is None:
        return _empty(context)
    column, row = hexagons(*ATOMS.centres(field.exposure.key), side_m=side_m)
    unit, at = np.unique(np.column_stack((column, row)), axis=0, return_inverse=True)
    shapes = hexagon_shapes(unit[:, 0], unit[:, 1], side_m=side_m)
    return _frame(context, field, rates, at.ravel(), shapes)


def count_areas(context: Context, areas: GeoDataFrame) -> GeoDataFrame:
    """
    Count areas that people use, such as DeSO or patrol districts.

    Parameters
    ----------
    context
        Frames, period and seed.
    areas
        Polygons in the working CRS, shape (n,).

    Returns
    -------
    GeoDataFrame
        `areas` with ``n_events``, ``expected`` and ``street_m``, in their order. What lies in
        no area counts nowhere; on a shared border the first area has it.
    """
    import shapely

    field, rates = _ground(context)
    if field is None:
        zero = np.zeros(len(areas))
        return areas.assign(n_events=zero, expected=zero, street_m=zero)
    points = shapely.points(*ATOMS.centres(field.exposure.key))
    point, area = shapely.STRtree(areas.geometry.to_numpy()).query(points, predicate="intersects")
    order = np.lexsort((area, point))
    point, first = np.unique(point[order], return_index=True)
    area = area[order][first]
    atoms = field.exposure.metres @ rates.per_m
    sums = [
        np.bincount(area, values[point], len(areas))
        for values in (field.n, atoms, field.exposure.street_m)
    ]
    return areas.assign(n_events=sums[0], expected=sums[1], street_m=sums[2])


def count_segments(
    context: Context, *, tolerance_m: float = TOLERANCE_M, junction_m: float = JUNCTION_M
) -> GeoDataFrame:
    """
    Count street segments and junctions, with their length as what could be exposed.

    Parameters
    ----------
    context
        Frames, period and seed; streets are segments between junctions.
    tolerance_m
        Farthest from a street that an incident is still put on it.
    junction_m
        An incident put within this many metres of a junction of three or more segments
        counts there, and the segments lose as much of their length to it.

    Returns
    -------
    GeoDataFrame
        A row a segment or junction: ``kind`` (segment / junction), ``name``, ``n_events``,
        ``expected``, ``street_m``, geometry (LineString or Point). Incidents too far from
        every street are left out.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    field, rates = _ground(context)
    if field is None:
        return _empty(context).assign(kind="", name=None)
    net = context.streets.reset_index(drop=True)
    lines = shapely.line_merge(net.geometry.to_numpy())
    length = shapely.length(lines)
    tips = np.concatenate([shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)])
    spot, node = np.unique(np.round(tips, 2), axis=0, return_inverse=True)
    node = node.ravel().reshape(2, -1)
    meets = np.bincount(node.ravel(), minlength=len(spot)) >= _MEETING
    given = np.minimum(junction_m, length / 2)
    taken = given * meets[node[0]] + given * meets[node[1]]
    rows = countable(context).current
    points = gpd.GeoSeries(gpd.points_from_xy(rows["x"], rows["y"]), crs=context.crs)
    street, gap = _nearest(lines, points.to_numpy())
    held = gap <= tolerance_m
    street, count = street[held], rows["count"].to_numpy(np.float64)[held]
    along = shapely.line_locate_point(lines[street], points.to_numpy()[held])
    at_start = (along <= given[street]) & meets[node[0][street]]
    at_end = (length[street] - along <= given[street]) & meets[node[1][street]] & ~at_start
    joint = np.where(at_start, node[0][street], np.where(at_end, node[1][street], -1))
    n_segment = np.bincount(street[joint < 0], count[joint < 0], len(lines))
    n_joint = np.bincount(joint[joint >= 0], count[joint >= 0], len(spot))
    per_m = _per_metre(context, field, rates, lines)
    mean = per_m * (length - taken)
    share = np.bincount(node[0], per_m * given * meets[node[0]], len(spot)) + np.bincount(
        node[1], per_m * given * meets[node[1]], len(spot)
    )
    metres = np.bincount(node[0], given * meets[node[0]], len(spot)) + np.bincount(
        node[1], given * meets[node[1]], len(spot)
    )
    names = net["name"] if "name" in net else pd.Series(None, index=net.index, dtype=object)
    segment = {"kind": "segment", "name": names.to_numpy(object), "n_events": n_segment,
               "expected": mean, "street_m": length - taken}  # fmt: skip
    junction = {"kind": "junction", "name": None, "n_events": n_joint[meets],
                "expected": share[meets], "street_m": metres[meets]}  # fmt: skip
    both = [
        gpd.GeoDataFrame(segment, geometry=list(lines), crs=context.crs),
        gpd.GeoDataFrame(
            junction,
            geometry=shapely.get_parts(shapely.points(spot[meets])).tolist(),
            crs=context.crs,
        ),
    ]
    out = pd.concat([part for part in both if len(part)], ignore_index=True)
    return gpd.GeoDataFrame(out, geometry="geometry", crs=context.crs)


def _per_metre(context: Context, field: Field, rates: Rates, lines: NDArray[Any]) -> Floats:
    """Give incidents per metre of each street: the rate of the land at its middle."""
    import shapely

    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    land = kinds_of_land(middle[:, 0], middle[:, 1], areas=context.areas)
    known = dict(zip(field.exposure.kinds, rates.per_m.tolist(), strict=True))
    whole = rates.total / max(float(field.exposure.metres.sum()), 1e-12)
    return np.asarray([known.get(str(kind), whole) for kind in land])


def _nearest(lines: NDArray[Any], points: NDArray[Any]) -> tuple[Ints, Floats]:
    """Find the nearest street of each point (ties: the first) and the distance to it."""
    import shapely

    (which, street), gap = shapely.STRtree(lines).query_nearest(
        points, return_distance=True, all_matches=True
    )
    order = np.lexsort((street, which))
    _, first = np.unique(which[order], return_index=True)
    return street[order][first].astype(np.int64), gap[order][first]


def _ground(context: Context) -> tuple[Field | None, Rates]:
    """Lay out the study area with counts and rates; None where nothing happened."""
    events = countable(context)
    if not len(events.current):
        return None, Rates(np.zeros(0), 0.0)
    if not len(context.streets):
        msg = "counting by unit needs a street network."
        raise AnalysisError(msg, fix="load the streets first: lagesbild load streets FILE")
    field = Field.of(context, events, rng=np.random.default_rng(context.seed))
    return field, estimate_rates(field.exposure, n=field.n)


def _frame(
    context: Context, field: Field, rates: Rates, at: Ints, shapes: NDArray[Any]
) -> GeoDataFrame:
    """Sum the small cells by unit."""
    import geopandas as gpd

    atoms = field.exposure.metres @ rates.per_m
    columns = {
        name: np.bincount(at, values, len(shapes))
        for name, values in (
            ("n_events", field.n), ("expected", atoms), ("street_m", field.exposure.street_m)
        )
    }  # fmt: skip
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=context.crs)


def _empty(context: Context) -> GeoDataFrame:
    """Make a frame without units: nothing happened."""
    import geopandas as gpd

    columns = {name: np.zeros(0) for name in ("n_events", "expected", "street_m")}
    return gpd.GeoDataFrame(columns, geometry=[], crs=context.crs)
