"""Positions: from a source's numbers or geometry to the working system, missing ones told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import CrsError, IngestError
from geo.frames import Frame, Shape
from geo.ingest.numbers import parse_numbers
from geo.ingest.places import Places
from geo.spatial import label, metric_crs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS

    from geo.ingest.base import RawTable
    from geo.ingest.mapping import Mapping

_ZERO = 1e-9
_POLYGONS = ("Polygon", "MultiPolygon")
_LINES = ("LineString", "MultiLineString")


def parse_crs(crs: Any) -> CRS:
    """
    Parse any reference system, in degrees or metres or feet.

    Parameters
    ----------
    crs
        Anything pyproj understands.

    Returns
    -------
    CRS
        The system.

    Raises
    ------
    CrsError
        If there is no such system.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(crs)
    except CRSError:
        msg = f"{str(crs)[:80]!r} is not a known coordinate reference system."
        fix = "write it as EPSG:nnnn"
        raise CrsError(msg, expected="for example EPSG:3006", fix=fix) from None


def read_places(raw: RawTable, *, mapping: Mapping, frame: Frame, crs: Any) -> Places:
    """
    Place every row in the working system.

    Parameters
    ----------
    raw
        The file's cells.
    mapping
        Says which columns are x and y, or WKT, and in what system.
    frame
        Says what geometry rows may carry.
    crs
        The working CRS, metric.

    Returns
    -------
    Places
        Same order as the rows.

    Raises
    ------
    IngestError
        If the system is not declared, contradicts the file, or no row has
        the kind of geometry the frame carries.
    """
    if mapping.theirs("x"):
        return _from_columns(raw, mapping=mapping, working=metric_crs(crs))
    original, bad, source = _as_written(raw, mapping=mapping, frame=frame)
    original = shapely.force_2d(original)
    original[shapely.is_empty(original)] = None
    zero = _at_zero(original)
    written = ~shapely.is_missing(original)
    shaped, wrong, mended = _fit_shape(original, frame=frame)
    usable = ~shapely.is_missing(shaped) & ~zero
    shaped[~usable] = None
    index, working = raw.rows.index, metric_crs(crs)
    moved = gpd.GeoSeries(shaped, index=index, crs=source or working).to_crs(working)
    shapes = moved.to_numpy(copy=True)
    lost = usable & ~np.isfinite(shapely.bounds(shapes)).all(axis=1)
    shapes[lost] = None
    bounds = shapely.bounds(original)
    return Places(
        x=None,
        y=None,
        shapes=shapes,
        given_x=bounds[:, [0, 2]].mean(axis=1),
        given_y=bounds[:, [1, 3]].mean(axis=1),
        written=written,
        original=original,
        crs=source,
        missing=~written & ~bad,
        zero=zero,
        unreadable=bad | lost,
        wrong_shape=wrong,
        mended=mended,
    )


def _as_written(
    raw: RawTable, *, mapping: Mapping, frame: Frame
) -> tuple[NDArray[Any], NDArray[np.bool_], CRS | None]:
    """Read geometry as the source has it: from WKT, or from the file; and what is unreadable."""
    n = len(raw.rows)
    bad = np.zeros(n, dtype=bool)
    declared = None if mapping.crs is None else parse_crs(mapping.crs)
    if mapping.theirs("geometry"):
        cells = raw.rows[mapping.theirs("geometry")[0]]
        text = [cell or None for cell in cells]
        original = shapely.from_wkt(text, on_invalid="ignore")
        bad = (cells != "").to_numpy() & shapely.is_missing(original)
        return original, bad, _required(declared, mapping)
    if raw.geometry is not None and frame.has_geometry:
        return raw.geometry.to_numpy(), bad, _of_file(raw, declared)
    return np.full(n, None, dtype=object), bad, None


def _required(declared: CRS | None, mapping: Mapping) -> CRS:
    """Numbers alone cannot tell their system; it must be declared."""
    if declared is None:
        msg = f"the mapping of {mapping.source!r} does not say in which system x and y are."
        fix = 'add a line such as crs = "EPSG:3009" to the mapping'
        raise IngestError(msg, expected="crs, as EPSG:nnnn", fix=fix)
    return declared


def _of_file(raw: RawTable, declared: CRS | None) -> CRS:
    """Find the system of a file that carries geometry; a contradiction is an error."""
    held = None if raw.crs is None else parse_crs(raw.crs)
    if held is None:
        if declared is not None:
            return declared
        msg = "the file does not say which reference system it is in, nor does the mapping."
        fix = 'add a line such as crs = "EPSG:3006" to the mapping'
        raise IngestError(msg, expected="crs, as EPSG:nnnn", fix=fix)
    if declared is None:
        return held
    if held.equals(declared, ignore_axis_order=True) or held.to_epsg(40) == declared.to_epsg(40):
        return held
    if not raw.crs_certain:
        return declared
    msg = "the file says one reference system and the mapping another."
    raise IngestError(
        msg, file=label(held), mapping=label(declared),
        fix="take crs out of the mapping, or export the file in the system it should have",
    )  # fmt: skip


