"""Counts and expected counts of every cell of the study area, for maps and for Gi*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import AnalysisError
from geo.grid import Grid
from geo.hotspots.context import Context, countable
from geo.hotspots.expected import estimate_rates, over_dispersion
from geo.hotspots.exposure import ATOM_M, ATOMS
from geo.hotspots.field import Field

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def count_cells(context: Context, *, cell_m: float = 100.0) -> tuple[GeoDataFrame, float]:
    """
    Count every cell of the study area, and say what it would have.

    Parameters
    ----------
    context
        Frames, period and seed.
    cell_m
        Side of a cell, metres; a multiple of 25.

    Returns
    -------
    cells : GeoDataFrame
        A row a cell: ``cell`` (packed), ``n_events``, ``expected``, ``street_m``, polygon.
        Empty when nothing happened.
    spread : float
        Over-dispersion of the cells' counts.

    Raises
    ------
    AnalysisError
        If the cells cannot be made of the small cells of 25 m.
    """
    import geopandas as gpd

    if cell_m <= 0 or cell_m % ATOM_M:
        msg = "a cell's side must be a multiple of 25 m."
        raise AnalysisError(msg, found=cell_m, fix="choose 50, 75, 100, 150, 200 or 250")
    events = countable(context)
    if not len(events.current):
        names = ("n_events", "expected", "street_m")
        blank: dict[str, Any] = {"cell": np.zeros(0, dtype=np.int64)}
        blank |= {name: np.zeros(0) for name in names}
        return gpd.GeoDataFrame(blank, geometry=[], crs=context.crs), 0.0
    rng = np.random.default_rng(context.seed)
    field = Field.of(context, events, rng=rng)
    rates = estimate_rates(field.exposure, n=field.n)
    grid = Grid(cell_m)
    key, inverse = np.unique(grid.keys(*ATOMS.centres(field.exposure.key)), return_inverse=True)
    n = np.bincount(inverse, field.n, key.size).astype(np.float64)
    atoms = field.exposure.metres @ rates.per_m
    expected = np.bincount(inverse, atoms, key.size).astype(np.float64)
    street = np.bincount(inverse, field.exposure.street_m, key.size)
    columns = {"cell": key, "n_events": n, "expected": expected, "street_m": street}
    spread = over_dispersion(n, expected, rng=rng)
    return gpd.GeoDataFrame(columns, geometry=grid.polygons(key), crs=context.crs), spread
