"""A find is looked for again with other grids, reaches and another method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.hotspots.context import countable
from geo.hotspots.field import RADII_M, Field
from geo.hotspots.search import Finds, Search, search
from geo.hotspots.stability import (
    BANDWIDTHS_M,
    GRIDS,
    N_VARIANTS,
    REACHES_M,
    _by_kernel,
    _by_window,
    _Round,
    stability,
)

if TYPE_CHECKING:
    from geo.hotspots import Context


@pytest.fixture(scope="module")
def looked(planted: Context) -> tuple[Field, Search]:
    """Search a town with one strong place."""
    field = Field.of(planted, countable(planted), rng=np.random.default_rng(1))
    return field, search(field, rng=np.random.default_rng(1), runs=99)


def test_sixteen_ways_each_unlike_the_searchs_own(looked: tuple[Field, Search]) -> None:
    assert N_VARIANTS == len(GRIDS) + len(REACHES_M) + len(BANDWIDTHS_M) == 16
    assert (2, 0, 0) not in GRIDS  # the cells of the search
    assert not set(REACHES_M) & set(RADII_M)
    firm = stability(*looked)
    assert ((firm * N_VARIANTS) % 1 == 0).all()


def test_the_searchs_own_cells_and_reaches_find_what_it_found(
    looked: tuple[Field, Search],
) -> None:
    field, found = looked
    again = _by_window(_Round.cut(field, found, (2, 0, 0)), found, RADII_M)
    assert (again <= found.finds.p * (1 + 1e-9)).all()


def test_a_strong_place_is_seen_every_way_and_a_weak_one_is_not(
    looked: tuple[Field, Search],
) -> None:
    firm = stability(*looked)
    assert firm[0] == 1.0
    assert firm[-1] < 0.75


def test_nothing_found_is_nothing_to_look_for(looked: tuple[Field, Search]) -> None:
    field, found = looked
    none = np.zeros(0)
    empty = Search(Finds(*[none] * 8), found.rates, found.spread, found.expected, found.level)
    assert stability(field, empty).shape == (0,)


@pytest.mark.parametrize("sd", BANDWIDTHS_M)
def test_the_kernels_tail_is_what_drawing_says(looked: tuple[Field, Search], sd: float) -> None:
    """With the second moment alone it errs by a third or so at 1 in 100, never tenfold."""
    _, found = looked
    even = Search(found.finds, found.rates, 0.0, found.expected, found.level)
    side, cell, centre = 36, 25.0, 18
    mean = np.full((side, side), 0.02)
    gap = np.full((1, side, side), 999.0)
    gap[0, centre, centre] = 0.0  # only the middle is asked
    at = (np.arange(side) - centre) * cell
    reach = np.ceil(2.5 * sd / cell) * cell
    across = np.where(np.abs(at) <= reach, np.exp(-0.5 * (at / sd) ** 2), 0.0)
    weight = np.outer(across, across)
    drawn = np.random.default_rng(7).poisson(mean, size=(12_000, side, side))
    sums = (drawn * weight).sum(axis=(1, 2))
    for share in (0.05, 0.01):
        pick = drawn[int(np.argmin(np.abs(sums - np.quantile(sums, 1 - share))))]
        truth = (sums >= (pick * weight).sum() - 1e-9).mean()
        told = _by_kernel(_Round(pick[None].astype(float), mean[None], gap, cell), even, sd)[0]
        assert truth / 2 < told < truth * 2