def _from_columns(raw: RawTable, *, mapping: Mapping, working: CRS) -> Places:
    """Points of two columns of numbers, kept as numbers."""
    from pyproj import Transformer

    source = _required(None if mapping.crs is None else parse_crs(mapping.crs), mapping)
    values: list[NDArray[np.float64]] = []
    bad = np.zeros(len(raw.rows), dtype=bool)
    for axis in ("x", "y"):
        cells = raw.rows[mapping.theirs(axis)[0]]
        read, unreadable = parse_numbers(cells, decimal=mapping.decimal)
        bad |= unreadable.to_numpy()
        values.append(read.to_numpy())
    x, y = values
    written = np.isfinite(x) & np.isfinite(y)
    zero = (np.abs(x) < _ZERO) & (np.abs(y) < _ZERO)
    usable = written & ~zero
    east, north = np.full((2, len(x)), np.nan)
    if source.equals(working, ignore_axis_order=True):
        east[usable], north[usable] = x[usable], y[usable]
    else:
        move = Transformer.from_crs(source, working, always_xy=True)
        east[usable], north[usable] = move.transform(x[usable], y[usable])
    lost = usable & ~(np.isfinite(east) & np.isfinite(north))
    east[lost] = north[lost] = np.nan
    nothing = np.zeros(len(x), dtype=bool)
    return Places(
        x=east,
        y=north,
        shapes=None,
        given_x=np.where(written, x, np.nan),
        given_y=np.where(written, y, np.nan),
        written=written,
        original=None,
        crs=source,
        missing=~written & ~bad,
        zero=zero,
        unreadable=bad | lost,
        wrong_shape=nothing,
        mended=nothing,
    )


def _at_zero(geometry: NDArray[Any]) -> NDArray[np.bool_]:
    """Points written at 0, 0."""
    is_point = shapely.get_type_id(geometry) == 0
    x, y = shapely.get_x(geometry), shapely.get_y(geometry)
    near: NDArray[np.bool_] = is_point & (np.abs(x) < _ZERO) & (np.abs(y) < _ZERO)
    return near


def _fit_shape(
    geometry: NDArray[Any], *, frame: Frame
) -> tuple[NDArray[Any], NDArray[np.bool_], NDArray[np.bool_]]:
    """Give rows the kind of geometry their frame carries, valid; tell which have another."""
    out = geometry.copy()
    kinds = pd.Series(shapely.get_type_id(out)).map(
        {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString",
         6: "MultiPolygon", 7: "GeometryCollection", 2: "LinearRing"}
    ).to_numpy(dtype=object)  # fmt: skip
    single = (kinds == "MultiPoint") & (shapely.get_num_geometries(out) == 1)
    out[single] = shapely.get_geometry(out[single], 0)
    kinds[single] = "Point"
    present = ~shapely.is_missing(out)
    crossed = present & ~shapely.is_valid(out)
    if crossed.any():
        out[crossed] = [_mend(one) for one in out[crossed]]
    allowed = {
        Shape.POINT: ("Point",), Shape.LINE: _LINES, Shape.POLYGON: _POLYGONS,
    }.get(frame.shape, ("Point", "MultiPoint", *_LINES, *_POLYGONS))  # fmt: skip
    wrong = present & ~np.isin(kinds.astype(str), allowed)
    unmendable = crossed & shapely.is_missing(out)
    wrong |= unmendable
    out[wrong] = None
    if present.any() and bool((wrong | ~present).all()):
        found = ", ".join(sorted({str(k) for k in kinds[present]}))
        msg = f"the file's geometry is not what {frame.name} carry."
        fix = "check the frame's name and the layer"
        raise IngestError(msg, found=found, expected=frame.shape.value, fix=fix)
    return out, wrong, crossed & ~wrong


def _mend(geometry: Any) -> Any:
    """Make one geometry valid, keeping only parts of its own dimension; None if none is left."""
    wanted = shapely.get_dimensions(geometry)
    parts = shapely.get_parts(shapely.make_valid(geometry))
    parts = shapely.get_parts(parts)
    kept = parts[shapely.get_dimensions(parts) == wanted]
    if len(kept) == 0:
        return None
    return kept[0] if len(kept) == 1 else shapely.union_all(kept)
