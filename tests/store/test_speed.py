"""How much work loading and reading are, in seconds of the processor: others may use it too."""

from __future__ import annotations

import tracemalloc
from time import process_time

import geopandas as gpd
import numpy as np
import pytest

from geo.store import Store, loading
from tests.store.making import CRS, E0, INFO, N0, Backend, incidents


def many(n: int) -> gpd.GeoDataFrame:
    """So many incidents in a square of ten kilometres."""
    rng = np.random.default_rng(1)
    one = incidents(["a"])
    rows = one.iloc[np.zeros(n, int)].reset_index(drop=True)
    rows["id"] = [f"{k:012x}" for k in rng.permutation(n)]
    rows["occurred_from"] += rng.integers(0, 10**6, n).astype("timedelta64[s]")
    place = gpd.points_from_xy(E0 + rng.uniform(0, 1e4, n), N0 + rng.uniform(0, 1e4, n), crs=CRS)
    return rows.set_geometry(place)


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_loaded_and_read_in_seconds(store: Store) -> None:
    rows = many(100_000)
    started = process_time()
    assert store.append("incidents", rows, batch=INFO).n_new == 100_000
    loaded = process_time()
    assert store.append("incidents", rows, batch=INFO).n_unchanged == 100_000
    compared = process_time()
    assert len(store.read("incidents")) == 100_000
    read = process_time()
    assert loaded - started < 8
    assert compared - loaded < 8
    assert read - compared < 5


def test_a_years_rows_are_read_at_once(store: Store) -> None:
    store.append("incidents", many(5_000), batch=INFO)
    store.read("incidents")
    times = []
    for _ in range(5):
        started = process_time()
        assert len(store.read("incidents")) == 5_000
        times.append(process_time() - started)
    assert min(times) < 0.3


def test_memory_is_bounded_by_the_part_not_by_the_batch(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "ROWS_AT_A_TIME", 500)
    peaks = []
    with backend.open() as store:
        store.append("incidents", incidents(["warm"]), batch=INFO)
        for n in (2_000, 8_000):
            rows = many(n)
            tracemalloc.start()
            store.append("incidents", rows, batch=INFO)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]  # four times the rows; the check of the contract sees them all
