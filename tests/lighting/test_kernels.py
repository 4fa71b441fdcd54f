"""The compiled loops and the same loops with the compiler off."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from geo.lighting.illuminance import cutoff_m, light_at
from geo.lighting.luminaires import Luminaires
from geo.lighting.optics.symmetric import OPTICS, peak_per_lm
from geo.lighting.surface_kernel import add_light

PLAIN = """
import numpy as np
from geo.lighting.point_kernel import horizontal_at
from geo.lighting.surface_kernel import add_light
lamps = tuple(np.array(v, float) for v in ([10, 40, 41], [10, 12, 30], [5, 6, 4],
                                           [2000, 3000, 0], [30, 200, 30]))
for optic in ("lambert", "isotropic", "batwing"):
    out = np.zeros((20, 30), np.float32)
    add_light(out, lamps, west=0.0, north=40.0, cell_m=2.0, optic=optic)
    column, row = np.meshgrid(np.arange(30) * 2.0 + 1, 39 - np.arange(20) * 2.0)
    lux = horizontal_at(column.ravel(), row.ravel(), lamps, optic=optic)
    assert np.allclose(lux, out.ravel(), rtol=2e-3, atol=2e-3), optic
    print(optic, round(float(lux.sum()), 6))
"""


def run(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PLAIN], capture_output=True, text=True, check=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    return done.stdout


def test_with_the_compiler_off_the_answers_are_the_same() -> None:
    assert run(NUMBA_DISABLE_JIT="1") == run(NUMBA_DISABLE_JIT="0")


@pytest.mark.parametrize("optic", OPTICS)
def test_the_raster_equals_the_points_at_its_centres(optic: str) -> None:
    rng = np.random.default_rng(9)
    n, cell, rows, columns = 40, 1.5, 120, 150
    lamps = Luminaires(
        x=rng.uniform(-20, 250, n), y=rng.uniform(-20, 200, n), height_m=rng.uniform(3, 9, n),
        flux_lm=rng.uniform(500, 6000, n), output=np.ones(n), maintenance=np.full(n, 0.8),
        optic=optic,
    )  # fmt: skip
    reach = cutoff_m(lamps.effective_lm * peak_per_lm(optic), height_m=lamps.height_m)
    out = np.zeros((rows, columns), np.float32)
    sources = (lamps.x, lamps.y, lamps.height_m, lamps.effective_lm, reach)
    add_light(out, sources, west=0.0, north=180.0, cell_m=cell, optic=optic)
    x = (np.arange(columns) + 0.5) * cell
    y = 180.0 - (np.arange(rows) + 0.5) * cell
    column, row = np.meshgrid(x, y)
    points = light_at(column.ravel(), row.ravel(), lamps).reshape(rows, columns)
    # a lamp's own cutoff falls on one side or the other of a centre: 0.05 lx a lamp
    np.testing.assert_allclose(out, points, rtol=1e-3, atol=0.06)
    assert np.abs(out - points).mean() < 1e-3


def test_lamps_without_light_height_or_reach_add_nothing() -> None:
    out = np.zeros((10, 10), np.float32)
    none = (np.array([5.0, 5, 5]), np.array([5.0, 5, 5]), np.array([0.0, 5, 5]),
            np.array([1000.0, 0, 1000]), np.array([30.0, 30, 0]))  # fmt: skip
    add_light(out, none, west=0.0, north=10.0, cell_m=1.0, optic="lambert")
    assert not out.any()
