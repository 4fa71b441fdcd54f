"""Light seen from above at night: the mean of a raster in each district, and never finer."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.errors import IngestError

if TYPE_CHECKING:
    from pathlib import Path

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from rasterio import DatasetReader

    Floats = NDArray[np.float64]

COLUMNS = ("area_id", "name", "mean", "n_cells", "covered")
LEAST_CELLS = 4.0
"""Cells with a value that a district must hold for its mean to be told."""
MOST_CELLS = 4_000_000
"""Cells of one district; night images have cells of hundreds of metres."""
_PARTS = 8
_FINE_UP_TO = 250_000


def night_light(path: Path, areas: GeoDataFrame) -> pd.DataFrame:
    """
    Take the mean of a night image in each district.

    A cell counts by the part of it that lies in the district, in eighths of
    its side. Satellite images at night are coarse, blind to blue light and
    disturbed by snow, so a mean says something of a district and nothing of a
    street: no finer reading is offered.

    Parameters
    ----------
    path
        A GeoTIFF in any CRS; the first band is read, with its scale, offset
        and nodata.
    areas
        Districts: ``id``, ``name`` and polygons, in any CRS.

    Returns
    -------
    DataFrame
        One row a district, in the order of their ids, with `COLUMNS`:
        ``mean`` in the image's own unit (missing below `LEAST_CELLS`),
        ``n_cells`` (cells with a value, parts counted as parts) and
        ``covered`` (share of the district that has values, 0 to 1).

    Raises
    ------
    IngestError
        If the file is no GeoTIFF, does not say where it lies, is turned, is much too
        fine for a night image, or has no value in any district.
    """
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioError

    ordered = areas.sort_values("id")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # said below, as an error
            image = rasterio.open(path, driver="GTiff")
        with image:
            if image.crs is None:
                msg = f"{path.name}: the image does not say where it lies."
                raise IngestError(msg, expected="a CRS", fix="write the CRS into the GeoTIFF")
            if image.transform.b or image.transform.d:
                msg = f"{path.name}: the image is turned."
                raise IngestError(msg, expected="north up", fix="warp the image to north up")
            shapes = ordered.geometry.to_crs(image.crs)
            found = [_mean(image, shape, name=path.name) for shape in shapes]
    except RasterioError as error:
        msg = f"{path.name}: not an image that can be read."
        raise IngestError(msg, expected="GeoTIFF", fix="export the image as GeoTIFF") from error
    table = pd.DataFrame(found, columns=list(COLUMNS[2:]), dtype=float)
    if not (table["n_cells"] > 0).any():
        msg = f"{path.name}: the image has no value in any district."
        raise IngestError(msg, found=f"{len(ordered)} districts outside it or without data",
                          fix="give an image that covers the municipality")  # fmt: skip
    out = table.assign(
        area_id=ordered["id"].to_numpy(object), name=ordered["name"].to_numpy(object)
    )
    return out[list(COLUMNS)].astype({"area_id": "str", "name": "str"})


def districts(areas: GeoDataFrame) -> GeoDataFrame:
    """
    Choose the divisions that a night image may speak of.

    Parameters
    ----------
    areas
        Rows of the frame ``areas``.

    Returns
    -------
    GeoDataFrame
        Those of the level ``district``.

    Raises
    ------
    IngestError
        If there is none.
    """
    chosen = areas[areas["level"] == "district"]
    if chosen.empty:
        msg = "A night image is read by district, and no districts are loaded."
        raise IngestError(msg, found=f"{len(areas)} areas of other levels",
                          fix="load the districts: lagesbild load areas FILE")  # fmt: skip
    return chosen


def lamps_in(areas: GeoDataFrame, lamps: GeoDataFrame) -> pd.Series:
    """
    Count the lamps of the register in each district, to hold beside the image.

    Parameters
    ----------
    areas
        Districts.
    lamps
        Rows of the frame ``lamps``, in the same CRS.

    Returns
    -------
    Series
        Lamps by the district's id.
    """
    of, _ = lamps.sindex.query(areas.geometry, predicate="intersects")
    counts = np.bincount(of, minlength=len(areas))
    return pd.Series(counts, index=pd.Index(areas["id"], name="id"), name="n_lamps")


def _mean(image: DatasetReader, shape: Any, *, name: str) -> tuple[float, float, float]:
    """Mean, cells with a value and share covered, of one district."""
    nothing = (np.nan, 0.0, 0.0)
    if shape is None or shape.is_empty:
        return nothing
    first, last = _cells(image, shape)
    n_rows, n_columns = (max(b - a, 0) for a, b in zip(first, last, strict=True))
    if n_rows * n_columns == 0:
        return nothing
    if n_rows * n_columns > MOST_CELLS:
        msg = f"{name}: too fine for a night image."
        raise IngestError(msg, found=f"{n_rows * n_columns} cells in a district",
                          expected=f"at most {MOST_CELLS}", fix="resample it")  # fmt: skip
    window = ((first[0], last[0]), (first[1], last[1]))
    read = image.read(1, window=window, masked=True).astype(float)
    values = read.filled(np.nan) * image.scales[0] + image.offsets[0]
    weight = _parts_inside(image, shape, first=first, size=values.shape)
    known = np.isfinite(values)
    n = float(weight[known].sum())
    whole = shape.area / abs(image.transform.a * image.transform.e)
    covered = min(n / whole, 1.0) if whole > 0 else 0.0
    if n < LEAST_CELLS:
        return np.nan, n, covered
    return float(np.average(values[known], weights=weight[known])), n, covered


def _cells(image: DatasetReader, shape: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """Give the first row and column that a shape touches, and those after its last."""
    t, (west, south, east, north) = image.transform, shape.bounds
    columns = sorted(((west - t.c) / t.a, (east - t.c) / t.a))
    rows = sorted(((north - t.f) / t.e, (south - t.f) / t.e))
    first = max(math.floor(rows[0]), 0), max(math.floor(columns[0]), 0)
    last = min(math.ceil(rows[1]), image.height), min(math.ceil(columns[1]), image.width)
    return first, last


def _parts_inside(
    image: DatasetReader, shape: Any, *, first: tuple[int, int], size: tuple[int, ...]
) -> Floats:
    """Tell how much of each cell lies in a shape, from points inside the cells."""
    from rasterio import Affine
    from rasterio.features import rasterize

    t, (rows, columns) = image.transform, size
    parts = _PARTS if rows * columns <= _FINE_UP_TO else 1
    west, north = t.c + first[1] * t.a, t.f + first[0] * t.e
    fine = rasterize(
        [(shape, 1)],
        out_shape=(rows * parts, columns * parts),
        transform=Affine(t.a / parts, 0.0, west, 0.0, t.e / parts, north),
        dtype="uint8",
    )
    inside: Floats = fine.reshape(rows, parts, columns, parts).mean(axis=(1, 3))
    return inside
