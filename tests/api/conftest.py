"""The service over the demo municipality, called in process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def client(demo_folder: Path) -> Iterator[TestClient]:
    """A client that calls the service as the machine's own browser would."""
    with TestClient(create_app(demo_folder), raise_server_exceptions=False) as found:
        yield found
