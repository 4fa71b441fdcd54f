"""A density surface: incidents per square kilometre and year, with its kernel stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from geo.grid import Grid, study_cells
from geo.hotspots.context import Context, countable
from geo.hotspots.kernel_sums import GAUSSIAN_REACH, lay_gaussian, lay_quartic, merged

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Kernel = Literal["quartic", "gaussian"]
BANDWIDTH_M = 250.0
CELL_M = 50.0
UNIT = "incidents per km2 and year"
NODATA = -1.0
_YEAR_WEEKS = 365.25 / 7


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """
    A raster of density.

    Parameters
    ----------
    values
        Incidents per km2 and year, float32, shape (rows, columns), north first; -1 outside
        the study area (farther than 300 m from a street).
    west, north
        The corner, metres.
    cell_m
        Side of a cell, metres.
    crs
        The working CRS.
    n
        Incidents behind it.
    period_from, period_to
        The period.
    bandwidth_m
        Radius of the quartic kernel, or standard deviation of the Gaussian, metres.
    kernel
        Which of them.
    """

    values: NDArray[np.float32]
    west: float
    north: float
    cell_m: float
    crs: Any
    n: float
    period_from: datetime
    period_to: datetime
    bandwidth_m: float
    kernel: str


def kernel_density(
    x: Floats, y: Floats, weight: Floats, *, at_x: Floats, at_y: Floats, bandwidth_m: float,
    kernel: Kernel,
) -> Floats:  # fmt: skip
    """
    Sum the kernels of all points on a grid, exactly.

    Parameters
    ----------
    x, y, weight
        Points, metres, and what each counts for, shape (n,).
    at_x, at_y
        Evenly spaced grid coordinates, rising, metres, shapes (c,) and (r,).
    bandwidth_m
        Quartic: radius; Gaussian: standard deviation (cut at four).
    kernel
        ``quartic``: 3/(pi h^2) (1 - (d/h)^2)^2; ``gaussian``. Both integrate to one.

    Returns
    -------
    numpy.ndarray
        Weight per square metre, shape (r, c).

    References
    ----------
    .. [1] Silverman, B. W. (1986). Density Estimation for Statistics and Data Analysis.
       Chapman and Hall. doi:10.1201/9781315140919
    """
    from geo.compiled import compiled

    out = np.zeros((at_y.size, at_x.size))
    lay = lay_quartic if kernel == "quartic" else lay_gaussian
    compiled(lay)(merged(x, y, weight), at_x, at_y, float(bandwidth_m), out)
    return out


def density_surface(
    context: Context,
    *,
    bandwidth_m: float = BANDWIDTH_M,
    cell_m: float = CELL_M,
    kernel: Kernel = "quartic",
) -> Surface | None:
    """
    Draw the density of the period.

    Parameters
    ----------
    context
        Frames, period and seed.
    bandwidth_m
        Radius of the quartic kernel, or standard deviation of the Gaussian, metres.
    cell_m
        Side of a cell, metres.
    kernel
        Which kernel.

    Returns
    -------
    Surface or None
        None when there is nothing to draw.
    """
    rows = countable(context).current
    if not len(rows):
        return None
    x, y = rows["x"].to_numpy(float), rows["y"].to_numpy(float)
    weight = rows["count"].to_numpy(float)
    far = bandwidth_m if kernel == "quartic" else GAUSSIAN_REACH * bandwidth_m
    grid = Grid(cell_m)
    (left, right), (bottom, top) = grid.of(
        [x.min() - far, x.max() + far], [y.min() - far, y.max() + far]
    )
    at_x = (np.arange(left, right + 1) + 0.5) * cell_m
    at_y = (np.arange(bottom, top + 1) + 0.5) * cell_m
    density = kernel_density(
        x, y, weight, at_x=at_x, at_y=at_y, bandwidth_m=bandwidth_m, kernel=kernel
    )
    per_year = _YEAR_WEEKS / context.weeks
    values = (density * 1e6 * per_year).astype(np.float32)
    if len(context.streets):
        study = study_cells(context.streets, grid=grid)
        col, row = grid.of(*grid.centres(study))
        col, row = col - left, row - bottom
        ok = (col >= 0) & (col < at_x.size) & (row >= 0) & (row < at_y.size)
        outside = np.ones(values.shape, dtype=bool)
        outside[row[ok], col[ok]] = False
        values[outside] = NODATA
    return Surface(
        values[::-1], float(left * cell_m), float((top + 1) * cell_m), cell_m, context.crs,
        float(weight.sum()), context.period_from, context.period_to, bandwidth_m, kernel,
    )  # fmt: skip


def write_geotiff(path: Path, surface: Surface) -> None:
    """
    Write a surface as a compressed GeoTIFF that says what it is.

    Parameters
    ----------
    path
        Where to; the folder exists.
    surface
        The surface.
    """
    import rasterio
    from rasterio import Affine

    rows, columns = surface.values.shape
    with rasterio.open(
        path, "w", driver="GTiff", height=rows, width=columns, count=1, dtype="float32",
        crs=str(surface.crs), nodata=NODATA, compress="deflate", predictor=3,
        transform=Affine(surface.cell_m, 0.0, surface.west, 0.0, -surface.cell_m, surface.north),
    ) as out:  # fmt: skip
        out.write(np.ascontiguousarray(surface.values), 1)
        out.set_band_description(1, UNIT)
        out.update_tags(
            n=f"{surface.n:g}",
            period_from=surface.period_from.isoformat(),
            period_to=surface.period_to.isoformat(),
            bandwidth_m=f"{surface.bandwidth_m:g}",
            kernel=surface.kernel,
            unit=UNIT,
        )
