"""Sums of kernels against every point at every cell, with and without the compiler."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hotspots.kde import Kernel, kernel_density
from geo.hotspots.kernel_sums import gather, lay_gaussian, lay_quartic, merged

COLUMNS, ROWS = np.arange(-400.0, 900, 35), np.arange(100.0, 1100, 35)
LAYS = {"quartic": lay_quartic, "gaussian": lay_gaussian}


def told(n: int, *, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points in and round the grid, half of them on addresses that repeat."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-700, 1200, n).round(1), rng.uniform(-200, 1400, n).round(1)
    again = rng.integers(0, max(n // 2, 1), n // 2)
    x[n - n // 2 :], y[n - n // 2 :] = x[again], y[again]
    return x, y, rng.uniform(0.2, 2.0, n)


def everywhere(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, *, h: float, kernel: str
) -> np.ndarray:
    square = ((COLUMNS[None, :, None] - x) / h) ** 2 + ((ROWS[:, None, None] - y) / h) ** 2
    if kernel == "quartic":
        value = 3 / (np.pi * h**2) * np.clip(1 - square, 0, None) ** 2
    else:
        value = np.where(square > 16, 0, np.exp(-square / 2) / (2 * np.pi * h**2))
    return np.asarray((value * weight).sum(axis=2))


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
@pytest.mark.parametrize("h", [20.0, 90.0, 333.0])
def test_it_is_the_sum_over_all_points(kernel: Kernel, h: float) -> None:
    x, y, weight = told(200, seed=3)
    found = kernel_density(x, y, weight, at_x=COLUMNS, at_y=ROWS, bandwidth_m=h, kernel=kernel)
    wanted = everywhere(x, y, weight, h=h, kernel=kernel)
    np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-18)
    assert ((found > 0) == (wanted > 0)).all()


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
def test_the_loops_say_the_same_without_the_compiler(kernel: Kernel) -> None:
    x, y, weight = told(60, seed=5)
    fast = kernel_density(x, y, weight, at_x=COLUMNS, at_y=ROWS, bandwidth_m=120, kernel=kernel)
    points = np.empty((60, 3))
    n = gather(x, y, weight, np.full(128, -1), points)
    slow = np.zeros_like(fast)
    LAYS[kernel](points[:n], COLUMNS, ROWS, 120.0, slow)
    np.testing.assert_allclose(fast, slow, rtol=1e-12, atol=1e-18)


def test_no_points_and_a_single_cell_have_an_answer() -> None:
    none = np.empty(0)
    assert merged(none, none, none).shape == (0, 3)
    one = np.array([5.0])
    for kernel, peak in (("quartic", 3 / np.pi), ("gaussian", 1 / (2 * np.pi))):
        found = kernel_density(
            one, one, one, at_x=one, at_y=one, bandwidth_m=10, kernel=kernel
        )  # fmt: skip
        assert found.item() == pytest.approx(5 * peak / 100)


@given(
    places=st.lists(
        st.tuples(
            st.sampled_from([0.0, 0.1, 16.0, 512.0, -3.5]), st.sampled_from([0.0, 0.5, -7.0]),
            st.integers(1, 9),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_each_place_stands_once_with_all_that_is_told_of_it(
    places: list[tuple[float, float, int]],
) -> None:
    table = np.asarray(places, float).reshape(-1, 3)
    found = merged(*np.ascontiguousarray(table.T))
    wanted: dict[tuple[float, float], float] = {}
    for x, y, weight in places:
        wanted[x, y] = wanted.get((x, y), 0.0) + weight
    assert {(x, y): w for x, y, w in found.tolist()} == wanted
    assert found[:, [1, 0]].tolist() == sorted(found[:, [1, 0]].tolist())
