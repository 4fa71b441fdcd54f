"""Every store there is, opened for one test; a new backend is one entry here."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from geo.store import Store, open_store
from tests.store.making import CRS, Backend, Clock


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    """A place for one store of each kind."""
    clock = Clock()
    return Backend(
        request.param, lambda name: open_store(tmp_path / f"{name}.db", crs=CRS, now=clock)
    )


@pytest.fixture
def store(backend: Backend) -> Generator[Store]:
    """A new store of each kind."""
    with backend.open() as opened:
        yield opened
